"""The owner's pages of questionnaires, and a client's results from elsewhere."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.instruments import keys
from clients.models import OutsideResult, PracticeInstrument
from clients.questionnaires import actions, contributions, lifecycle
from clients.questionnaires.actions.entering import Entry
from clients.screening import actions as screening
from practice.contributions import Recipient, Table
from sessions.summaries.screens.words import _attributions
from tests.clients.instruments.made_up import as_json, made_up
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(name, args=args)


def file(**changes):
    sent = io.BytesIO(as_json(made_up(**changes)))
    sent.name = "our_check.json"
    return sent


def not_fresh(monkeypatch):
    monkeypatch.setattr("practice.people.freshness.is_fresh", lambda _request: False)


@pytest.fixture
def boss(browser_of, owner):
    return browser_of(owner)


@pytest.fixture
def staff(browser_of, clinician):
    return browser_of(clinician)


class TestTheOwnersPages:
    def test_the_list_says_what_is_in_use_and_what_is_not_in_the_box(self, boss):
        html = boss.get(at("instruments")).content.decode()

        assert "PHQ-9" in html
        assert "AUDIT-C" in html
        assert "WHO-5" in html
        assert "C-SSRS" in html

    @pytest.mark.parametrize("key", ["phq9", "core10", "pcptsd5", "scoff", "movement"])
    def test_each_is_shown_as_it_is_asked_with_licence_and_source(self, boss, key):
        html = boss.get(at("instrument", key)).content.decode()

        assert "Licence and source" in html
        assert "As it is asked" in html

    def test_one_that_nobody_has_is_not_found(self, boss):
        assert boss.get(at("instrument", "nothing")).status_code == 404

    def test_the_licence_note_is_read_before_it_is_switched_on(self, boss):
        html = boss.get(at("instrument", "auditc")).content.decode()
        refused = boss.post(at("switch_on_instrument", "auditc"), {})
        done = boss.post(at("switch_on_instrument", "auditc"), {"understood": "on"}, follow=True)

        assert "© WHO 2001" in html
        assert refused.status_code == 422
        assert "Say why you may use it." in refused.content.decode()
        assert "In use. It can be asked from now on." in done.content.decode()
        assert "auditc" in keys()

    def test_it_is_put_away(self, boss, owner):
        actions.switch_on(key="eai", understood=True, by=owner, now=MONDAY_NOON)

        boss.post(at("put_away_instrument", "eai"))

        assert "eai" not in keys()

    def test_what_is_not_in_use_is_said(self, boss):
        html = boss.post(at("put_away_instrument", "eai"), follow=True).content.decode()

        assert "This questionnaire is not in use." in html

    def test_a_file_is_brought_and_read_back(self, boss):
        sent = {"file": file(), "statement": "ours"}

        html = boss.post(at("add_instrument"), sent, follow=True).content.decode()

        assert "In use. Read it once as your clients will." in html
        assert "Did it go well?" in html

    def test_a_hostile_file_is_refused_in_words(self, boss):
        sent = {"file": file(name="Our\u202echeck"), "statement": "ours"}

        answer = boss.post(at("add_instrument"), sent)

        assert answer.status_code == 422
        assert "name: holds a hidden sign." in answer.content.decode()
        assert not PracticeInstrument.objects.exists()

    def test_markup_in_a_file_stays_words(self, boss):
        sent = {"file": file(name="<script>x</script>"), "statement": "ours"}

        html = boss.post(at("add_instrument"), sent, follow=True).content.decode()

        assert "<script>x" not in html
        assert "&lt;script&gt;x" in html

    def test_a_file_without_a_statement_is_refused(self, boss):
        assert boss.post(at("add_instrument"), {"file": file()}).status_code == 422

    def test_no_file_is_said(self, boss):
        assert "Choose the file." in boss.post(at("add_instrument"), {}).content.decode()

    @pytest.mark.parametrize("who", ["clinician", "reception"])
    @pytest.mark.parametrize("door", ["instruments", "add_instrument"])
    def test_they_are_the_owners(self, who, door, browser_of, request):
        assert browser_of(request.getfixturevalue(who)).get(at(door)).status_code == 403

    @pytest.mark.parametrize(
        ("door", "args"),
        [("switch_on_instrument", ["eai"]), ("put_away_instrument", ["eai"]), ("add_instrument", [])],
    )
    def test_standing_up_for_it_needs_a_fresh_sign_in(self, boss, monkeypatch, door, args):
        not_fresh(monkeypatch)

        boss.post(at(door, *args), {"understood": "on", "statement": "ours"})

        assert not PracticeInstrument.objects.exists()


class TestAskingThem:
    def test_what_is_switched_on_can_be_chosen(self, staff, owner, client_person):
        assert "EAI" not in staff.get(at("ask_screening", client_person.uid)).content.decode()

        actions.switch_on(key="eai", understood=True, by=owner, now=MONDAY_NOON)

        assert "EAI" in staff.get(at("ask_screening", client_person.uid)).content.decode()

    @pytest.mark.parametrize(
        ("key", "notice"),
        [
            ("core10", "CORE System Trust"),
            ("k6", "© Ronald C. Kessler"),
            ("pcl5", "Department of Veterans Affairs"),
        ],
    )
    def test_the_notice_stands_under_each_question(self, client_person, clinician, browser_of, key, notice):
        asked = screening.ask_screening(
            client=client_person, purpose="measure", instruments=[key], by=clinician, now=timezone.now()
        )

        html = browser_of(client_person.member).get(at("my_question", asked.uid, 2)).content.decode()

        assert notice in html


def entered(client, clinician, **changes):
    usual: dict[str, Any] = {
        "name": "WSAS",
        "score": "14",
        "taken_on": MONDAY_NOON.date(),
        "note": "From the surgery.",
    }
    return actions.enter_result(client=client, entry=Entry(**usual | changes), by=clinician, now=MONDAY_NOON)


FORM = {"questionnaire": "WSAS", "score": "14, moderate", "taken_on": "2026-05-20"}


class TestResults:
    def test_a_clinician_enters_one(self, staff, client_person):
        html = staff.post(at("enter_result", client_person.uid), FORM, follow=True).content.decode()

        assert "14, moderate" in html
        assert OutsideResult.objects.get().name == "WSAS"

    def test_another_one_needs_its_name(self, staff, client_person):
        without = FORM | {"questionnaire": "another"}

        refused = staff.post(at("enter_result", client_person.uid), without)
        staff.post(at("enter_result", client_person.uid), without | {"name": "Our old form"})

        assert refused.status_code == 422
        assert OutsideResult.objects.get().name == "Our old form"

    def test_a_refusal_stands_at_its_field(self, staff, client_person):
        answer = staff.post(at("enter_result", client_person.uid), FORM | {"link": "javascript:x"})

        assert answer.status_code == 422
        assert "A link begins with https:// or http://." in answer.content.decode()

    def test_what_was_struck_out_stays_legible(self, staff, client_person, clinician):
        row = entered(client_person, clinician)

        html = staff.post(at("strike_result", row.uid), follow=True).content.decode()

        assert "Struck out by Robin Vale" in html
        assert "WSAS" in html

    def test_it_is_struck_once(self, staff, client_person, clinician):
        row = entered(client_person, clinician)
        staff.post(at("strike_result", row.uid))

        html = staff.post(at("strike_result", row.uid), follow=True).content.decode()

        assert "struck out already" in html

    def test_nothing_entered_is_said(self, staff, client_person):
        assert "Nothing entered" in staff.get(at("outside_results", client_person.uid)).content.decode()

    def test_others_do_not_find_it(self, client_person, clinician, colleague, browser_of):
        row = entered(client_person, clinician)
        browser = browser_of(colleague)

        assert browser.get(at("outside_results", client_person.uid)).status_code == 404
        assert browser.post(at("strike_result", row.uid)).status_code == 404

    def test_a_supervisor_reads_and_does_not_write(self, client_person, clinician, browser_of):
        entered(client_person, clinician)
        supervisor = MemberFactory(roles=["supervisor"])
        client_person.care_team.create(
            member=supervisor, part="supervising", since=MONDAY_NOON.date() - timedelta(days=9)
        )
        browser = browser_of(supervisor)

        html = browser.get(at("outside_results", client_person.uid)).content.decode()

        assert "WSAS" in html
        assert "Enter a result" not in html
        assert browser.post(at("enter_result", client_person.uid), FORM).status_code == 403

    def test_the_client_is_not_shown_it(self, client_person, clinician, browser_of):
        entered(client_person, clinician)

        answer = browser_of(client_person.member).get(at("outside_results", client_person.uid))

        assert answer.status_code == 403

    def test_it_stands_on_the_timeline_until_it_is_struck(self, client_person, clinician):
        row = entered(client_person, clinician)
        around = (MONDAY_NOON - timedelta(hours=1), MONDAY_NOON + timedelta(hours=1))

        (item,) = contributions.timeline(client_person, clinician, *around)
        actions.strike_result(result=row, by=clinician, now=MONDAY_NOON)

        assert item.title == "WSAS: 14"
        assert contributions.timeline(client_person, clinician, *around) == []

    def test_it_is_in_the_care_teams_copy_and_not_in_the_clients(self, client_person, clinician):
        entered(client_person, clinician)

        (given,) = lifecycle.exported(client_person, Recipient(member=clinician))

        assert isinstance(given, Table)
        assert "From the surgery." in next(iter(given.rows))
        assert lifecycle.exported(client_person, Recipient(member=client_person.member)) == []

    def test_it_goes_with_the_client(self, client_person, clinician):
        entered(client_person, clinician)

        (erasure,) = lifecycle.erased(client_person)
        assert erasure.erase
        erasure.erase()

        assert erasure.count == 1
        assert not OutsideResult.objects.exists()

    def test_what_the_practice_uses_leaves_with_it(self, owner):
        actions.add_file(raw=as_json(made_up()), statement="ours", proof="", by=owner, now=MONDAY_NOON)

        questionnaires, _versions = lifecycle.practice_exported()

        assert any("our_check" in row for row in questionnaires.rows)


class TestAskingInPerson:
    @pytest.fixture
    def both(self, owner, clinician, client_person):
        """A clinician is to ask about dying and about eating."""
        actions.switch_on(key="scoff", understood=True, by=owner, now=MONDAY_NOON)
        return screening.ask_screening(
            client=client_person,
            purpose="review",
            instruments=["asq", "scoff"],
            by=clinician,
            now=timezone.now(),
        )

    def test_each_has_its_own_answers(self, staff, both):
        eating = {f"asked-q{number}": "0" for number in range(1, 6)} | {"instrument": "scoff"}

        html = staff.get(at("screening", both.uid)).content.decode()
        staff.post(at("clinician_asks", both.uid), eating)

        assert "Does food take over their life" in html
        assert both.responses.get(instrument="scoff").submitted_at
        assert not both.responses.get(instrument="asq").submitted_at

    def test_what_is_missing_is_said_at_its_own_form(self, staff, both):
        answer = staff.post(at("clinician_asks", both.uid), {"instrument": "scoff", "asked-q1": "0"})

        assert answer.status_code == 422
        assert answer.content.decode().count("<details open>") == 1

    def test_one_that_was_not_asked_is_not_found(self, staff, both):
        assert staff.post(at("clinician_asks", both.uid), {"instrument": "phq9"}).status_code == 404


def test_a_summary_carries_each_notice():
    notices = list(_attributions(["phq9", "gad7", "core10"]))

    assert any(notice.startswith("CORE-10: ") and "CC BY-ND 4.0" in notice for notice in notices)
    assert any(notice.startswith("PHQ-9, GAD-7: ") for notice in notices)
