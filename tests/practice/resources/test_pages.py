"""The pages of the table, and who may open them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from practice import contributions
from practice.models import Resource
from practice.resources import screens
from practice.resources.contributions import attention, practice_exported
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db
LIST = "/resources/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def browser(browser_of, owner, table):
    return browser_of(owner)


def filled(**changes):
    return {"name": "Night line", "need": "crisis", "country": "GB", "phone": "01632 960123"} | changes


def test_owner_clinician_and_supervisor_read_it_nobody_else(
    browser_of, owner, clinician, reception, client_person
):
    assert browser_of(owner).get(LIST).status_code == 200
    assert browser_of(clinician).get(LIST).status_code == 200
    assert browser_of(reception).get(LIST).status_code == 403
    assert browser_of(client_person.member).get(LIST).status_code == 403


def test_a_supervisor_reads_and_changes_nothing(browser_of, table):
    browser = browser_of(MemberFactory(roles=["supervisor"]))
    row = table.first()

    assert reverse("add_resource") not in text(browser.get(LIST))
    for name in ("edit_resource", "confirm_resource", "archive_resource", "restore_resource"):
        assert browser.post(reverse(name, args=[row.uid])).status_code == 403


def test_it_says_what_nobody_has_confirmed(browser):
    page = text(browser.get(LIST))

    assert "10 numbers for United Kingdom have to be confirmed" in page
    assert "Nobody has confirmed it yet" in page
    assert "Checked in a published source on 21 November 2026" in text(browser.get(LIST, {"q": "SAMHSA"}))


def test_the_search_finds_names_numbers_needs_and_countries(browser):
    assert "Butterfly" in text(browser.get(LIST, {"q": "1800 33"}))
    assert "Samaritans" not in text(browser.get(LIST, {"q": "Butterfly"}))
    assert "FRANK" in text(browser.get(LIST, {"need": "addiction", "country": "GB"}))
    assert "FRANK" not in text(browser.get(LIST, {"need": "addiction", "country": "US"}))
    assert "Find a Helpline" in text(browser.get(LIST, {"country": "any"}))
    assert "Nothing fits" in text(browser.get(LIST, {"q": "nowhere at all"}))


@pytest.mark.parametrize("asked", ["need=bogus", "country=XX", "after=not-an-id", "q=%00", "due=maybe"])
def test_an_odd_address_asks_for_nothing(browser, asked):
    assert browser.get(f"{LIST}?{asked}").status_code == 200


def test_more_than_a_page_goes_on(browser, table):
    first = text(browser.get(LIST))
    last = list(table.standing())[24]

    second = text(browser.get(LIST, {"after": str(last.uid)}))

    assert 'rel="next"' in first
    assert "Find a Helpline" in second
    assert 'rel="next"' not in second


def test_one_is_added_and_confirmed(browser, table, owner):
    browser.post(reverse("add_resource"), filled())
    row = table.get(name="Night line")

    browser.post(reverse("confirm_resource", args=[row.uid]), {"version": "1"})

    row.refresh_from_db()
    assert row.verified_by == owner
    assert f"Confirmed on {timezone.localdate():%-d}" in text(browser.get(LIST, {"q": "Night"}))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Please fill this in"),
        ({"need": "bogus"}, "Please choose one of these"),
        ({"country": "XX"}, "Please choose one of these"),
        ({"phone": ""}, "Write down how it is reached"),
        ({"phone": "call us"}, "Write a number that can be dialled"),
        ({"sms": "++"}, "Write a number that can be dialled"),
        ({"link": "ftp://service.example"}, "Write a web address"),
        ({"link": "javascript:alert(1)"}, "Write a web address"),
        ({"name": "x" * 121}, "at most 120"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(browser, table, typed, words):
    answer = browser.post(reverse("add_resource"), filled(**typed))

    assert answer.status_code == 422
    assert words in text(answer)
    assert not table.filter(name="Night line").exists()


def test_a_stale_form_keeps_what_was_typed_and_shows_what_stands(browser, table):
    row = table.get(name="FRANK")
    edit = reverse("edit_resource", args=[row.uid])
    typed = filled(name="Frank", need="addiction", phone="01632 960777")
    Resource.objects.filter(pk=row.pk).update(version=2, phone="01632 960888")

    answer = browser.post(edit, typed | {"version": "1"})

    assert answer.status_code == 422
    assert "01632 960888" in text(answer)
    assert 'value="01632 960777"' in text(answer)
    assert browser.post(edit, typed | {"version": "2"}).status_code == 302


def test_the_last_emergency_number_stays_and_the_page_says_why(browser, table):
    row = table.get(country="GB", need="emergency")

    page = text(browser.post(reverse("archive_resource", args=[row.uid]), follow=True))

    assert "The help page needs a number for emergencies" in page


def test_what_is_put_away_can_come_back(browser, table):
    row = table.get(name="FRANK")
    browser.post(reverse("archive_resource", args=[row.uid]))
    assert "FRANK" in text(browser.get(LIST, {"archived": "on"}))

    browser.post(reverse("restore_resource", args=[row.uid]))

    assert table.standing().filter(pk=row.pk).exists()


def test_a_list_for_a_client_holds_what_was_chosen_and_no_name(browser):
    page = text(browser.get("/resources/list/", {"country": "GB", "needs": ["eating", "crisis"]}))

    assert "0808 801 0677" in page
    assert "116 123" in page
    assert "FRANK" not in page
    assert "As written down on" in page


def test_a_list_of_nothing_says_what_to_choose(browser):
    answer = browser.get("/resources/list/", {"country": "GB"})

    assert answer.status_code == 422
    assert "Please choose" in text(answer)


def test_the_help_page_can_be_written_out_again(browser):
    assert "does not say yet" in text(browser.get(LIST))

    browser.post(reverse("write_help_page"))

    assert "does not say yet" not in text(browser.get(LIST))


def test_numbers_to_confirm_wait_on_today_for_those_who_keep_them(table, owner, clinician, reception):
    for member in (owner, clinician):
        assert "numbers for clients to confirm" in str(attention(member, MONDAY_NOON)[0].title)
    assert attention(reception, MONDAY_NOON) == []


@pytest.mark.parametrize(("days", "waits"), [(180, False), (181, True)])
def test_they_wait_after_180_days(table, owner, days, waits):
    table.update(verified_on=timezone.localdate(MONDAY_NOON) - timedelta(days=days))

    assert bool(attention(owner, MONDAY_NOON)) is waits


def test_numbers_of_other_countries_do_not_wait(table, owner):
    table.filter(country__in=["GB", ""]).update(verified_on=timezone.localdate(MONDAY_NOON))

    assert attention(owner, MONDAY_NOON) == []


def test_the_table_goes_along_when_a_practice_moves(table):
    (given,) = practice_exported()

    assert len(list(given.rows)) == table.count()
    assert practice_exported in contributions.practice_exports._givers


def test_others_ask_for_a_country_or_a_need(table):
    here = screens.for_country()

    assert (here.code, here.emergency) == ("GB", "999")
    assert [card.name for card in screens.for_need("addiction")] == ["FRANK"]
    assert [card.name for card in screens.for_need("eating", "US")] == [
        "ANAD",
        "National Alliance",
        "Find a Helpline",
    ]


def test_an_empty_table_gives_what_was_shipped(table):
    table.all().delete()

    assert screens.for_country("US").emergency == "911"
