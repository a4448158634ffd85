"""T36, T37, T42, T44: who asks is not told who is known; tries are counted; ids change; other devices are let go."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse

from practice.models import Attempts, AuditEvent, Member
from practice.people import attempts
from practice.people.attempts import Limit, TooManyTries, counted, give_back, origin_of, take
from tests.factories import PASSWORD, MemberFactory

THREE = Limit(name="three", most=3, minutes=15)


def sign_in(email, password=PASSWORD, *, browser=None, **headers):
    return (browser or Browser()).post(
        reverse("account_login"), {"login": email, "password": password}, **headers
    )


@pytest.mark.django_db
class TestNobodyIsTold:
    """T36."""

    @pytest.fixture(autouse=True)
    def _somebody(self, practice):
        MemberFactory(user__email="known@practice.example")

    @pytest.mark.parametrize("url_name", ["account_login", "account_reset_password"])
    def test_the_answers_are_the_same(self, url_name, mailoutbox):
        answers = [self._ask(url_name, name) for name in ("known", "nobody")]

        assert answers[0] == answers[1]
        assert len(mailoutbox) in {0, 2}

    def _ask(self, url_name, name):
        email = f"{name}@practice.example"
        answer = Browser().post(
            reverse(url_name), {"login": email, "email": email, "password": "not-the-password"}
        )
        page = answer.content.decode().replace(email, "")
        return answer.status_code, len(page), sorted(answer.headers)

    def test_too_many_tries_are_refused_alike(self):
        answers = []
        for name in ("known", "nobody"):
            for _try in range(attempts.SIGN_IN.most):
                take(attempts.SIGN_IN, f"{name}@practice.example")
            answers.append(sign_in(f"{name}@practice.example", PASSWORD))

        assert [answer.status_code for answer in answers] == [429, 429]
        assert len(answers[0].content) == len(answers[1].content)

    def test_too_many_letters_are_refused_alike(self, mailoutbox):
        for name in ("known", "nobody"):
            codes = [self._ask("account_reset_password", name)[0] for _try in range(attempts.LETTER.most + 1)]

            assert codes == [302] * attempts.LETTER.most + [429]
        assert len(mailoutbox) == 2 * attempts.LETTER.most


@pytest.mark.django_db
class TestTries:
    """T37."""

    def test_the_limit_is_exact(self):
        for _try in range(THREE.most):
            take(THREE, "somebody")

        with pytest.raises(TooManyTries) as no:
            take(THREE, "somebody")
        assert 0 < no.value.seconds <= THREE.minutes * 60
        take(THREE, "somebody else")

    def test_it_begins_anew_when_the_time_is_over(self):
        for _try in range(THREE.most):
            take(THREE, "somebody")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE practice_attempts SET began_at = began_at - interval '15 minutes'")

        take(THREE, "somebody")

        assert Attempts.objects.get().count == 1

    def test_a_good_one_is_given_back_and_the_others_are_not(self):
        take(THREE, "somebody")
        with counted((THREE, "somebody")) as tried:
            tried.was_good()

        assert Attempts.objects.get().count == 1

    def test_a_lost_cache_forgets_nothing(self):
        for _try in range(THREE.most):
            take(THREE, "somebody")
        cache.clear()

        with pytest.raises(TooManyTries):
            take(THREE, "somebody")

    def test_a_row_says_nothing_of_whom(self):
        take(THREE, "known@practice.example")

        assert "known" not in str(Attempts.objects.values().get())

    def test_nobody_goes_below_nought(self):
        take(THREE, "somebody")
        give_back(THREE, "somebody")
        give_back(THREE, "somebody")

        assert Attempts.objects.get().count == 0

    def test_signing_in_well_does_not_begin_a_guessers_count_anew(self, practice):
        mine, theirs = MemberFactory(), MemberFactory()
        for _guess in range(attempts.SIGN_IN_FROM.most - 1):
            take(attempts.SIGN_IN_FROM, "127.0.0.1")
        sign_in(mine.user.email)
        sign_in("guess@practice.example", "not-the-password")

        assert sign_in(mine.user.email).status_code == 429
        assert sign_in(theirs.user.email, REMOTE_ADDR="192.0.2.7").status_code == 302

    def test_signing_in_well_all_day_is_not_stopped(self, practice):
        member = MemberFactory()
        for _try in range(attempts.SIGN_IN.most - 1):
            take(attempts.SIGN_IN, member.user.email)

        assert {sign_in(member.user.email).status_code for _time in range(3)} == {302}


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "origin"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("2001:db8:1:2:3::4", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", 0, "192.0.2.1"),
        ("", "", 0, ""),
    ],
)
def test_where_a_request_comes_from(settings, address, forwarded, proxies, origin):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert origin_of(RequestFactory().get("/", REMOTE_ADDR=address, **headers)) == origin


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [8, pytest.param(50, marks=pytest.mark.deep)])
def test_the_limit_holds_however_many_come_at_once(at_once):
    def one(_number):
        try:
            take(THREE, "somebody")
        except TooManyTries:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(at_once) as many:
        came_in = list(many.map(one, range(at_once)))

    assert sum(came_in) == THREE.most


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ins_at_once_get_no_more_guesses(practice):
    def one(number):
        answer = sign_in(
            "known@practice.example", "not-the-password", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        )
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(10) as many:
        codes = list(many.map(one, range(50)))

    assert codes.count(200) == attempts.SIGN_IN.most
    assert codes.count(429) == 50 - attempts.SIGN_IN.most


@pytest.mark.django_db
class TestSessions:
    """T42."""

    def test_the_id_is_another_after_signing_in(self, practice):
        member, browser = MemberFactory(), Browser()
        browser.get(reverse("account_login"))
        planted = browser.session
        planted["planted"] = "yes"
        planted.save()
        browser.cookies["towpath"] = str(planted.session_key)

        sign_in(member.user.email, browser=browser)

        assert browser.cookies["towpath"].value != planted.session_key

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("what", ["password", "factor"])
    def test_a_change_keeps_this_device_under_a_new_id_and_lets_the_others_go(
        self, clinician, what, mailoutbox
    ):
        here, there = Browser(), Browser()
        for browser in (here, there):
            sign_in(clinician.user.email, browser=browser)
            browser.get("/style/")
        before = here.session.session_key

        self._change(here, what)

        assert here.get("/style/").status_code == 200
        assert here.session.session_key != before
        assert there.get("/style/").status_code == 302
        assert UserSession.objects.filter(user=clinician.user).count() <= 1
        assert len(mailoutbox) == 1

    def _change(self, browser, what):
        if what == "password":
            new = {
                "oldpassword": PASSWORD,
                "password1": "three-words-apart",
                "password2": "three-words-apart",
            }
            browser.post(reverse("account_change_password"), new)
            return

        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        browser.get(reverse("mfa_activate_totp"))
        secret, counter = browser.session["mfa.totp.secret"], list(yield_hotp_counters_from_time())[1]
        browser.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, counter))})

    @pytest.mark.parametrize(
        "change",
        [
            {"roles": ["supervisor"]},
            {"is_active": False},
        ],
    )
    def test_every_device_is_let_go_when_the_standing_changes(self, clinician, change):
        browser = Browser()
        sign_in(clinician.user.email, browser=browser)

        Member.objects.filter(pk=clinician.pk).update(**change)

        assert browser.get("/style/")["Location"].startswith(reverse("account_login"))

    def test_a_stale_object_does_not_bring_an_old_session_back(self, clinician):
        browser, stale = Browser(), type(clinician.user).objects.get(pk=clinician.user.pk)
        sign_in(clinician.user.email, browser=browser)
        TOTP.activate(clinician.user, generate_totp_secret())

        stale.save()

        assert browser.get("/style/").status_code == 302

    def test_one_other_device_is_let_go_by_hand(self, clinician):
        here, there, third = Browser(), Browser(), Browser()
        for browser in (here, there, third):
            sign_in(clinician.user.email, browser=browser)

        here.post(
            reverse("end_device"),
            {"device": UserSession.objects.get(session_key=there.session.session_key).pk},
        )

        assert [browser.get("/style/").status_code for browser in (here, there, third)] == [200, 302, 200]

    def test_nobody_lets_the_device_of_another_go(self, clinician, colleague):
        mine, theirs = Browser(), Browser()
        sign_in(clinician.user.email, browser=mine)
        sign_in(colleague.user.email, browser=theirs)

        answer = mine.post(reverse("end_device"), {"device": UserSession.objects.get(user=colleague.user).pk})

        assert answer.status_code == 404
        assert theirs.get("/style/").status_code == 200

    def test_what_happened_to_a_sign_in_is_in_the_trail(self, clinician):
        browser = Browser()
        sign_in(clinician.user.email, "not-the-password", browser=browser)
        sign_in(clinician.user.email, browser=browser)
        new = {"oldpassword": PASSWORD, "password1": "three-words-apart", "password2": "three-words-apart"}
        browser.post(reverse("account_change_password"), new)
        browser.post(reverse("account_logout"))

        said = list(AuditEvent.objects.filter(stream="act").order_by("pk").values_list("action", flat=True))
        assert said == ["sign_in_failed", "signed_in", "password_changed", "signed_out"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_login", "account_logout", "confirm_sign_in", "mfa_login_webauthn", "make_key"]
)
def test_a_form_of_another_site_is_refused(clinician, name):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(clinician.user)

    answer = browser.post(reverse(name), {}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


@pytest.mark.django_db
def test_our_own_old_form_keeps_what_was_typed(browser_of, clinician):
    browser = Browser(enforce_csrf_checks=True)
    browser.cookies = browser_of(clinician).cookies
    typed = {"name": "Sam Wood"}

    ours = browser.post(reverse("register_client"), typed, headers={"Origin": "http://testserver"})
    theirs = browser.post(reverse("register_client"), typed, headers={"Origin": "https://evil.example"})

    assert "Sam Wood" in ours.content.decode()
    assert "Sam Wood" not in theirs.content.decode()
    assert {ours.status_code, theirs.status_code} == {403}
