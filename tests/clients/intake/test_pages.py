"""The pages of an intake, as a telephone without JavaScript walks them."""

import pytest
from django.urls import reverse

from clients.instruments import NOT_SAID
from clients.intake.models import IntakeSheet
from clients.intake.sections import AFTER, BEFORE
from clients.models import Clearance, EmergencyContact, SafetyAlert
from clients.screening import actions
from clients.screening.screens import my_screening
from practice.models import AuditEvent, Practice
from tests.clients.intake.conftest import tell_all
from tests.clients.screening.answering import fill

pytestmark = pytest.mark.django_db
SECTIONS = (*BEFORE, *AFTER)


def section(screening, key, number=1):
    return reverse("my_section", args=[screening.uid, key, number])


def start(screening):
    return reverse("my_screening", args=[screening.uid])


def question(screening, item, instrument="phq9"):
    """The address of a question, wherever it stands."""
    screening.refresh_from_db()
    asked = my_screening(screening).asked_as(f"{instrument}.{item}", 0)
    return reverse("my_question", args=[screening.uid, asked.number if asked else 0])


@pytest.fixture
def filled(short, client_person, now):
    """Everything answered, nothing handed in."""
    fill(short, client_person.member, now)
    tell_all(short, client_person.member, now)
    return short


class TestTheList:
    def test_it_names_every_task_in_its_order(self, own, intake):
        html = own.get(start(intake)).content.decode()

        titles = [
            "About you",
            "Reaching you safely",
            "Emergency contact",
            "Heart and health",
            "Injuries, medicines, pregnancy",
            "Movement, food and rest",
            "How you have been",
            "Safety",
            "What you hope for",
            "Check answers",
        ]
        places = [html.index(f">{title}<") for title in titles]
        assert places == sorted(places)

    def test_it_begins_with_who_you_are_and_goes_on_where_one_left_off(self, own, intake):
        first = own.get(start(intake)).content.decode()
        own.post(section(intake, "about"), {"value": "Sam"})
        again = own.get(start(intake)).content.decode()

        assert f'href="{section(intake, "about")}"' in first
        assert "Pick up where you left off" in again
        assert f'href="{section(intake, "about", 2)}"' in again

    def test_it_says_who_reads_and_when_in_the_owners_words(self, own, intake):
        Practice.objects.update(response_words="Robin looks in on Mondays and Thursdays.")

        assert "Robin looks in on Mondays and Thursdays." in own.get(start(intake)).content.decode()

    def test_agreements_stand_in_it_where_there_are_any(self, own, intake):
        html = own.get(start(intake)).content.decode()

        assert ("Agreements" in html) is (_address("my_agreements") is not None)

    def test_a_check_in_has_no_sections(self, own, client_person, clinician, now):
        check_in = actions.ask_screening(client=client_person, purpose="measure", by=clinician, now=now)

        html = own.get(start(check_in)).content.decode()
        assert "How you have been" in html
        assert "Reaching you safely" not in html
        assert own.get(section(check_in, "about")).status_code == 404


def _address(name):
    try:
        return reverse(name)
    except Exception:  # noqa: BLE001 - no such page in this installation
        return None


