"""T10, T36: from the invitation to open pages; whoever should not come in gets one calm answer."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.invitations import actions
from clients.invitations.models import PortalInvitation
from clients.invitations.rules import LASTS, MOST_TRIES
from practice.models import AuditEvent, Member, User
from practice.people.attempts import LINK_FROM
from tests.factories import ClientFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_to_clients")]

BORN = date(1988, 3, 27)
TYPED = {"second_day": "27", "second_month": "3", "second_year": "1988"}
NEW = {"password1": "three-words-apart", "password2": "three-words-apart"}


@pytest.fixture
def client(clinician):
    return ClientFactory(treated_by=clinician, name="Sam Wood", email="sam@clients.example", born_on=BORN)


@pytest.fixture
def link(browser_of, clinician, client, mailoutbox):
    browser_of(clinician).post(reverse("open_portal", args=[client.uid]), {"email": client.email})
    return link_in(mailoutbox[-1])


def link_in(letter):
    return re.findall(r"/welcome/\S+", letter.body)[0]


def take_up(link, **typed):
    return Browser().post(link, {**TYPED, **NEW, **typed})


def is_calm_refusal(response):
    return response.status_code == 404 and b"This invitation cannot be used" in response.content


def test_a_letter_goes_out_that_says_nothing_of_the_work(link, client, mailoutbox):
    letter = mailoutbox[0]

    assert letter.to == [client.email]
    assert "Sam" not in letter.body + letter.subject
    assert link in letter.body


def test_only_digests_of_the_link_are_kept(link):
    token = link.split("/")[2]

    assert len(token) >= 43
    assert token not in str(PortalInvitation.objects.values().get())
    assert token not in str(list(AuditEvent.objects.values()))


def test_from_the_letter_to_open_pages(link, client, browser_of, clinician):
    shown, taken = Browser().get(link), take_up(link)
    member = Member.objects.get(user__email=client.email)
    waiting = browser_of(member)
    before = waiting.get("/", follow=True)
    browser_of(clinician).post(reverse("confirm_portal", args=[client.uid]))

    assert shown.status_code == 200
    assert taken["Location"] == reverse("account_login")
    assert "Nearly there" in before.content.decode()
    assert waiting.get(reverse("portal_home")).status_code == 200
    client.refresh_from_db()
    assert client.member == member


@pytest.mark.parametrize("name", ["portal_home", "portal_log", "portal_history", "portal_plan"])
def test_who_waits_reads_nothing(link, client, browser_of, name):
    take_up(link)
    browser = browser_of(Member.objects.get(user__email=client.email))

    page = browser.get(reverse(name), follow=True)

    assert page.redirect_chain[-1][0] == reverse("waiting")
    assert "Sam Wood" not in page.content.decode()
    assert browser.get(reverse("api_me")).status_code == 403
    assert browser.get(reverse("help_now")).status_code == 200


def test_who_waits_may_add_a_passkey_and_sign_out(link, client, browser_of):
    take_up(link)
    browser = browser_of(Member.objects.get(user__email=client.email))

    assert browser.get(reverse("mfa_list_webauthn")).status_code == 200
    assert browser.post(reverse("account_logout")).status_code == 302


def test_it_works_once(link):
    take_up(link)

    assert is_calm_refusal(take_up(link))
    assert is_calm_refusal(Browser().get(link))
    assert Member.objects.filter(roles=["client"]).count() == 1


def test_it_ends_after_three_days(link):
    with time_machine.travel(timezone.now() + LASTS, tick=False):
        assert is_calm_refusal(take_up(link))


def test_a_new_one_replaces_it(link, client, browser_of, clinician, mailoutbox):
    browser_of(clinician).post(reverse("open_portal", args=[client.uid]), {"email": client.email})

    assert is_calm_refusal(Browser().get(link))
    assert Browser().get(link_in(mailoutbox[-1])).status_code == 200


def test_it_is_taken_back(link, client, browser_of, clinician):
    browser_of(clinician).post(reverse("withdraw_invitation", args=[client.uid]))

    assert is_calm_refusal(Browser().get(link))


def test_another_address_in_the_record_ends_it(link, client):
    client.email = "other@clients.example"
    client.save()

    assert is_calm_refusal(take_up(link))


@pytest.mark.parametrize("changed", ["email", "client"])
def test_one_that_was_swapped_in_the_database_opens_nothing(link, client, clinician, changed):
    other = ClientFactory(treated_by=clinician, email="other@clients.example", born_on=BORN)
    swapped = {"email": {"email": other.email}, "client": {"client": other, "email": other.email}}[changed]
    PortalInvitation.objects.update(**swapped)

    assert is_calm_refusal(take_up(link))


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "a%2Fb", "é", "..%2f..%2f"])
def test_a_made_up_link_gets_the_same_answer(db, token):
    response = Browser().get(f"/welcome/{token}/")

    assert response.status_code == 404


def test_who_does_not_know_the_second_fact_does_not_come_in(link):
    response = take_up(link, second_day="28")

    assert response.status_code == 422
    assert "not what your practice has written down" in response.content.decode()
    assert not Member.objects.filter(roles=["client"]).exists()


def test_guessing_the_second_fact_ends_it(link):
    for day in range(1, MOST_TRIES + 1):
        take_up(link, second_day=str(day))

    assert is_calm_refusal(take_up(link))


def test_guessing_links_is_slowed_down(db):
    answers = [Browser().post("/welcome/guess/").status_code for _try in range(LINK_FROM.most + 1)]

    assert answers[:-1] == [404] * LINK_FROM.most
    assert answers[-1] == 429


def test_an_address_in_use_is_told_to_nobody(browser_of, clinician, client, mailoutbox):
    url = reverse("open_portal", args=[client.uid])

    known = browser_of(clinician).post(url, {"email": clinician.user.email})
    theirs = link_in(mailoutbox[-1])
    unknown = browser_of(clinician).post(url, {"email": "free@clients.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mailoutbox) == 2
    assert is_calm_refusal(take_up(theirs))


def test_without_a_date_of_birth_a_code_is_given_in_person(browser_of, clinician, client, mailoutbox):
    client.born_on = None
    client.save()

    page = browser_of(clinician).post(reverse("open_portal", args=[client.uid]), {"email": client.email})
    code = page.context["code"]
    wrong = Browser().post(link_in(mailoutbox[0]), {"second": "BBBBBB", **NEW})
    right = Browser().post(link_in(mailoutbox[0]), {"second": f" {code[:3]}-{code[3:].lower()} ", **NEW})

    assert re.fullmatch(r"[B-Z2-9]{6}", code)
    assert code not in mailoutbox[0].body + str(PortalInvitation.objects.values().get())
    assert wrong.status_code == 422
    assert right.status_code == 302


def test_it_was_somebody_else(link, client, browser_of, clinician):
    take_up(link)
    member = Member.objects.get(user__email=client.email)
    browser = browser_of(member)

    browser_of(clinician).post(reverse("withdraw_invitation", args=[client.uid]))

    assert browser.get("/")["Location"].startswith(reverse("account_login"))
    assert not User.objects.filter(email=client.email).exists()
    client.refresh_from_db()
    assert client.member is None


def test_reception_invites_and_does_not_confirm(link, client, browser_of, reception):
    take_up(link)
    browser = browser_of(reception)

    assert browser.get(reverse("open_portal", args=[client.uid])).status_code == 200
    assert browser.post(reverse("confirm_portal", args=[client.uid])).status_code == 403


def test_who_is_not_in_the_care_team_confirms_nobody(link, client, browser_of, colleague):
    take_up(link)

    assert browser_of(colleague).post(reverse("confirm_portal", args=[client.uid])).status_code == 404


def test_there_is_nobody_to_confirm_before_it_is_taken_up(link, client, clinician):
    with pytest.raises(actions.NobodyToConfirm):
        actions.confirm(client=client, by=clinician, now=timezone.now())


def test_the_clinician_hears_who_waits(link, client, browser_of, clinician):
    take_up(link)

    assert (
        f"{client.reference} took up the invitation" in browser_of(clinician).get("/today/").content.decode()
    )


def test_each_step_leaves_a_line(link, client, browser_of, clinician):
    take_up(link, second_day="28")
    take_up(link)
    browser_of(clinician).post(reverse("confirm_portal", args=[client.uid]))

    said = AuditEvent.objects.filter(action__startswith="portal_", client_uid=client.uid)
    assert list(said.order_by("at", "pk").values_list("action", flat=True)) == [
        "portal_invited",
        "portal_invitation_refused",
        "portal_accepted",
        "portal_confirmed",
    ]


def test_a_weak_password_costs_no_try(link):
    for _try in range(MOST_TRIES + 1):
        answer = take_up(link, password1="short", password2="short")

    assert answer.status_code == 422
    assert PortalInvitation.objects.get().tries == 0


def test_a_code_is_kept_slowly_hashed():
    assert make_password("BCDFGH").startswith("argon2")


def test_a_confirmed_one_is_not_taken_back(link, client, clinician):
    take_up(link)
    actions.confirm(client=client, by=clinician, now=timezone.now())

    actions.withdraw(client=client, by=clinician, now=timezone.now() + timedelta(days=1))

    client.refresh_from_db()
    assert client.member is not None
