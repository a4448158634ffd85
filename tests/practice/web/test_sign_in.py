"""Signing in and keeping that safe: in our words, in the right frame, telling strangers nothing."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from practice.models import Member
from tests.factories import PASSWORD, MemberFactory

SIGNED_OUT = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
    "account_inactive",
]
SIGNED_IN = [
    "account_change_password",
    "account_email",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
]
JUST_PROVED = ["mfa_activate_totp", "mfa_add_webauthn"]


@pytest.fixture
def proved(clinician: Member) -> Browser:
    """A browser whose person has just said once more that it is them."""
    return proving(signed_in(clinician))


def proving(browser: Browser) -> Browser:
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def signed_in(member: Member) -> Browser:
    browser = Browser()
    response = browser.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert response.status_code == 302
    return browser


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_a_page_before_signing_in_is_quiet_and_ours(name: str, db) -> None:
    page = Browser().get(reverse(name)).content.decode()

    assert 'class="plain portal"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", [*SIGNED_IN, *JUST_PROVED])
def test_a_page_of_ones_own_stands_in_the_frame_of_the_practice(name: str, proved: Browser) -> None:
    page = proved.get(reverse(name)).content.decode()

    assert '<body class="staff">' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", [*SIGNED_IN, *JUST_PROVED])
def test_a_client_keeps_their_sign_in_within_the_portal(name: str, client_person) -> None:
    page = proving(signed_in(client_person.member)).get(reverse(name)).content.decode()

    assert '<body class="portal">' in page


def test_the_passkey_button_works_from_files_alone(db) -> None:
    page = Browser().get(reverse("account_login")).content.decode()

    assert "mfa/js/webauthn.js" in page
    assert 'id="passkey_login"' in page
    assert "allauth.webauthn.forms.loginForm" in page


@pytest.mark.parametrize("email", ["nobody@practice.example", "known@practice.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(email: str, db) -> None:
    MemberFactory(user__email="known@practice.example")

    page = (
        Browser()
        .post(reverse("account_login"), {"login": email, "password": "not-the-password"})
        .content.decode()
    )

    assert "The email address and/or password you specified are not correct." in page
    assert email in page


def test_asking_for_a_new_password_never_says_who_is_known(settings, db) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    MemberFactory(user__email="known@practice.example")
    answers = [
        without_its_key(
            Browser().post(reverse("account_reset_password"), {"email": email}, follow=True).content
        )
        for email in ("known@practice.example", "nobody@practice.example")
    ]

    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2
    assert [message.subject for message in mail.outbox] == ["A new password", "A new password"]


def test_a_new_password_is_chosen_by_a_link_that_works_once(settings, db) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    member = MemberFactory(user__email="known@practice.example")
    browser = Browser()
    browser.post(reverse("account_reset_password"), {"email": member.user.email})
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))

    form = browser.get(link, follow=True)
    new = {"password1": "three-words-apart", "password2": "three-words-apart"}
    done = browser.post(form.redirect_chain[-1][0], new, follow=True)

    assert "Choose a new password" in form.content.decode()
    assert "Your password is changed" in done.content.decode()
    assert "This link no longer works" in Browser().get(link, follow=True).content.decode()
    member.user.refresh_from_db()
    assert member.user.check_password("three-words-apart")


def test_signing_out_takes_a_button(proved: Browser) -> None:
    asked = proved.get(reverse("account_logout"))
    done = proved.post(reverse("account_logout"))

    assert "Sign out?" in asked.content.decode()
    assert done.status_code == 302
    assert proved.get("/style/").status_code == 302


def test_an_app_is_set_up_with_a_picture_and_with_letters(proved: Browser) -> None:
    page = proved.get(reverse("mfa_activate_totp")).content.decode()

    assert 'src="data:image/svg+xml;base64,' in page
    assert 'class="secret"' in page
    assert " style=" not in page


def test_a_wrong_code_stands_at_its_field(proved: Browser) -> None:
    proved.get(reverse("mfa_activate_totp"))

    page = proved.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()

    assert 'aria-invalid="true"' in page
    assert 'value="000000"' in page


def test_recovery_codes_are_shown_saved_and_made_anew(clinician: Member) -> None:
    TOTP.activate(clinician.user, generate_totp_secret())
    codes = RecoveryCodes.activate(clinician.user).get_unused_codes()
    browser = through_recovery(clinician, codes[0])

    shown = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    saved = browser.get(reverse("mfa_download_recovery_codes"))
    asked = browser.get(reverse("mfa_generate_recovery_codes")).content.decode()

    assert codes[1] in shown
    assert codes[0] not in shown
    assert "attachment" in saved["Content-Disposition"]
    assert codes[1] in saved.content.decode()
    assert "The codes you have now stop working." in asked


def test_before_something_important_it_asks_once_more(clinician: Member) -> None:
    page = signed_in(clinician).get(reverse("mfa_activate_totp"), follow=True).content.decode()

    assert "Is it still you?" in page


def test_the_second_step_asks_for_a_code(clinician: Member) -> None:
    TOTP.activate(clinician.user, generate_totp_secret())

    page = (
        Browser()
        .post(reverse("account_login"), {"login": clinician.user.email, "password": PASSWORD}, follow=True)
        .content.decode()
    )

    assert "One more step" in page
    assert 'autocomplete="one-time-code"' in page


def test_turning_the_app_off_is_asked_first(clinician: Member) -> None:
    TOTP.activate(clinician.user, generate_totp_secret())
    browser = through_recovery(clinician, RecoveryCodes.activate(clinician.user).get_unused_codes()[0])

    assert "Turn off the app?" in browser.get(reverse("mfa_deactivate_totp")).content.decode()


def test_a_passkey_is_listed_renamed_and_removed(clinician: Member, browser_of) -> None:
    key = Authenticator.objects.create(
        user=clinician.user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Red phone", "passwordless": True},
    )
    proved = proving(browser_of(clinician))

    listed = proved.get(reverse("mfa_list_webauthn")).content.decode()
    form = proved.get(reverse("mfa_edit_webauthn", args=[key.pk]))
    proved.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Blue phone"})
    asked = proved.get(reverse("mfa_remove_webauthn", args=[key.pk])).content.decode()
    proved.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert "Red phone" in listed
    assert form.status_code == 200
    assert "Blue phone" in asked
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_other_devices_can_be_signed_out(clinician: Member, proved: Browser) -> None:
    elsewhere = signed_in(clinician)
    elsewhere.get("/style/")

    page = proved.get(reverse("usersessions_list")).content.decode()
    proved.post(reverse("usersessions_list"))

    assert "Sign out all the others" in page
    assert elsewhere.get("/style/").status_code == 302


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_the_demonstration_lists_who_may_sign_in(is_demo: bool, settings, db) -> None:
    settings.DEMO = is_demo

    assert ("clinician@demo.example" in Browser().get(reverse("account_login")).content.decode()) is is_demo


def test_nobody_signs_up_by_themselves(db) -> None:
    page = Browser().get(reverse("account_signup")).content.decode()

    assert "Sign-ins are given by the practice" in page


def without_its_key(page: bytes) -> str:
    """The page without the random key that every page carries against forged forms."""
    return re.sub(r'(content|value)="[A-Za-z0-9]{64}"', "", page.decode())


def through_recovery(member: Member, code: str) -> Browser:
    """Signed in with password and a recovery code."""
    browser = Browser()
    browser.post(reverse("account_login"), {"login": member.user.email, "password": PASSWORD})
    response = browser.post(reverse("mfa_authenticate"), {"code": code})
    assert response.status_code == 302
    return proving(browser)
