"""An owner resets a colleague's second step: with a reason, a fresh sign-in, letters, and nothing to read before a new one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from practice.models import AuditEvent
from practice.people.staff import actions
from practice.people.tokens import create_token
from tests.factories import MONDAY_NOON, MemberFactory
from tests.practice.people.test_second_factor import SECRET, _for_real, with_password

__all__ = ["_for_real"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def locked_out(clinician):
    """Has an app, and has lost it."""
    TOTP.activate(clinician.user, SECRET)
    return clinician


def reset(member, by, reason="lost"):
    return actions.reset_second_factor(member=member, reason=reason, by=by, now=MONDAY_NOON)


def page_of(member):
    return reverse("reset_second_factor", args=[member.uid])


def test_their_factors_are_gone_and_the_trail_says_why(owner, locked_out):
    reset(locked_out, owner)

    assert not Authenticator.objects.filter(user=locked_out.user).exists()
    event = AuditEvent.objects.get(action="second_factor_reset")
    assert (event.member_uid, event.reason) == (owner.uid, "lost")


def test_they_and_the_other_owners_hear_of_it(
    owner, locked_out, mailoutbox, django_capture_on_commit_callbacks
):
    other = MemberFactory(roles=["owner"])
    MemberFactory(roles=["owner"], is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        reset(locked_out, owner)

    assert [letter.to for letter in mailoutbox] == [[locked_out.user.email], [other.user.email]]
    assert owner.name in mailoutbox[0].body
    assert locked_out.name in mailoutbox[1].body


@pytest.mark.usefixtures("_for_real")
def test_nothing_is_readable_before_they_have_another(owner, locked_out):
    reset(locked_out, owner)

    browser = with_password(locked_out)

    assert browser.get(reverse("caseload"))["Location"].startswith(reverse("second_step"))


def test_every_sign_in_and_key_of_theirs_ends(browser_of, owner, locked_out):
    signed_in = browser_of(locked_out)
    token, _plain = create_token(member=locked_out, scopes=["me"], name="Laptop", now=MONDAY_NOON)

    reset(locked_out, owner)

    locked_out.user.refresh_from_db()
    assert signed_in.get(reverse("caseload")).status_code == 302
    assert token.sign_in_version != locked_out.user.sign_in_version


def test_nobody_frees_themself(owner):
    TOTP.activate(owner.user, SECRET)

    with pytest.raises(actions.NotYourOwn):
        reset(owner, owner)


def test_only_an_owner_resets(colleague, locked_out):
    with pytest.raises(actions.MayNotKeepPeople):
        reset(locked_out, colleague)


def test_a_client_is_none_of_the_colleagues(owner, client_person):
    with pytest.raises(actions.NotStaff):
        reset(client_person.member, owner)


@pytest.mark.parametrize("reason", ["", "because"])
def test_it_is_said_why(owner, locked_out, reason):
    with pytest.raises(actions.UnknownReason):
        reset(locked_out, owner, reason)


def test_who_has_none_has_none_to_lose(owner, clinician):
    with pytest.raises(actions.NoSecondFactor):
        reset(clinician, owner)


def test_the_owners_page(browser_of, owner, locked_out):
    browser = browser_of(owner)

    assert page_of(locked_out) in browser.get(reverse("member", args=[locked_out.uid])).content.decode()
    assert browser.post(page_of(locked_out), {}).status_code == 422
    done = browser.post(page_of(locked_out), {"reason": "lost"}, follow=True)

    assert "Reset." in done.content.decode()
    assert not Authenticator.objects.filter(user=locked_out.user).exists()


def test_a_stale_sign_in_is_asked_again(browser_of, owner, locked_out):
    browser = browser_of(owner)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()

    answer = browser.post(page_of(locked_out), {"reason": "lost"})

    assert answer.status_code == 403
    assert Authenticator.objects.filter(user=locked_out.user).exists()


def test_nobody_else_opens_it(browser_of, locked_out, colleague, reception):
    for member in (colleague, reception):
        assert browser_of(member).get(page_of(locked_out)).status_code == 403
