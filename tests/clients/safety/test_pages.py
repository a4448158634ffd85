"""The pages of a safety plan, and who may open them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.models import CareTeamMember, FirstAidNote, SafetyPlan
from clients.safety import actions, lifecycle
from clients.safety.contributions import attention, portal_cards, timeline
from practice.contributions import Recipient
from practice.models import AuditEvent
from practice.people.acting import acting_as
from tests.clients.safety.conftest import LOOK_AGAIN
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def typed(**changes):
    soon = timezone.localdate() + timedelta(days=30)
    return {"signs": "I sleep by day.", "look_again_on": soon.isoformat(), "version": "0"} | changes


@pytest.fixture
def browser(browser_of, clinician):
    return browser_of(clinician)


@pytest.fixture
def page(client_person):
    return reverse("safety_plan", args=[client_person.uid])


def test_without_a_plan_the_page_offers_to_write_one(browser, page, client_person):
    assert reverse("write_safety_plan", args=[client_person.uid]) in text(browser.get(page))


def test_it_is_written_in_the_browser(browser, client_person, page):
    answer = browser.post(
        reverse("write_safety_plan", args=[client_person.uid]), typed(is_agreed="on"), follow=True
    )

    assert "I sleep by day." in text(answer)
    assert SafetyPlan.objects.get().is_agreed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signs": ""}, "Write down one step at least"),
        ({"look_again_on": ""}, "Please fill this in"),
        ({"look_again_on": "2020-01-01"}, "Choose a day after today"),
        ({"signs": "x" * 4001}, "at most 4000"),
        ({"version": "7"}, "There is a newer version by now"),
    ],
)
def test_what_cannot_be_kept_is_said(browser, client_person, changes, words):
    answer = browser.post(reverse("write_safety_plan", args=[client_person.uid]), typed(**changes))

    assert answer.status_code == 422
    assert words in text(answer)
    assert not SafetyPlan.objects.exists()


def test_a_stale_form_keeps_what_was_typed_and_shows_what_stands(browser, client_person, write):
    write()
    door = reverse("write_safety_plan", args=[client_person.uid])

    answer = browser.post(door, typed())

    assert "I sleep by day." in text(answer)
    assert "I stop answering messages." in text(answer)
    assert browser.post(door, typed(version="1")).status_code == 302


def test_a_new_version_begins_with_what_stands(browser, client_person, write):
    write()

    assert "I stop answering messages." in text(
        browser.get(reverse("write_safety_plan", args=[client_person.uid]))
    )


def test_older_versions_can_be_read(browser, client_person, write):
    write()
    write(seen_version=1, words=actions.PlanWords(signs="I sleep by day."))

    old = text(browser.get(reverse("safety_plan_version", args=[client_person.uid, 1])))

    assert "I stop answering messages." in old
    assert "This is an older version" in old
    assert browser.get(reverse("safety_plan_version", args=[client_person.uid, 3])).status_code == 404


def test_going_through_it_is_one_press(browser, client_person, write, clinician):
    write()
    soon = timezone.localdate() + timedelta(days=60)

    browser.post(
        reverse("look_at_safety_plan", args=[client_person.uid]),
        {"version": "1", "look_again_on": soon.isoformat()},
    )

    assert SafetyPlan.objects.get().looked_by == clinician


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": "1"},
        {"version": "2", "look_again_on": "2027-01-01"},
        {"version": "1", "look_again_on": "1990-01-01"},
    ],
)
def test_a_press_that_does_not_fit_changes_nothing(browser, client_person, write, sent):
    write()

    answer = browser.post(reverse("look_at_safety_plan", args=[client_person.uid]), sent, follow=True)

    assert answer.status_code == 200
    assert SafetyPlan.objects.get().looked_at is None


def test_opening_it_leaves_a_line_of_its_own(browser, page, write, clinician):
    write()

    browser.get(page)

    assert AuditEvent.objects.filter(action="safety_plan_read", member_uid=clinician.uid).count() == 1


def test_a_supervisor_reads_and_does_not_write(browser_of, client_person, page, write):
    write()
    supervisor = MemberFactory(roles=["supervisor"])
    CareTeamMember.objects.create(
        client=client_person, member=supervisor, part="supervising", since=MONDAY_NOON.date()
    )
    browser = browser_of(supervisor)

    assert "I stop answering messages." in text(browser.get(page))
    assert browser.get(reverse("write_safety_plan", args=[client_person.uid])).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("colleague", 404), ("reception", 403), ("owner", 403)])
def test_others_do_not_get_in(request, browser_of, page, write, who, status):
    write()

    assert browser_of(request.getfixturevalue(who)).get(page).status_code == status


def test_a_supervising_clinician_cannot_write(browser_of, client_person, colleague):
    CareTeamMember.objects.create(
        client=client_person, member=colleague, part="supervising", since=MONDAY_NOON.date()
    )
    browser = browser_of(colleague)

    for name in ("write_safety_plan", "first_aid"):
        assert browser.get(reverse(name, args=[client_person.uid])).status_code == 403
    assert browser.post(reverse("look_at_safety_plan", args=[client_person.uid])).status_code == 403


def test_the_client_reads_what_was_agreed(browser_of, client_person, write):
    write()

    page = text(browser_of(client_person.member).get("/my/hard-days/"))

    assert "I stop answering messages." in page
    assert "Tablets stay with Mo." in page
    assert 'href="tel:999"' in page


def test_the_client_does_not_see_a_draft(browser_of, client_person, write):
    write(is_agreed=False)

    page = text(browser_of(client_person.member).get("/my/hard-days/"))

    assert "I stop answering messages." not in page
    assert "Nothing here yet" in page
    assert 'href="tel:999"' in page


def test_a_newer_draft_leaves_the_agreed_version_standing(browser_of, client_person, write):
    write()
    write(seen_version=1, is_agreed=False, words=actions.PlanWords(signs="I sleep by day."))

    page = text(browser_of(client_person.member).get("/my/hard-days/"))

    assert "I stop answering messages." in page
    assert "I sleep by day." not in page


def test_another_client_sees_their_own_page_only(browser_of, stranger, write):
    write()

    assert "messages" not in text(browser_of(stranger.member).get("/my/hard-days/"))


def test_staff_have_no_plan_of_their_own(browser):
    assert browser.get("/my/hard-days/").status_code == 403


def test_it_is_one_tap_from_help(browser_of, client_person):
    assert 'href="/my/hard-days/"' in text(browser_of(client_person.member).get("/help-now/"))


def test_the_wall_keeps_drafts_from_the_client(client_person, write, clinician, colleague):
    write(is_agreed=False)

    for member, seen in ((clinician, 1), (colleague, 0), (client_person.member, 0)):
        with acting_as(member, now=timezone.now()):
            assert SafetyPlan.objects.count() == seen


def test_what_helpers_should_know_is_written_by_those_who_treat(browser, client_person):
    door = reverse("first_aid", args=[client_person.uid])

    browser.post(door, {"words": "Wasps; pen in the left pocket."})

    assert FirstAidNote.objects.get().words == "Wasps; pen in the left pocket."
    assert "Wasps" in text(browser.get(door))
    assert browser.post(door, {"words": "x" * 1001}).status_code == 422


def test_a_plan_to_look_at_again_waits_on_today(write, clinician, colleague):
    write()
    on_its_day = MONDAY_NOON + (LOOK_AGAIN - MONDAY_NOON.date())

    assert attention(clinician, on_its_day - timedelta(days=1)) == []
    assert "safety plan to look at again" in str(attention(clinician, on_its_day)[0].title)
    assert attention(colleague, on_its_day) == []


def test_only_the_version_that_stands_waits(write, clinician):
    write(look_again_on=MONDAY_NOON.date() + timedelta(days=1))
    write(seen_version=1)

    assert attention(clinician, MONDAY_NOON + timedelta(days=2)) == []


def test_versions_stand_in_the_timeline_without_their_words(write, client_person, clinician, reception):
    write()
    around = (MONDAY_NOON - timedelta(days=1), MONDAY_NOON + timedelta(days=1))

    (item,) = timeline(client_person, clinician, *around)

    assert "version 1" in str(item.title)
    assert "messages" not in f"{item.title} {item.text}"
    assert timeline(client_person, reception, *around) == []


def test_the_home_page_leads_to_an_agreed_plan(write, client_person):
    assert portal_cards(client_person, MONDAY_NOON) == []

    write()

    assert len(portal_cards(client_person, MONDAY_NOON)) == 1


def test_the_copy_holds_it_for_the_client_without_drafts(write, client_person, clinician):
    write()
    write(seen_version=1, is_agreed=False)

    rows = {
        who: list(lifecycle.plans_of(client_person, Recipient(member=member)).rows)
        for who, member in (("client", client_person.member), ("clinician", clinician))
    }

    assert (len(rows["client"]), len(rows["clinician"])) == (1, 2)
    assert "I stop answering messages." in rows["client"][0]


def test_it_goes_when_the_client_is_erased(write, client_person, clinician):
    write()
    actions.note_first_aid(client=client_person, words="Wasps.", by=clinician, now=MONDAY_NOON)

    for erasure in lifecycle.erased(client_person):
        assert erasure.count == 1
        assert erasure.erase is not None
        erasure.erase()

    assert not SafetyPlan.objects.exists()
    assert not FirstAidNote.objects.exists()
