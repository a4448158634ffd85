"""The client's own pages: point after point, nothing ticked before, save and come back, sign, take back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients.consents import actions, texts
from clients.consents.models import Consent, ConsentDraft
from tests.clients.consents.signing import NAME, keep, sign, ticked
from tests.factories import MONDAY_NOON

START, SIGN = reverse("my_agreement"), reverse("sign_agreement")
OVERVIEW = reverse("my_agreements")


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def browser(browser_of, client_person):
    return browser_of(client_person.member)


def number_of(key):
    return [point.key for point in texts.current().points].index(key) + 1


def tick(browser, key, **said):
    address = reverse("my_point", args=[number_of(key)])
    return browser.post(address, {"version": "1", "agreed": "on", "then": "on", **said})


def tick_all(client):
    """Everything is ticked and nothing signed."""
    ConsentDraft.objects.create(
        client=client, agreement="movement", version=1, answers=ticked(), changed_at=MONDAY_NOON
    )


def test_nothing_is_ticked_before_the_client_ticks_it(browser, client_person):
    sign(client_person, topics="My family")

    for number in (1, number_of("topics"), number_of("meeting")):
        page = browser.get(reverse("my_point", args=[number])).content.decode()
        assert 'type="checkbox"' in page
        assert "agreed" in page
        box = page[page.index('name="agreed"') - 60 : page.index('name="agreed"') + 120]
        assert "checked" not in box


def test_own_words_of_the_last_signature_are_offered_again(browser, client_person):
    sign(client_person, topics="My family")

    page = browser.get(reverse("my_point", args=[number_of("topics")])).content.decode()

    assert "My family" in page


def test_a_choice_of_the_last_signature_is_not_made_for_them(browser, client_person):
    sign(client_person)

    page = browser.get(reverse("my_point", args=[number_of("meeting")])).content.decode()

    assert 'value="nothing"' in page
    assert " checked" not in page


def test_who_would_like_to_talk_is_still_asked(browser, client_person, clinician):
    actions.ask_to_sign(client=client_person, by=clinician, now=MONDAY_NOON)
    browser.post(reverse("my_point", args=[1]), {"version": "1", "then": "talk"})

    assert START in browser.get(reverse("portal_home")).content.decode()


def test_each_tick_is_kept_and_leads_to_the_next_point(browser):
    answer = tick(browser, "voluntary")

    assert answer.headers["Location"] == reverse("my_point", args=[2])
    assert ConsentDraft.objects.get().answers == {"voluntary": {"agreed": True}}


def test_who_comes_back_goes_on_at_the_first_open_point(browser):
    tick(browser, "voluntary")
    tick(browser, "adjunct")

    page = browser.get(START).content.decode()

    assert "2 of 24 points ticked" in page
    assert f'href="{reverse("my_point", args=[3])}"' in page


def test_going_on_without_the_tick_says_so_and_keeps_the_words(browser):
    address = reverse("my_point", args=[number_of("topics")])

    answer = browser.post(address, {"version": "1", "words": "My family", "then": "on"})

    assert answer.status_code == 422
    assert "Tick the box if you agree" in answer.content.decode()
    assert "My family" in answer.content.decode()


def test_a_script_that_is_not_chosen_says_so(browser):
    answer = tick(browser, "meeting")

    assert answer.status_code == 422
    assert "so that both know what to do" in answer.content.decode()


def test_leaving_keeps_what_there_is(browser):
    address = reverse("my_point", args=[number_of("topics")])

    answer = browser.post(address, {"version": "1", "words": "My family", "then": "leave"})

    assert answer.headers["Location"] == reverse("portal_home")
    assert ConsentDraft.objects.get().answers["topics"]["words"] == "My family"


def test_talking_first_tells_the_care_team(browser, browser_of, clinician):
    address = reverse("my_point", args=[number_of("touch")])

    browser.post(address, {"version": "1", "then": "talk"})

    today = browser_of(clinician).get(reverse("today")).content.decode()
    assert "Touch and company" in today


def test_a_point_that_there_is_not_is_not_found(browser):
    assert browser.get(reverse("my_point", args=[25])).status_code == 404
    assert browser.get(reverse("my_point", args=[0])).status_code == 404


def test_all_ticked_leads_to_the_signature_and_to_the_copy(browser, client_person):
    for point in texts.current().points:
        answer = tick(browser, point.key, choice="nothing")
    assert answer.headers["Location"] == SIGN

    signed = browser.post(SIGN, {"version": "1", "signature": NAME}, follow=True)

    page = signed.content.decode()
    assert signed.redirect_chain[0][0] == reverse("my_signed_copy", args=[Consent.objects.get().uid])
    assert NAME in page
    assert "Say nothing" in page
    assert all(point.heading in page for point in texts.shipped().points if "’" not in point.heading)


def test_the_page_to_sign_waits_for_every_point(browser):
    tick(browser, "voluntary")

    assert browser.get(SIGN).headers["Location"] == START


def test_signing_with_points_left_is_refused_in_words(browser):
    answer = browser.post(SIGN, {"version": "1", "signature": NAME})

    assert answer.status_code == 422
    assert "24 points are left" in answer.content.decode()
    assert not Consent.objects.exists()


def test_signing_without_a_name_is_refused_at_the_field(browser, client_person):
    tick_all(client_person)

    answer = browser.post(SIGN, {"version": "1", "signature": " "})

    assert answer.status_code == 422
    assert "Type your name to sign." in answer.content.decode()


def test_signing_wants_a_fresh_sign_in_and_loses_nothing(browser, client_person, time_machine):
    tick_all(client_person)
    time_machine.move_to(MONDAY_NOON + timedelta(minutes=11), tick=False)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()

    answer = browser.post(SIGN, {"version": "1", "signature": NAME})

    assert answer.status_code == 403
    assert NAME in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_text_that_changed_while_it_was_read_is_not_signed(browser, client_person, reworded):
    tick_all(client_person)
    reworded()

    answer = browser.post(SIGN, {"version": "1", "signature": NAME})

    assert answer.status_code == 422
    assert "has changed meanwhile" in answer.content.decode()


def test_a_tick_for_an_older_text_leads_to_the_new_one(browser, reworded):
    reworded()

    answer = tick(browser, "pace")

    assert answer.headers["Location"] == START
    assert not ConsentDraft.objects.exists()


def test_under_18_the_page_says_what_to_do(browser, client_person):
    client_person.born_on = date(2010, 1, 1)
    client_person.save()
    tick_all(client_person)

    answer = browser.post(SIGN, {"version": "1", "signature": NAME})

    assert answer.status_code == 422
    assert "Below 18 a parent or guardian agrees too" in answer.content.decode()


def test_a_new_text_puts_a_card_on_home(browser, client_person, reworded):
    sign(client_person)
    assert START not in browser.get(reverse("portal_home")).content.decode()

    reworded()

    assert START in browser.get(reverse("portal_home")).content.decode()
    assert "It is to be signed again" in browser.get(OVERVIEW).content.decode()


def test_home_is_quiet_where_nobody_asks(browser):
    assert START not in browser.get(reverse("portal_home")).content.decode()


def test_taking_it_back_is_asked_once_and_in_effect_at_once(browser, client_person):
    sign(client_person)
    address = reverse("withdraw_agreement")
    assert browser.get(address).status_code == 200

    page = browser.post(address, {"words": "Too public"}, follow=True).content.decode()

    assert "Taken back on" in page
    assert "Sitting sessions stay open" in page
    assert "Too public" in page
    assert START not in browser.get(reverse("portal_home")).content.decode()


def test_each_kind_has_a_yes_and_a_no_of_its_own(browser, client_person):
    browser.post(reverse("my_sharing"), {"about": "mood", "say": "no"})
    browser.post(reverse("my_sharing"), {"about": "location", "say": "yes"})

    said = {row.about: row.step for row in client_person.consents.all()}
    assert said == {"mood": "withdrawn", "location": "given"}
    assert browser.get(OVERVIEW).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"about": "mood"}, {"about": "weight", "say": "no"}, {"about": "movement", "say": "yes"}]
)
def test_what_is_no_kind_of_data_changes_nothing(browser, body):
    assert browser.post(reverse("my_sharing"), body).status_code == 302
    assert not Consent.objects.exists()


def test_the_copy_of_somebody_else_is_not_found(browser, stranger):
    other = sign(stranger)

    assert browser.get(reverse("my_signed_copy", args=[other.uid])).status_code == 404


def test_a_kind_of_data_has_no_copy(browser, client_person):
    row = keep(client_person, "mood")

    assert browser.get(reverse("my_signed_copy", args=[row.uid])).status_code == 404


@pytest.mark.parametrize("name", ["my_agreements", "my_agreement", "sign_agreement", "withdraw_agreement"])
def test_staff_have_no_agreements_of_their_own(browser_of, clinician, name):
    assert browser_of(clinician).get(reverse(name)).status_code == 403


def test_typed_words_are_words_and_not_markup(browser, client_person):
    sign(client_person, topics="<script>alert(1)</script>")

    page = browser.get(reverse("my_signed_copy", args=[Consent.objects.get().uid])).content.decode()

    assert "<script>alert" not in page