class TestASection:
    def test_each_continue_saves_and_leads_on_to_the_next_section(self, own, intake):
        answers = [
            own.post(section(intake, "about", 1), {"value": "Sam"}),
            own.post(section(intake, "about", 2), {"value": ""}),
            own.post(
                section(intake, "about", 3), {"value_day": "27", "value_month": "3", "value_year": "1988"}
            ),
        ]

        assert [answer.headers["Location"] for answer in answers] == [
            section(intake, "about", 2),
            section(intake, "about", 3),
            section(intake, "reaching", 1),
        ]
        assert IntakeSheet.objects.get().answers == {
            "called": "Sam",
            "pronouns": "",
            "born_on": "1988-03-27",
        }

    def test_what_the_record_knows_stands_there_already(self, own, intake, client_person):
        EmergencyContact.objects.create(client=client_person, name="Kim", phone="01632 960098")

        assert 'value="Sam Wood"' in own.get(section(intake, "about")).content.decode()
        assert 'value="Kim"' in own.get(section(intake, "contact")).content.decode()

    @pytest.mark.parametrize(
        ("key", "number", "typed"),
        [
            ("about", 1, {"value": ""}),
            ("about", 1, {}),
            ("about", 1, {"value": "a\x00b"}),
            ("about", 3, {}),
            ("about", 3, {"value_day": "31", "value_month": "2", "value_year": "1988"}),
            ("about", 3, {"value_day": "1", "value_month": "1", "value_year": "2990"}),
            ("reaching", 1, {"value": "none of yours"}),
            ("reaching", 2, {"value": "perhaps"}),
            ("reaching", 2, {}),
            ("hopes", 1, {"value": "x" * 4_001}),
        ],
    )
    def test_what_is_no_answer_is_said_at_the_question_and_kept_there(self, own, intake, key, number, typed):
        answer = own.post(section(intake, key, number), typed)

        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
        assert not IntakeSheet.objects.exists()

    @pytest.mark.parametrize(
        ("key", "number", "typed"),
        [
            ("about", 1, {"value": "", "later": "on"}),
            ("about", 3, {"later": "on"}),
            ("reaching", 1, {"value": "x", "later": "on"}),
            ("reaching", 2, {"value": NOT_SAID}),
        ],
    )
    def test_anything_may_wait_for_a_talk(self, own, intake, key, number, typed):
        own.post(section(intake, key, number), typed)

        assert list(IntakeSheet.objects.get().answers.values()) == [NOT_SAID]

    @pytest.mark.parametrize(("key", "number"), [("about", 0), ("about", 4), ("shoes", 1), ("hopes", 99)])
    def test_there_is_no_other_question(self, own, intake, key, number):
        assert own.get(section(intake, key, number)).status_code == 404

    def test_back_leads_to_the_question_before_and_first_to_the_list(self, own, intake):
        first = own.get(section(intake, "reaching", 1)).content.decode()
        second = own.get(section(intake, "reaching", 2)).content.decode()

        assert f'<a href="{start(intake)}">' in first
        assert f'<a href="{section(intake, "reaching", 1)}">' in second

    def test_an_old_page_sent_late_answers_what_it_asked(self, own, intake):
        own.post(section(intake, "contact", 1), {"of": "phone", "value": "01632 960002"})

        assert IntakeSheet.objects.get().answers == {"phone": "01632 960002"}

    def test_a_step_sent_twice_counts_once(self, own, intake):
        for _ in range(2):
            own.post(section(intake, "contact", 1), {"of": "name", "value": "Mo"})

        assert IntakeSheet.objects.get().answers == {"name": "Mo"}

    def test_save_and_leave(self, own, intake):
        kept = own.post(section(intake, "about"), {"value": "Sammy", "then": "leave"})
        empty = own.post(section(intake, "about", 2), {"value": "", "then": "leave"})

        assert {kept.headers["Location"], empty.headers["Location"]} == {reverse("portal_home")}
        assert IntakeSheet.objects.get().answers == {"called": "Sammy"}

    def test_a_closed_intake_leads_to_its_end(self, own, filled):
        own.post(start(filled))

        assert own.get(section(filled, "about")).headers["Location"] == start(filled)

    def test_somebody_else_finds_nothing(self, browser_of, stranger, clinician, intake):
        assert browser_of(stranger.member).get(section(intake, "about")).status_code == 404
        assert browser_of(clinician).get(section(intake, "about")).status_code == 403


class TestCheckingAndHandingIn:
    def test_every_answer_stands_there_with_a_way_back(self, own, filled):
        html = own.get(start(filled)).content.decode()

        assert "Check your answers" in html
        assert "27 March 1988" in html
        assert all(f'href="{section(filled, key)}"' in html for key in SECTIONS)

    def test_a_changed_answer_leads_back_to_checking(self, own, filled):
        answer = own.post(section(filled, "about"), {"value": "Sammy"})
        back = own.get(section(filled, "about", 2)).content.decode()

        assert answer.headers["Location"] == start(filled)
        assert f'<a href="{start(filled)}">' in back

    def test_handing_in(self, own, filled):
        done = own.post(start(filled), follow=True).content.decode()
        again = own.post(start(filled), follow=True)

        assert "Thank you. Your answers are with us." in done
        assert again.status_code == 200

    def test_a_missing_section_is_said(self, own, short, client_person, now):
        fill(short, client_person.member, now)

        html = own.post(start(short), follow=True).content.decode()

        assert "Still without an answer: About you" in html

    def test_no_page_shows_a_score(self, own, filled):
        pages = [start(filled), *(section(filled, key) for key in SECTIONS), question(filled, "q3")]

        html = "".join(own.get(page).content.decode() for page in pages)
        assert not [word for word in ("cut-off", "minimal", "moderate", "score of", "points") if word in html]


