"""An intake by program: the task list, each question as it is asked, one answer at a time, all checked and sent."""

import pytest
from django.utils import timezone

from clients.instruments import NOT_SAID
from clients.intake.models import IntakeSheet
from clients.models import Clearance, EmergencyContact, SafetyAlert
from clients.screening.actions import ask_screening
from practice.models import AuditEvent
from practice.people.tokens import create_token
from tests.clients.intake.conftest import SAID, tell_all
from tests.clients.screening.answering import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(api_of, client_person):
    return api_of(client_person.member)


def url(screening, end="tasks/"):
    return f"/api/v1/screenings/{screening.uid}/{end}"


def tell(caller, screening, section, ask, value):
    body = {"section": section, "ask": ask, "value": value}
    return caller.post(url(screening, "sections/"), body, format="json")


def answer(caller, screening, value, instrument="phq9", item="q9"):
    body = {"instrument": instrument, "item": item, "value": value}
    return caller.post(url(screening, "answers/"), body, format="json")


def walk(caller, screening):
    """Go where `next` leads until nothing waits; how many steps it took."""
    for steps in range(200):
        place = caller.get(url(screening)).json()["next"]
        if not place["task"]:
            return steps
        task = caller.get(url(screening, f"tasks/{place['task']}/")).json()
        asked = next(one for one in task["questions"] if one["key"] == place["key"])
        kept = (
            tell(caller, screening, place["section"], asked["key"], SAID[asked["kind"]])
            if place["section"]
            else answer(caller, screening, 0, place["instrument"], asked["key"])
        )
        assert kept.status_code == 200, kept.content
    raise AssertionError


class TestTheTaskList:
    def test_it_says_what_it_is_about_how_far_it_is_and_who_reads_it(self, own, intake, clinician):
        said = own.get(url(intake)).json()

        assert (said["stage"], said["answered"], said["reader"]) == ("start", 0, clinician.name)
        assert [task["key"] for task in said["tasks"]][:4] == ["about", "reaching", "contact", "heart"]
        assert said["tasks"][-1]["key"] == "hopes"
        assert {task["status"] for task in said["tasks"]} == {"Not started"}
        assert said["next"] == {"task": "about", "section": "about", "instrument": "", "key": "called"}

    def test_a_task_that_is_begun_says_how_far_and_goes_on_there(self, own, intake):
        tell(own, intake, "about", "called", "Sam")

        said = own.get(url(intake)).json()

        assert said["tasks"][0]["status"] == "1 of 3"
        assert said["next"]["key"] == "pronouns"

    def test_a_check_in_has_questionnaires_alone(self, own, client_person, clinician):
        asked = ask_screening(
            client=client_person, purpose="measure", instruments=["gad7"], by=clinician, now=timezone.now()
        )

        said = own.get(url(asked)).json()

        assert [task["key"] for task in said["tasks"]] == ["mood"]
        assert said["next"]["instrument"] == "gad7"


class TestReadingATask:
    def test_a_section_is_asked_in_its_own_words(self, own, intake):
        task = own.get(url(intake, "tasks/reaching/")).json()

        phone, voicemail, *_others = task["questions"]
        assert (phone["text"], phone["kind"]) == ("On which number can we reach you?", "phone")
        assert phone["why"] == "So that nobody hears from us who should not."
        assert [option["value"] for option in voicemail["options"]] == ["yes", "no"]
        assert (task["questions"][-1]["is_required"], task["questions"][-1]["may_wait"]) == (False, False)

    def test_a_questionnaire_is_asked_with_its_options_and_whose_it_is(self, own, short):
        task = own.get(url(short, "tasks/mood/")).json()

        first = task["questions"][0]
        assert first["stem"].startswith("Over the last 2 weeks")
        assert [option["value"] for option in first["options"]] == [0, 1, 2, 3]
        assert first["attribution"]
        assert first["licence"]
        assert first["may_wait"] is True
        assert task["next"]["key"] == first["key"]

    def test_what_the_record_knows_stands_there_already(self, own, intake, client_person):
        EmergencyContact.objects.create(client=client_person, name="Kim", phone="01632 960098")

        task = own.get(url(intake, "tasks/contact/")).json()

        assert task["questions"][0]["known"] == "Kim"
        assert task["questions"][0]["answer"] is None

    def test_what_was_said_stands_beside_it(self, own, intake):
        tell(own, intake, "reaching", "voicemail", "no")

        voicemail = own.get(url(intake, "tasks/reaching/")).json()["questions"][1]

        assert (voicemail["answer"], voicemail["words"], voicemail["is_answered"]) == ("no", "No", True)

    def test_no_task_shows_a_score(self, own, short, client_person, now):
        fill(short, client_person.member, now)

        html = own.get(url(short, "tasks/mood/")).content.decode()

        assert not [
            word for word in ("total", "cut-off", "minimal", "moderate") if f'"{word}":' in html[200:]
        ]

    def test_there_is_no_other_task(self, own, intake):
        assert own.get(url(intake, "tasks/shoes/")).status_code == 404


