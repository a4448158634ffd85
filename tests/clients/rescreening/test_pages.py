"""The care team's page about changes, and the client's own; the same by API."""

import pytest
import time_machine
from django.urls import reverse

from clients.models import CareTeamMember, Rescreen
from clients.rescreening.contributions import portal_cards, timeline
from tests.clients.rescreening.conftest import DAY, HELD, OPEN, standing_of
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


def words(answer):
    return answer.content.decode()


def page_of(client):
    return reverse("client_changes", args=[client.uid])


def tell(browser, client, **sent):
    return browser.post(reverse("tell_change", args=[client.uid]), sent, follow=True)


def test_a_clinician_notes_a_change(browser_of, clinician, mover):
    page = tell(browser_of(clinician), mover, kind="injury", words="Left ankle, since Friday.")

    assert "Left ankle, since Friday." in words(page)
    assert "Waits for a decision" in words(page)
    assert "for Robin Vale" in words(page)
    assert standing_of(mover) == HELD


def test_nothing_chosen_is_said_and_nothing_typed_is_lost(browser_of, clinician, mover):
    page = tell(browser_of(clinician), mover, words="Left ankle.")

    assert page.status_code == 422
    assert "Left ankle." in words(page)
    assert standing_of(mover) == OPEN


def test_ended_work_is_said(browser_of, clinician, mover):
    mover.status = "ended"
    mover.save()

    assert "has ended" in words(tell(browser_of(clinician), mover, kind="injury"))


def test_it_stands_on_today(browser_of, clinician, mover):
    tell(browser_of(clinician), mover, kind="medicine")

    today = words(browser_of(clinician).get("/today/"))

    assert "Sam Wood: look at walking and running again" in today
    assert page_of(mover) in today


def test_a_supervisor_reads_and_notes_nothing(browser_of, mover):
    supervisor = MemberFactory(roles=["supervisor"])
    CareTeamMember.objects.create(
        client=mover, member=supervisor, part="supervising", since=MONDAY_NOON.date() - DAY
    )
    browser = browser_of(supervisor)

    assert "Note a change" not in words(browser.get(page_of(mover)))
    assert browser.post(reverse("tell_change", args=[mover.uid]), {"kind": "injury"}).status_code == 403


def test_others_find_nothing(browser_of, colleague, reception, owner, mover):
    for member, status in ((colleague, 404), (reception, 403), (owner, 403)):
        assert browser_of(member).get(page_of(mover)).status_code == status
        posted = browser_of(member).post(reverse("tell_change", args=[mover.uid]), {"kind": "injury"})
        assert posted.status_code == status
    assert not Rescreen.objects.exists()


def test_a_client_says_that_something_changed(browser_of, clinician, mover):
    page = browser_of(mover.member).post(
        "/my/changes/", {"kind": "illness", "words": "A fever."}, follow=True
    )

    assert "Thank you for saying so" in words(page)
    assert "Robin Vale reads it and talks with you" in words(page)
    assert "A fever." in words(page)
    assert standing_of(mover) == HELD
    assert Rescreen.objects.get().raised_by == mover.member


def test_a_client_reads_only_what_they_told(browser_of, clinician, mover):
    tell(browser_of(clinician), mover, kind="motive", words="canary of a clinician")

    page = words(browser_of(mover.member).get("/my/changes/"))

    assert "canary of a clinician" not in page
    assert "We will talk about this" not in page


def test_a_client_who_chooses_nothing_is_asked_again(browser_of, mover):
    page = browser_of(mover.member).post("/my/changes/", {"words": "Hm."})

    assert page.status_code == 422
    assert "Choose the one that fits best." in words(page)


def test_help_is_one_tap_away_on_the_clients_page(browser_of, mover):
    page = words(browser_of(mover.member).get("/my/changes/"))

    assert "Get help now" in page
    assert "Nobody watches this page live" in page