class TestASafetyAnswer:
    def test_help_comes_first_and_names_who_reads_it_and_when(self, own, intake):
        Practice.objects.update(response_words="Robin looks in on Mondays and Thursdays.")

        html = own.post(question(intake, "q9"), {"value": "1"}, follow=True).content.decode()

        assert "You do not have to handle this alone." in html
        assert "Are you safe right now?" in html
        assert "Robin looks in on Mondays and Thursdays." in html
        assert "watching" not in html

    def test_who_stops_in_the_middle_has_been_heard(self, own, intake):
        own.post(question(intake, "q9"), {"value": "3"})

        assert SafetyAlert.objects.get().said == "Nearly every day"
        assert intake.responses.get(instrument="phq9").answers == {"q9": 3}
        assert set(Clearance.objects.values_list("decision", flat=True)) == {"hold"}

    def test_changing_the_answer_back_takes_no_alert_back(self, own, intake):
        for value in ("3", "0"):
            own.post(question(intake, "q9"), {"value": value})

        assert SafetyAlert.objects.get().said == "Nearly every day"

    def test_a_graver_answer_is_written_to_the_alert(self, own, intake):
        for value in ("1", "3"):
            own.post(question(intake, "q9"), {"value": value})

        assert SafetyAlert.objects.get().said == "Nearly every day"

    @pytest.mark.parametrize("ending", ["handed in", "taken back"])
    def test_one_that_comes_too_late_is_heard_all_the_same(
        self, own, filled, clinician, now, ending, client_person
    ):
        """Another device handed the form in, or the clinician took it back, while this page was open."""
        page = question(filled, "q9")
        if ending == "handed in":
            actions.submit_screening(screening=filled, by=client_person.member, now=now)
        else:
            actions.cancel_screening(screening=filled, by=clinician, now=now)

        answer = own.post(page, {"value": "2"})

        assert reverse("my_support", args=[filled.uid]) in answer.headers["Location"]
        assert own.get(answer.headers["Location"]).status_code == 200
        assert SafetyAlert.objects.get().said == "More than half the days"
        assert filled.responses.get(instrument="phq9").answers["q9"] == 0
        assert AuditEvent.objects.filter(action="safety_alert_raised").count() == 1

    def test_any_other_late_answer_changes_nothing(self, own, filled, client_person, now):
        page = question(filled, "q3")
        actions.submit_screening(screening=filled, by=client_person.member, now=now)

        answer = own.post(page, {"value": "3"})

        assert answer.headers["Location"] == start(filled)
        assert filled.responses.get(instrument="phq9").answers["q3"] == 0

    def test_no_and_not_sure_raise_the_alert_again_after_it_was_closed(self, own, intake, clinician, now):
        own.post(question(intake, "q9"), {"value": "1"})
        actions.close_alert(alert=SafetyAlert.objects.get(), what_was_done="Called.", by=clinician, now=now)

        own.post(reverse("my_support", args=[intake.uid]), {"safe_now": "unsure"})

        assert SafetyAlert.objects.unseen().get().said == "Several days"

    def test_what_was_taken_back_says_so_calmly(self, own, intake, clinician, now):
        actions.cancel_screening(screening=intake, by=clinician, now=now)

        html = own.get(start(intake)).content.decode()

        assert "These questions are closed" in html


class TestTheBodysSigns:
    def test_a_doctor_comes_first_even_for_who_leaves(self, own, intake):
        page = question(intake, "chest", "readiness")

        answer = own.post(page, {"value": "1", "then": "leave"})

        assert reverse("my_doctor", args=[intake.uid]) in answer.headers["Location"]

    def test_a_worry_about_food_or_rest_shows_nothing(self, own, intake):
        page = question(intake, "making_up", "movement")

        answer = own.post(page, {"value": "2"})

        assert answer.headers["Location"] == question(intake, "run_down", "movement")


class TestOldSteps:
    def test_an_old_page_answers_its_question_wherever_that_stands_now(self, own, intake):
        first = reverse("my_question", args=[intake.uid, 1])

        own.post(first, {"of": "phq9.q4", "value": "2"})

        assert intake.responses.get(instrument="phq9").answers == {"q4": 2}

    def test_a_question_that_is_gone_is_not_answered_by_another(self, own, intake):
        first = reverse("my_question", args=[intake.uid, 1])

        assert own.post(first, {"of": "phq9.q99", "value": "2"}).status_code == 404

    def test_a_snapshot_stays_what_it_was(self, own, intake):
        response = intake.responses.get(instrument="phq9")
        response.snapshot["items"][0]["text"] = "Little joy, in the words of last year"
        response.save()

        html = own.get(question(intake, "q1")).content.decode()

        assert "Little joy, in the words of last year" in html


class TestWhatStaffRead:
    def test_the_care_team_reads_all_of_it(self, browser_of, clinician, filled, client_person):
        html = browser_of(clinician).get(reverse("client_told", args=[client_person.uid])).content.decode()

        assert all(title in html for title in ("About you", "Reaching you safely", "What you hope for"))
        assert "Sleep again." in html

    def test_the_desk_reads_how_to_reach_them_and_no_more(self, browser_of, reception, filled, client_person):
        html = browser_of(reception).get(reverse("client_told", args=[client_person.uid])).content.decode()

        assert "Reaching you safely" in html
        assert "What you hope for" not in html

    def test_others_find_nothing(self, browser_of, colleague, filled, client_person):
        page = reverse("client_told", args=[client_person.uid])

        assert browser_of(colleague).get(page).status_code == 404
        assert browser_of(client_person.member).get(page).status_code == 403

    def test_reading_leaves_a_line(self, browser_of, clinician, filled, client_person):
        browser_of(clinician).get(reverse("client_told", args=[client_person.uid]))

        assert AuditEvent.objects.filter(action="client_read", detail__part="told").count() == 1

    def test_before_anything_is_told_the_page_says_what_to_do(self, browser_of, clinician, client_person):
        html = browser_of(clinician).get(reverse("client_told", args=[client_person.uid])).content.decode()

        assert "Nothing told yet" in html