class TestTelling:
    def test_an_answer_is_kept_and_says_where_it_goes_on(self, own, intake):
        kept = tell(own, intake, "about", "called", "Sammy")

        assert kept.status_code == 200
        assert (kept.json()["value"], kept.json()["is_done"]) == ("Sammy", False)
        assert kept.json()["next"]["key"] == "pronouns"
        assert IntakeSheet.objects.get().answers == {"called": "Sammy"}

    @pytest.mark.parametrize(
        ("section", "ask"),
        [("about", "called"), ("about", "born_on"), ("reaching", "phone"), ("reaching", "voicemail")],
    )
    def test_anything_may_wait_for_a_talk(self, own, intake, section, ask):
        assert tell(own, intake, section, ask, NOT_SAID).status_code == 200

        assert IntakeSheet.objects.get().answers == {ask: NOT_SAID}

    @pytest.mark.parametrize(
        ("section", "ask", "value", "status", "words"),
        [
            ("about", "called", "", 400, "choose to talk about it in person"),
            ("about", "called", "x" * 121, 400, "at most 120 characters"),
            ("about", "called", "a\x1bb", 400, "hidden character"),
            ("about", "born_on", "", 400, "choose to talk about it in person"),
            ("about", "born_on", "1988-02-31", 409, "Something looks off with the date."),
            ("about", "born_on", "2990-01-01", 409, "Something looks off with the date."),
            ("reaching", "phone", "none of yours", 400, "Something looks off with the number."),
            ("reaching", "voicemail", "perhaps", 400, "Please choose one of the answers."),
            ("hopes", "hopes", "x" * 4001, 400, "no more than 4000"),
            ("shoes", "size", "41", 404, "This question is not asked here."),
            ("about", "size", "41", 404, "This question is not asked here."),
            ("not a slug", "size", "41", 400, "slug"),
        ],
    )
    def test_what_is_no_answer_says_what_to_do(self, own, intake, section, ask, value, status, words):
        kept = tell(own, intake, section, ask, value)

        assert kept.status_code == status
        assert words in kept.content.decode()
        assert not IntakeSheet.objects.exists()

    def test_a_step_sent_twice_counts_once(self, own, intake):
        first, again = (tell(own, intake, "contact", "name", "Mo") for _time in range(2))

        assert first.json() == again.json()
        assert IntakeSheet.objects.get().answers == {"name": "Mo"}

    def test_two_devices_answer_each_what_they_asked(self, own, api_of, client_person, intake):
        other = api_of(client_person.member)

        tell(own, intake, "contact", "name", "Mo")
        tell(other, intake, "contact", "phone", "01632 960002")
        tell(own, intake, "contact", "name", "Kim")

        assert IntakeSheet.objects.get().answers == {"name": "Kim", "phone": "01632 960002"}

    def test_a_section_keeps_the_words_in_which_it_was_begun(self, own, intake):
        tell(own, intake, "hopes", "hopes", "Sleep again.")
        sheet = IntakeSheet.objects.get()
        sheet.asked["asks"][0]["text"] = "What did you hope for?"
        sheet.save()

        task = own.get(url(intake, "tasks/hopes/")).json()

        assert task["questions"][0]["text"] == "What did you hope for?"

    def test_what_the_clinician_closed_takes_nothing_more(self, own, short, client_person, now):
        fill(short, client_person.member, now)
        tell_all(short, client_person.member)
        own.post(url(short, "submit/"))

        kept = tell(own, short, "about", "called", "Late")

        assert (kept.status_code, kept.json()["code"]) == (409, "screening_closed")


class TestASafetyAnswer:
    def test_it_is_heard_at_once_whatever_comes_after(self, own, intake):
        kept = answer(own, intake, 3)

        assert kept.json()["show_help"] is True
        assert SafetyAlert.objects.get().said == "Nearly every day"
        assert set(Clearance.objects.values_list("decision", flat=True)) == {"hold"}

    def test_rather_talking_about_it_is_heard_too(self, own, intake):
        assert answer(own, intake, NOT_SAID).json()["show_help"] is True

        assert SafetyAlert.objects.exists()

    def test_taking_it_back_takes_no_alert_back(self, own, intake):
        answer(own, intake, 3)
        answer(own, intake, 0)

        assert SafetyAlert.objects.get().said == "Nearly every day"