def test_the_way_there_is_on_home_and_says_when_something_waits(browser_of, mover):
    assert "/my/changes/" in words(browser_of(mover.member).get("/my/"))
    assert portal_cards(mover, MONDAY_NOON)[0].values == {"is_waiting": False, "moving_waits": False}

    browser_of(mover.member).post("/my/changes/", {"kind": "asked"})

    assert portal_cards(mover, MONDAY_NOON)[0].values == {"is_waiting": True, "moving_waits": True}


def test_a_wish_to_run_is_not_said_to_stop_anything(browser_of, mover):
    browser = browser_of(mover.member)

    said = browser.post("/my/changes/", {"kind": "walk_to_run"}, follow=True).content.decode()

    assert standing_of(mover) == OPEN
    assert "until then everything stays as we agreed" in said
    assert "Until then we sit" not in said
    assert portal_cards(mover, MONDAY_NOON)[0].values == {"is_waiting": True, "moving_waits": False}


def test_the_timeline_tells_the_care_team(trigger, mover, clinician, colleague):
    trigger("admission", "Two nights.")

    (item,) = timeline(mover, clinician, MONDAY_NOON - DAY, MONDAY_NOON + DAY)
    assert (item.title, item.text, item.badge) == ("A stay in hospital", "Two nights.", "To look at")
    assert timeline(mover, colleague, MONDAY_NOON - DAY, MONDAY_NOON + DAY) == []
    assert timeline(mover, mover.member, MONDAY_NOON - DAY, MONDAY_NOON + DAY) == []


def test_by_program_the_same(api_of, clinician, mover):
    url = f"/api/v1/clients/{mover.uid}/changes/"

    answer = api_of(clinician).post(url, {"kind": "stop_rule", "words": "Short of breath."}, format="json")

    assert (answer.status_code, answer.json()["waits_for"]) == (201, ["run", "walk"])
    listed = api_of(clinician).get(url).json()["results"]
    assert [(one["kind"], one["words"], one["closed_at"]) for one in listed] == [
        ("stop_rule", "Short of breath.", None)
    ]


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "phq9_up"}, {"kind": "injury", "more": 1}, {"kind": ["injury"]}]
)
def test_by_program_it_says_no(api_of, clinician, mover, sent):
    answer = api_of(clinician).post(f"/api/v1/clients/{mover.uid}/changes/", sent, format="json")

    assert answer.status_code == 400
    assert standing_of(mover) == OPEN


def test_by_program_a_client_tells_their_own_and_not_a_clinicians_kind(api_of, mover, stranger):
    own = f"/api/v1/clients/{mover.uid}/changes/"
    caller = api_of(mover.member)

    assert caller.post(own, {"kind": "motive"}, format="json").status_code == 400
    assert caller.post(own, {"kind": "injury"}, format="json").status_code == 201
    assert len(caller.get(own).json()["results"]) == 1
    assert caller.post(f"/api/v1/clients/{stranger.uid}/changes/", {"kind": "injury"}).status_code == 404


def test_by_program_others_find_nothing(api_of, colleague, reception, mover):
    url = f"/api/v1/clients/{mover.uid}/changes/"

    assert api_of(colleague).post(url, {"kind": "injury"}, format="json").status_code == 404
    assert api_of(reception).post(url, {"kind": "injury"}, format="json").status_code == 403


def test_the_clients_page_is_no_page_of_the_staff_nor_theirs_the_clients(browser_of, clinician, mover):
    assert browser_of(clinician).get("/my/changes/").status_code == 403
    posted = browser_of(mover.member).post(reverse("tell_change", args=[mover.uid]), {"kind": "injury"})
    assert posted.status_code == 403


def test_the_values_behind_a_new_look_stand_on_the_clinicians_page_alone(
    browser_of, clinician, mover, trigger
):
    trigger("phq9_up", evidence={"before": 2, "before_on": "2026-05-03", "after": 8})
    trigger("injury", by=mover.member, evidence={"minutes": 40})

    staff = words(browser_of(clinician).get(page_of(mover)))
    own = words(browser_of(mover.member).get(reverse("my_changes")))

    assert "lowest since the decision 2 · on 3 May 2026 · now 8" in staff
    assert "minutes 40" in staff
    assert "Behind it" not in own
