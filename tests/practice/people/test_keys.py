"""T35: keys for programs: shown once, no further than said, ended by their time, by hand and by a changed sign-in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from practice.models import ApiToken, AuditEvent
from practice.people.freshness import FRESH_S
from practice.people.tokens import UnknownLifetime, UnknownScope, create_token
from sessions.models import Note
from tests.factories import PASSWORD, NoteFactory, SessionFactory

pytestmark = pytest.mark.django_db
WANTED = {"name": "My watch", "scopes": ["me", "runs"], "days": "30"}


def asked(text, name="api_me"):
    return APIClient().get(reverse(name), headers={"Authorization": f"Bearer {text}"})


def made(browser, **wanted):
    return browser.post(reverse("make_key"), {**WANTED, **wanted})


def test_a_key_is_shown_once_and_works(browser_of, clinician):
    browser = browser_of(clinician)

    text = made(browser).context["text"]
    again = browser.get(reverse("api_keys")).content.decode()

    assert asked(text).status_code == 200
    assert text not in again
    assert "My watch" in again


def test_it_ends_when_it_was_said(browser_of, clinician):
    text = made(browser_of(clinician)).context["text"]

    with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1)):
        assert asked(text).status_code == 401


def test_a_client_gets_one_for_their_own_runs_and_no_more(browser_of, client_person):
    browser = browser_of(client_person.member)

    refused = made(browser, scopes=["clients"])
    good = made(browser)

    assert refused.status_code == 422
    assert asked(good.context["text"]).status_code == 200
    assert b'value="clients"' not in browser.get(reverse("api_keys")).content


def test_a_stale_sign_in_makes_none(browser_of, clinician):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = browser_of(clinician)
        clock.shift(FRESH_S)

        asked_again = made(browser)
        good = made(browser, confirm_password=PASSWORD)

    assert asked_again.status_code == 403
    assert "My watch" in asked_again.content.decode()
    assert "tp_" in good.context["text"]
    assert ApiToken.objects.count() == 1


def test_one_is_ended_by_hand(browser_of, clinician):
    browser = browser_of(clinician)
    text = made(browser).context["text"]

    browser.post(reverse("end_key", args=[ApiToken.objects.get().uid]))

    assert asked(text).status_code == 401
    assert AuditEvent.objects.filter(action="token_revoked").count() == 1


def test_nobody_ends_the_key_of_another(browser_of, clinician, colleague):
    made(browser_of(clinician))

    answer = browser_of(colleague).post(reverse("end_key", args=[ApiToken.objects.get().uid]))

    assert answer.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("what", ["password", "factor", "roles", "active"])
def test_a_changed_sign_in_ends_it(clinician, what):
    _row, text = create_token(member=clinician, scopes=["me"], name="x", now=timezone.now())

    change(clinician, what)

    assert asked(text).status_code == 401


def change(member, what):
    """As a page, a command or another program would."""
    if what == "password":
        member.user.set_password("another-long-password")
        member.user.save()
    elif what == "factor":
        TOTP.activate(member.user, generate_totp_secret())
    elif what == "roles":
        type(member).objects.filter(pk=member.pk).update(roles=["supervisor"])
    else:
        type(member).objects.filter(pk=member.pk).update(is_active=False)
        type(member).objects.filter(pk=member.pk).update(is_active=True)


@pytest.mark.parametrize(
    ("scopes", "is_signed"), [(["notes"], False), (["notes", "sign"], True), (["sign"], False)]
)
def test_a_program_signs_only_with_the_scope_to_sign(clinician, client_person, scopes, is_signed):
    session = SessionFactory(client=client_person, clinician=clinician, completed=True)
    note = NoteFactory(session=session, author=clinician)
    _row, text = create_token(member=clinician, scopes=scopes, name="x", now=timezone.now())

    APIClient().post(reverse("api_sign_note", args=[note.uid]), headers={"Authorization": f"Bearer {text}"})

    assert Note.objects.get().is_signed is is_signed


def test_a_stale_browser_is_asked_by_the_api_too(api_of, clinician, client_person):
    session = SessionFactory(client=client_person, clinician=clinician, completed=True)
    note = NoteFactory(session=session, author=clinician)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        caller = api_of(clinician)
        clock.shift(FRESH_S)

        answer = caller.post(reverse("api_sign_note", args=[note.uid]))

    assert (answer.status_code, answer.json()["code"]) == (403, "confirm_sign_in")


@pytest.mark.parametrize("scopes", [["Runs"], ["runs "], ["runs", "admin"], ["user/*.read"]])
def test_a_scope_spelled_otherwise_is_none(clinician, scopes):
    with pytest.raises(UnknownScope):
        create_token(member=clinician, scopes=scopes, name="x", now=timezone.now())


def test_a_key_for_ever_is_none(clinician):
    with pytest.raises(UnknownLifetime):
        create_token(member=clinician, scopes=["me"], name="x", now=timezone.now(), days=100_000)


def test_the_key_of_staff_without_a_second_factor_is_refused(clinician, settings):
    _row, text = create_token(member=clinician, scopes=["me"], name="x", now=timezone.now())
    settings.DEMO = False

    answer = asked(text)

    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