class TestCheckingAndSending:
    def test_a_program_that_goes_where_it_is_sent_comes_to_the_end(
        self, own, short, clinician, client_person
    ):
        steps = walk(own, short)

        check = own.get(url(short, "check/")).json()
        sent = own.post(url(short, "submit/"))

        assert steps > 15
        assert check["stage"] == "check"
        assert sent.status_code == 200
        assert own.get(url(short)).json()["stage"] == "done"
        client_person.refresh_from_db()
        assert str(client_person.born_on) == SAID["date"]
        assert EmergencyContact.objects.get(client=client_person).name == "Mo"

    def test_every_answer_stands_there_in_words(self, own, short):
        tell(own, short, "about", "born_on", "1988-03-27")
        tell(own, short, "reaching", "texts", NOT_SAID)
        answer(own, short, 1, item="q1")

        tasks = {task["key"]: task["lines"] for task in own.get(url(short, "check/")).json()["tasks"]}

        assert tasks["about"][2] == {"question": "When were you born?", "words": "27 March 1988"}
        assert tasks["reaching"][2]["words"] == "I’d rather talk about this in person"
        assert tasks["mood"][0]["words"] == "Several days"

    def test_it_is_not_sent_before_every_section_was_looked_at(self, own, short, client_person, now):
        fill(short, client_person.member, now)

        sent = own.post(url(short, "submit/"))

        assert (sent.status_code, sent.json()["code"]) == (409, "sections_missing")
        assert "Still without an answer: About you" in sent.json()["detail"]

    def test_it_is_sent_once(self, own, short, client_person, now):
        fill(short, client_person.member, now)
        tell_all(short, client_person.member)

        first, again = own.post(url(short, "submit/")), own.post(url(short, "submit/"))

        assert (first.status_code, again.status_code) == (200, 409)
        assert again.json()["code"] == "already_submitted"


class TestWhoMay:
    @pytest.mark.parametrize("end", ["tasks/", "tasks/about/", "check/"])
    def test_it_is_the_clients_alone(self, api_of, stranger, clinician, reception, owner, intake, end):
        assert api_of(stranger.member).get(url(intake, end)).status_code == 404
        for member in (clinician, reception, owner):
            assert api_of(member).get(url(intake, end)).status_code == 403

    def test_nobody_else_answers(self, api_of, stranger, clinician, intake):
        assert tell(api_of(stranger.member), intake, "about", "called", "X").status_code == 404
        assert tell(api_of(clinician), intake, "about", "called", "X").status_code == 403

    @pytest.mark.parametrize(("scope", "status"), [("screenings", 200), ("runs", 403)])
    def test_a_key_reads_it_only_where_it_was_made_for_questions(
        self, client, client_person, intake, scope, status
    ):
        key = create_token(member=client_person.member, scopes=[scope], name="phone", now=timezone.now())[1]

        assert client.get(url(intake), headers={"Authorization": f"Bearer {key}"}).status_code == status

    def test_reading_leaves_one_line_and_telling_another(self, own, intake):
        before = AuditEvent.objects.acts().count()

        own.get(url(intake, "tasks/about/"))
        tell(own, intake, "about", "called", "Sam")

        lines = [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]]
        assert lines == ["client_read", "intake_told"]


class TestWhatAClientTold:
    @pytest.fixture
    def told(self, client_person):
        return f"/api/v1/clients/{client_person.uid}/told/"

    def test_the_care_team_reads_all_of_it(self, own, api_of, clinician, intake, told):
        tell(own, intake, "hopes", "hopes", "Sleep again.")
        tell(own, intake, "reaching", "careful", "Not at work.")

        sections = api_of(clinician).get(told).json()["sections"]

        assert [(one["key"], one["is_draft"]) for one in sections] == [("reaching", True), ("hopes", True)]
        assert sections[1]["lines"][0] == {
            "question": "What do you hope will be different?",
            "words": "Sleep again.",
        }

    def test_the_desk_reads_how_to_reach_somebody(self, own, api_of, reception, intake, told):
        tell(own, intake, "hopes", "hopes", "Sleep again.")
        tell(own, intake, "reaching", "careful", "Not at work.")

        sections = api_of(reception).get(told).json()["sections"]

        assert [one["key"] for one in sections] == ["reaching"]

    def test_nothing_told_is_nothing_to_read(self, api_of, clinician, told):
        assert api_of(clinician).get(told).json()["sections"] == []

    def test_others_do_not_find_it(self, api_of, colleague, owner, client_person, told):
        assert api_of(colleague).get(told).status_code == 404
        assert api_of(owner).get(told).status_code == 403
        assert api_of(client_person.member).get(told).status_code == 403

    def test_reading_it_leaves_one_line(self, api_of, clinician, told):
        before = AuditEvent.objects.acts().count()

        api_of(clinician).get(told)

        assert [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]] == ["client_read"]
