"""T40, T41: staff come in with two factors or not at all; every code is good once; seeds are sealed."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as product
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from practice.people import attempts
from practice.people.factors import SEALED, LastFactor, MFAAdapter
from practice.people.middleware import ENROLMENT
from tests.factories import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def _for_real(settings):
    """No demonstration."""
    settings.DEMO = False


def code_now(offset=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + offset))


def with_password(member):
    browser = Browser()
    browser.post(reverse("account_login"), {"login": member.user.email, "password": PASSWORD})
    return browser


def with_code(member, code):
    browser = with_password(member)
    return browser, browser.post(reverse("mfa_authenticate"), {"code": code})


def is_in(browser):
    return browser.get("/style/").status_code == 200


def names(resolver=None):
    """Every named page without an id in its address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name and "<" not in str(pattern.pattern):
            yield pattern.name


PAGES = sorted({name for name in names() if not name.startswith("api_")})


def needs_a_sign_in(name):
    return getattr(resolve(reverse(name)).func, "login_required", True)


def takes_no_id(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


@pytest.mark.usefixtures("_for_real")
def test_without_one_every_page_leads_to_adding_one(browser_of, clinician):
    browser = browser_of(clinician)
    closed = [name for name in PAGES if name not in ENROLMENT and takes_no_id(name) and needs_a_sign_in(name)]

    answers = {name: (browser.get(reverse(name)), browser.post(reverse(name))) for name in closed}

    assert len(closed) > 20
    for name, pair in answers.items():
        assert {answer.get("Location") for answer in pair} == {reverse("second_step")}, name


@pytest.mark.parametrize("name", ["api_me", "api_routes", "api_clients", "api_sessions"])
@pytest.mark.usefixtures("_for_real")
def test_the_api_is_closed_too(browser_of, clinician, name):
    answer = browser_of(clinician).get(reverse(name))

    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")


@pytest.mark.parametrize("header", ["Basic x", "bearer\xa0x", "Token x", ""])
@pytest.mark.usefixtures("_for_real")
def test_no_other_header_opens_the_api(browser_of, clinician, header):
    answer = browser_of(clinician).get(reverse("api_me"), headers={"Authorization": header})

    assert answer.status_code == 403


@pytest.mark.usefixtures("_for_real")
def test_what_adds_one_is_open_and_offers_a_passkey_first(browser_of, clinician):
    page = browser_of(clinician).get("/", follow=True).content.decode()

    assert page.index(reverse("mfa_add_webauthn")) < page.index(reverse("mfa_activate_totp"))
    assert "Recommended" in page
    assert browser_of(clinician).get(reverse("help_now")).status_code == 200


@pytest.mark.usefixtures("_for_real")
def test_with_one_the_day_begins(browser_of, clinician):
    TOTP.activate(clinician.user, SECRET)

    assert is_in(browser_of(clinician))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_for_real")
def test_from_the_first_sign_in_to_the_day(clock, clinician, mailoutbox):
    browser = with_password(clinician)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]

    code = format_hotp_value(hotp_value(secret, int(NOON.timestamp()) // 30))
    done = browser.post(reverse("mfa_activate_totp"), {"code": code})

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert browser.get(done["Location"]).status_code == 200
    assert is_in(browser)
    assert [letter.subject for letter in mailoutbox] == ["A second step was added"]
    assert "mfa.totp.secret" not in browser.session


@pytest.mark.usefixtures("_for_real")
def test_clients_choose(browser_of, client_person):
    assert browser_of(client_person.member).get(reverse("portal_home")).status_code == 200


def test_the_demonstration_asks_for_none(browser_of, clinician):
    assert is_in(browser_of(clinician))


@pytest.mark.usefixtures("_for_real")
def test_recovery_codes_alone_are_no_second_factor(browser_of, clinician):
    Authenticator.objects.create(
        user=clinician.user, type="recovery_codes", data={"seed": "a" * 80, "used_mask": 0}
    )

    assert not is_in(browser_of(clinician))


@pytest.mark.usefixtures("_for_real")
def test_a_new_password_by_letter_does_not_get_round_it(clinician, mailoutbox):
    TOTP.activate(clinician.user, SECRET)
    browser = Browser()
    browser.post(reverse("account_reset_password"), {"email": clinician.user.email})
    link = re.findall(r"http\S+", mailoutbox[0].body)[0]
    form = browser.get(link, follow=True).redirect_chain[-1][0]

    browser.post(form, {"password1": "three-words-apart", "password2": "three-words-apart"})

    assert not is_in(browser)
    again = browser.post(
        reverse("account_login"), {"login": clinician.user.email, "password": "three-words-apart"}
    )
    assert again["Location"] == reverse("mfa_authenticate")
    assert mailoutbox[-1].subject == "Your password was changed"


@pytest.mark.usefixtures("_for_real")
def test_staff_do_not_take_the_last_one_away(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    browser, _answer = with_code(clinician, code_now())
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answer = browser.post(reverse("mfa_deactivate_totp"))

    assert "You cannot deactivate two-factor authentication" in answer.content.decode()
    assert Authenticator.objects.filter(user=clinician.user, type="totp").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_for_real")
def test_nor_a_passkey_by_its_own_page_or_any_other_way(browser_of, clinician):
    key = Authenticator.objects.create(user=clinician.user, type="webauthn", data={"name": "Red phone"})
    browser = browser_of(clinician)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answer = browser.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)

    assert "Add another one first" in answer.content.decode()
    with pytest.raises(LastFactor):
        Authenticator.objects.filter(user=clinician.user).delete()


@pytest.mark.usefixtures("_for_real")
def test_taking_one_away_asks_who_it_is(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    browser, _answer = with_code(clinician, code_now())

    assert reverse("account_reauthenticate") in browser.post(reverse("mfa_deactivate_totp"))["Location"]


def test_there_is_no_other_way_in():
    apps = set(product.INSTALLED_APPS)

    assert "django.contrib.admin" not in apps
    assert not any("socialaccount" in app for app in apps)
    assert product.AUTHENTICATION_BACKENDS == ["practice.people.backends.MemberBackend"]
    assert not any("admin" in name for name in PAGES)


def test_a_code_is_good_once_even_in_its_half_minute(clock, clinician):
    TOTP.activate(clinician.user, SECRET)

    first, _answer = with_code(clinician, code_now())
    clock.shift(timedelta(seconds=31))
    second, _answer = with_code(clinician, code_now(-1))
    third, _answer = with_code(clinician, code_now())

    assert [is_in(browser) for browser in (first, second, third)] == [True, False, True]


def test_a_used_code_stays_used_when_the_cache_is_lost(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    with_code(clinician, code_now())
    cache.clear()

    again, _answer = with_code(clinician, code_now())

    assert not is_in(again)


def test_codes_are_not_guessed(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    browser = with_password(clinician)
    wrong = [f"{(int(code_now()) + add) % 1_000_000:06}" for add in range(7, 7 + attempts.CODE.most)]

    for code in wrong:
        browser.post(reverse("mfa_authenticate"), {"code": code})
    right_too_late = browser.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert right_too_late.status_code == 429
    assert int(right_too_late["Retry-After"]) > 0
    assert not is_in(browser)


def test_another_browser_does_not_begin_the_count_anew(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    for _try in range(attempts.CODE.most):
        with_code(clinician, "000000")

    browser, answer = with_code(clinician, code_now())

    assert answer.status_code == 429
    assert not is_in(browser)


def test_a_recovery_code_is_good_once(clinician):
    TOTP.activate(clinician.user, SECRET)
    code = RecoveryCodes.activate(clinician.user).get_unused_codes()[0]

    first, _answer = with_code(clinician, code)
    second, _answer = with_code(clinician, code)

    assert is_in(first)
    assert not is_in(second)


def test_seeds_are_sealed_where_they_are_kept(clinician):
    secret = generate_totp_secret()
    TOTP.activate(clinician.user, secret)
    RecoveryCodes.activate(clinician.user)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert kept.count(SEALED) == 2


def test_a_seed_from_before_opens_once_more_and_is_sealed(clock, clinician):
    key = Authenticator.objects.create(user=clinician.user, type="totp", data={"secret": SECRET})

    browser, _answer = with_code(clinician, code_now())

    key.refresh_from_db()
    assert is_in(browser)
    assert key.data["secret"].startswith(SEALED)
    assert MFAAdapter().decrypt(key.data["secret"]) == SECRET


def test_a_seed_that_was_bent_opens_nothing(clock, clinician):
    TOTP.activate(clinician.user, SECRET)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mfa_authenticator SET data = jsonb_set(data, '{secret}', '\"sealed:AAAA\"')")
    browser = with_password(clinician)
    browser.raise_request_exception = False

    assert browser.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 500
    assert not is_in(browser)


def test_who_left_does_not_come_in_with_the_right_password(practice):
    member = MemberFactory(is_active=False)

    assert not is_in(with_password(member))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_for_real")
def test_taking_a_passkey_away_is_told_by_mail(browser_of, clinician, mailoutbox):
    for name in ("Red phone", "Blue phone"):
        key = Authenticator.objects.create(user=clinician.user, type="webauthn", data={"name": name})
    browser = browser_of(clinician)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        ([clinician.user.email], "A passkey was taken away")
    ]


@pytest.mark.usefixtures("_for_real")
def test_taking_the_app_away_is_told_by_mail(clock, clinician, mailoutbox):
    TOTP.activate(clinician.user, SECRET)
    Authenticator.objects.create(user=clinician.user, type="webauthn", data={"name": "Red phone"})
    browser, _answer = with_code(clinician, code_now())
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    mailoutbox.clear()

    browser.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=clinician.user, type="totp").exists()
    assert [letter.subject for letter in mailoutbox] == ["A second step was taken away"]
