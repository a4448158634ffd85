"""A token opens what it is for, until it ends."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from practice.models import ApiToken, AuditEvent
from practice.people.tokens import SCOPES, UnknownScope, create_token, digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(clinician):
    """The row and the text of a token for `me` and `routes`."""
    return create_token(member=clinician, scopes=["me", "routes"], name="a script", now=timezone.now())


def asked(authorization, name="api_me"):
    return APIClient().get(reverse(name), headers={"Authorization": authorization})


def test_a_token_opens_its_scope(token, clinician):
    response = asked(f"Bearer {token[1]}")

    assert response.status_code == 200
    assert response.json()["id"] == str(clinician.uid)


def test_its_text_is_kept_nowhere(token):
    row = ApiToken.objects.values().get()

    assert token[1] not in str(row)
    assert row["digest"] == digest_of(token[1])


def test_making_one_is_in_the_trail_without_its_text(token):
    line = AuditEvent.objects.get(action="token_created")

    assert token[1] not in str(vars(line))


def test_its_use_is_noted_by_day(token):
    asked(f"Bearer {token[1]}")

    assert ApiToken.objects.get().last_used_on == timezone.now().date()


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        "Bearer tp_wrong",
        "Bearer two words",
        "Bearer \xe9",
        "bearer tp_",
        "Bearer " + "x" * 5000,
        "Basic Y2xpbmljaWFuOnBhc3M=",
        "",
        "tp_without_a_word",
    ],
)
def test_what_is_no_token_is_asked_to_sign_in(db, authorization):
    response = asked(authorization)

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer realm="towpath"'


def test_an_ended_token_is_refused(token):
    ApiToken.objects.update(created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now())

    assert asked(f"Bearer {token[1]}").status_code == 401


def test_a_revoked_token_is_refused(token):
    ApiToken.objects.update(revoked_at=timezone.now())

    assert asked(f"Bearer {token[1]}").status_code == 401


def test_the_token_of_a_closed_sign_in_is_refused(token, clinician):
    clinician.user.is_active = False
    clinician.user.save()

    assert asked(f"Bearer {token[1]}").status_code == 401


def test_the_token_of_a_member_who_left_opens_nothing(token, clinician):
    clinician.is_active = False
    clinician.save()

    assert asked(f"Bearer {token[1]}").status_code in {401, 403}


def test_a_token_does_not_open_another_scope(clinician):
    _row, text = create_token(member=clinician, scopes=["me"], name="a script", now=timezone.now())

    assert asked(f"Bearer {text}", "api_routes").status_code == 403


def test_a_token_gives_no_right_that_its_member_lacks(reception):
    _row, text = create_token(member=reception, scopes=list(SCOPES), name="a desk", now=timezone.now())

    assert asked(f"Bearer {text}", "api_summaries").status_code == 403


def test_a_token_in_the_address_is_no_token(token):
    response = APIClient().get(reverse("api_me"), {"access_token": token[1], "token": token[1]})

    assert response.status_code == 401


@pytest.mark.parametrize("scopes", [[], ["everything"], ["runs", "Runs"]])
def test_a_scope_that_is_none_is_refused(clinician, scopes):
    with pytest.raises(UnknownScope):
        create_token(member=clinician, scopes=scopes, name="a script", now=timezone.now())


def test_the_command_prints_the_token_last(clinician, capsys):
    call_command("token", "create", email=clinician.user.email.upper(), scope=["me"])

    text = capsys.readouterr().out.splitlines()[-1]
    assert asked(f"Bearer {text}").status_code == 200


def test_the_command_knows_only_members(practice):
    with pytest.raises(CommandError, match="No active member"):
        call_command("token", "create", email="nobody@practice.example", scope=["me"])


def test_the_command_names_the_scopes_there_are(clinician):
    with pytest.raises(CommandError, match="me, clients"):
        call_command("token", "create", email=clinician.user.email, scope=["everything"])
