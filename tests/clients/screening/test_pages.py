"""The pages, as a browser without JavaScript walks them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients.instruments import NOT_SAID
from clients.models import Clearance, SafetyAlert, Screening
from clients.screening import actions
from clients.screening.screens import my_screening, review_queue
from practice.models import AuditEvent
from tests.clients.intake.conftest import tell_all
from tests.clients.screening.answering import decide, fill, handed_in, has_answered, someone

pytestmark = pytest.mark.django_db
Q1, Q2, Q3, Q9, AFTER_Q9 = "phq9.q1", "phq9.q2", "phq9.q3", "phq9.q9", "gad7.q1"
COUNT, CHEST, FAINT, WORDS = "alcohol.times", "readiness.chest", "readiness.faint", "movement.only_mood"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def intake(client_person, clinician, now):
    return actions.ask_screening(client=client_person, purpose="intake", by=clinician, now=now)


@pytest.fixture
def handed(client_person, clinician, now):
    return handed_in(client_person, clinician, now=now)


@pytest.fixture
def own(browser_of, client_person):
    return browser_of(client_person.member)


@pytest.fixture
def staff(browser_of, clinician):
    return browser_of(clinician)


def number_of(screening, name):
    asked = my_screening(screening).asked_as(name, 0)
    assert asked is not None
    return asked.number


def question(screening, name):
    """The address of a question, wherever it stands."""
    return reverse("my_question", args=[screening.uid, number_of(screening, name)])


def page(name, thing):
    return reverse(name, args=[thing.uid])


class TestTheClientsQuestions:
    def test_the_start_says_how_long_and_who_reads(self, own, intake):
        html = own.get(page("my_screening", intake)).content.decode()

        assert f"{my_screening(intake).total} questions" in html
        assert "Your answers go to Robin Vale." in html
        assert "A clinician reads your answers within 2 working days." in html

    def test_one_question_a_page_and_on_to_the_next(self, own, intake):
        shown = own.get(question(intake, Q1)).content.decode()
        answer = own.post(question(intake, Q1), {"value": "2"})

        assert "Question 1 of 9" in shown
        assert answer.headers["Location"] == question(intake, Q2)
        assert intake.responses.get(instrument="phq9").answers == {"q1": 2}

    def test_an_earlier_answer_is_shown_again(self, own, intake):
        own.post(question(intake, Q1), {"value": "2"})

        html = own.get(question(intake, Q1)).content.decode()
        assert 'value="2" id="id_value_2" checked' in html or "checked" in html

    def test_no_answer_is_said_at_the_question(self, own, intake):
        answer = own.post(question(intake, Q1), {})

        assert answer.status_code == 422
        assert "Please choose one of the answers." in answer.content.decode()

    @pytest.mark.parametrize("value", ["7", "x", "", "\x00", "🙂"])
    def test_a_made_up_answer_is_refused(self, own, intake, value):
        assert own.post(question(intake, Q1), {"value": value}).status_code == 422

    def test_rather_talking_is_an_answer(self, own, intake):
        own.post(question(intake, Q2), {"value": NOT_SAID})

        assert intake.responses.get(instrument="phq9").answers == {"q2": NOT_SAID}

    def test_rather_talking_about_safety_shows_help_before_the_next_question(
        self, own, intake, client_person
    ):
        answer = own.post(question(intake, Q9), {"value": NOT_SAID})

        assert answer.status_code == 302
        assert answer["Location"].startswith(page("my_support", intake))
        alert = SafetyAlert.objects.get(client=client_person)
        assert alert.would_rather_talk

    def test_rather_talking_about_safety_is_heard_though_the_form_is_closed(
        self, own, intake, client_person, clinician, now
    ):
        actions.cancel_screening(screening=intake, by=clinician, now=now)

        own.post(question(intake, Q9), {"value": NOT_SAID})

        assert SafetyAlert.objects.filter(client=client_person, would_rather_talk=True).exists()

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [({"value": "3"}, 3), ({"value": "", "later": "on"}, NOT_SAID), ({"value": "0"}, 0)],
    )
    def test_a_number_or_a_talk(self, own, intake, typed, kept):
        own.post(question(intake, COUNT), typed)

        assert intake.responses.get(instrument="alcohol").answers == {"times": kept}

    @pytest.mark.parametrize("typed", ["", "-1", "1000", "many"])
    def test_no_number_is_said(self, own, intake, typed):
        assert own.post(question(intake, COUNT), {"value": typed}).status_code == 422

    def test_words_may_stay_empty_and_are_kept_as_typed(self, own, intake):
        own.post(question(intake, WORDS), {"value": "مرحبا 🙂 <b>"})

        assert intake.responses.get(instrument="movement").answers == {"only_mood": "مرحبا 🙂 <b>"}

    def test_hidden_characters_in_words_are_said(self, own, intake):
        assert own.post(question(intake, WORDS), {"value": "a\x00b"}).status_code == 422

    def test_save_and_leave(self, own, intake):
        own.post(question(intake, Q1), {"value": "1", "then": "leave"})
        own.post(question(intake, Q2), {"then": "leave"})

        assert intake.responses.get(instrument="phq9").answers == {"q1": 1}

    @pytest.mark.parametrize("number", [0, 400, 999])
    def test_there_is_no_other_question(self, own, intake, number):
        assert own.get(reverse("my_question", args=[intake.uid, number])).status_code == 404

    def test_a_sign_from_the_heart_leads_to_a_doctors_word(self, own, intake):
        answer = own.post(question(intake, CHEST), {"value": "1"}, follow=True)

        assert "Please see a doctor before moving with us" in answer.content.decode()
        assert question(intake, FAINT) in answer.content.decode()

    def test_the_whole_form_to_thank_you(self, own, intake, client_person):
        fill(intake, client_person.member, now=timezone.now())
        tell_all(intake, client_person.member)

        check = own.get(page("my_screening", intake)).content.decode()
        done = own.post(page("my_screening", intake), follow=True).content.decode()
        again = own.post(page("my_screening", intake), follow=True)

        assert "Check your answers" in check
        assert "Thank you. Your answers are with us." in done
        assert again.status_code == 200

    def test_no_page_of_the_client_shows_a_score(self, own, handed):
        html = own.get(page("my_screening", handed)).content.decode()

        assert not any(word in html for word in ("PHQ", "GAD", "minimal", "cut-off", "rule"))

    def test_handing_in_half_is_said(self, own, intake):
        html = own.post(page("my_screening", intake), follow=True).content.decode()

        assert "Still without an answer" in html

    def test_a_question_of_a_closed_form_leads_to_the_end(self, own, handed):
        assert own.get(question(handed, Q1)).headers["Location"] == page("my_screening", handed)

    def test_what_was_taken_back_is_closed(self, own, intake, clinician, now):
        actions.cancel_screening(screening=intake, by=clinician, now=now)

        assert "These questions are closed" in own.get(page("my_screening", intake)).content.decode()

    def test_a_changed_answer_leads_back_to_checking(self, own, intake, client_person):
        fill(intake, client_person.member, now=timezone.now())
        tell_all(intake, client_person.member)

        answer = own.post(question(intake, Q3), {"value": "1"})

        assert answer.headers["Location"] == page("my_screening", intake)


class TestASafetyAnswer:
    def test_it_is_saved_and_help_comes_before_the_next_question(self, own, intake):
        answer = own.post(question(intake, Q9), {"value": "1"}, follow=True)
        html = answer.content.decode()

        assert (
            answer.redirect_chain[0][0] == f"{page('my_support', intake)}?next={number_of(intake, AFTER_Q9)}"
        )
        assert "Thank you for telling us" in html
        assert "Are you safe right now?" in html
        assert "999" in html
        assert "116" in html
        assert SafetyAlert.objects.unseen().count() == 1

    def test_leaving_does_not_pass_the_help_page_by(self, own, intake):
        answer = own.post(question(intake, Q9), {"value": "1", "then": "leave"})

        assert page("my_support", intake) in answer.headers["Location"]

    def test_yes_carries_on(self, own, intake):
        own.post(question(intake, Q9), {"value": "1"})

        answer = own.post(
            f"{page('my_support', intake)}?next={number_of(intake, AFTER_Q9)}", {"safe_now": "yes"}
        )

        assert answer.headers["Location"] == question(intake, AFTER_Q9)
        assert SafetyAlert.objects.get().safe_now == "yes"

    @pytest.mark.parametrize("said", ["no", "unsure"])
    def test_no_and_unsure_stay_with_help(self, own, intake, said):
        own.post(question(intake, Q9), {"value": "1"})

        html = own.post(
            f"{page('my_support', intake)}?next={number_of(intake, AFTER_Q9)}",
            {"safe_now": said},
            follow=True,
        ).content.decode()

        assert "Please reach somebody now" in html
        assert question(intake, AFTER_Q9) in html
        assert SafetyAlert.objects.get().safe_now == said

    def test_saying_nothing_carries_on(self, own, intake):
        own.post(question(intake, Q9), {"value": "1"})

        answer = own.post(f"{page('my_support', intake)}?next={number_of(intake, AFTER_Q9)}", {})

        assert answer.headers["Location"] == question(intake, AFTER_Q9)

    @pytest.mark.parametrize("onward", ["", "x", "99999", "-1", "٣"])
    def test_a_made_up_way_on_leads_to_the_list(self, own, intake, onward):
        answer = own.post(f"{page('my_support', intake)}?next={onward}", {"safe_now": "yes"})

        assert answer.headers["Location"] == page("my_screening", intake)

    def test_a_made_up_answer_is_said(self, own, intake):
        assert own.post(page("my_support", intake), {"safe_now": "perhaps"}).status_code == 422


class TestStaffPages:
    def test_answers_are_grouped_by_rule(self, staff, client_person, clinician, now):
        screening = handed_in(
            client_person,
            clinician,
            now=now,
            phq9={"q9": 2},
            readiness={"other_health": 1},
            movement={"skipped": 1},
        )

        html = staff.get(page("screening", screening)).content.decode()

        places = [html.index(f'id="g-{level}"') for level in ("stop", "check", "note", "clear")]
        assert places == sorted(places)
        assert "rule H3a" in html

    def test_opening_answers_leaves_a_line(self, staff, handed, clinician):
        staff.get(page("screening", handed))

        assert AuditEvent.objects.filter(action="screening_opened", member_uid=clinician.uid).count() == 1

    def test_asking(self, staff, client_person):
        staff.get(page("ask_screening", client_person))
        answer = staff.post(page("ask_screening", client_person), {"purpose": "measure"})

        screening = Screening.objects.get()
        assert answer.headers["Location"] == page("screening", screening)

    def test_asking_twice_is_said(self, staff, client_person, intake):
        answer = staff.post(page("ask_screening", client_person), {"purpose": "intake"})

        assert answer.status_code == 422
        assert "waiting for this client already" in answer.content.decode()

    def test_taking_back(self, staff, intake):
        staff.post(page("cancel_screening", intake))

        intake.refresh_from_db()
        assert intake.cancelled_at

    def test_asked_in_person(self, staff, handed):
        answers = {f"asked-q{number}": "0" for number in range(1, 5)}

        answer = staff.post(page("clinician_asks", handed), answers, follow=True)

        assert answer.status_code == 200
        assert handed.responses.get(instrument="asq").result["band"] == "negative"

    def test_a_missing_answer_in_person_is_said(self, staff, handed):
        answer = staff.post(page("clinician_asks", handed), {"asked-q1": "1"})

        assert answer.status_code == 422
        assert not handed.responses.get(instrument="asq").submitted_at

    def test_the_follow_up_is_asked_for_after_a_yes(self, staff, handed):
        answers = {f"asked-q{number}": "1" for number in range(1, 5)}

        assert staff.post(page("clinician_asks", handed), answers).status_code == 422

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"rationale": ""}, "Write why"),
            ({"walk_decision": "conditions"}, "Name the conditions"),
            ({"walk_decision": ""}, "Decide about walking, running, or both"),
            ({"exclusions": ["crisis"]}, "Offer another format"),
            ({"review_on": "2000-01-01"}, "has passed"),
            ({"review_on": "31 of June"}, "Enter a valid date"),
            ({"seen": "another"}, "Something has changed"),
            ({"rationale": "a\x00b"}, "Null characters are not allowed"),
        ],
    )
    def test_a_refused_decision_keeps_what_was_typed(
        self, staff, client_person, clinician, now, changes, words
    ):
        has_answered(client_person, clinician, now - timedelta(days=1))
        body = {
            "walk_decision": "cleared",
            "rationale": "Talked it through.",
            "review_on": str(timezone.localdate()),
            "seen": "",
        }

        answer = staff.post(page("decide_clearance", client_person), body | changes)
        html = answer.content.decode()

        assert answer.status_code == 422
        assert words in html
        assert changes.get("rationale", "Talked it through.").replace("\x00", "") in html.replace("\x00", "")
        assert not Clearance.objects.exists()

    def test_an_alert_is_read_and_closed(self, staff, client_person, intake, now):
        response = intake.responses.get(instrument="phq9")
        alert = actions.answer(response=response, item="q9", value=3, by=client_person.member, now=now)

        shown = staff.get(page("safety_alert", alert)).content.decode()
        empty = staff.post(page("safety_alert", alert), {"what_was_done": " "})
        closed = staff.post(page("safety_alert", alert), {"what_was_done": "Called at nine."}, follow=True)

        assert "Nearly every day" in shown
        assert (empty.status_code, closed.status_code) == (422, 200)
        assert "Called at nine." in closed.content.decode()

    def test_the_queue_is_empty_at_first(self, staff):
        assert "No screenings waiting" in staff.get(reverse("review_queue")).content.decode()

    def test_the_queue_puts_safety_first(self, staff, client_person, clinician, handed, now):
        measure = actions.ask_screening(client=client_person, purpose="measure", by=clinician, now=now)
        response = measure.responses.get(instrument="phq9")
        actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)

        html = staff.get(reverse("review_queue")).content.decode()

        headings = ["Needs you now", "To decide", "On hold by rule", "With clients"]
        places = [html.index(heading) for heading in headings]
        assert places == sorted(places)

    def test_no_alert_ever_drops_off_the_end(self, staff, client_person, clinician, now):
        response = handed_in(client_person, clinician, now=now).responses.get(instrument="phq9")
        SafetyAlert.objects.bulk_create(
            SafetyAlert(client=client_person, response=response, item=f"x{number}", raised_at=now)
            for number in range(60)
        )

        assert len(review_queue(clinician, timezone.localdate()).alerts) == 60

    def test_more_waiting_costs_no_more_queries(self, staff, clinician, handed, now):
        def wait_for_another():
            other = someone(portal=True, treated_by=clinician)
            decide(other, clinician, now=now - timedelta(days=88))
            actions.ask_screening(client=other, purpose="measure", by=clinician, now=now)

        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert staff.get(reverse("review_queue")).status_code == 200
            return len(captured)

        wait_for_another()
        queries()  # the first visit of a browser notes the visit
        before = queries()
        for _number in range(4):
            wait_for_another()

        assert queries() == before


class TestWhoMay:
    @pytest.mark.parametrize("who", ["colleague", "reception", "owner"])
    def test_outside_the_care_team_there_is_nothing(self, request, browser_of, handed, who):
        browser = browser_of(request.getfixturevalue(who))
        client = handed.client

        pages = [page("screening", handed), page("ask_screening", client), page("decide_clearance", client)]
        assert {browser.get(url).status_code for url in pages} <= {403, 404}

    def test_an_alert_is_for_the_care_team(self, browser_of, colleague, client_person, intake, now):
        response = intake.responses.get(instrument="phq9")
        alert = actions.answer(response=response, item="q9", value=3, by=client_person.member, now=now)

        assert browser_of(colleague).get(page("safety_alert", alert)).status_code == 404
        assert browser_of(client_person.member).get(page("safety_alert", alert)).status_code == 403

    def test_another_client_finds_no_questions(self, browser_of, stranger, intake):
        browser = browser_of(stranger.member)

        for url in (page("my_screening", intake), question(intake, Q1), page("my_support", intake)):
            assert browser.get(url).status_code == 404
            assert browser.post(url, {"value": "1"}).status_code in {404, 405}

    def test_a_clinician_has_no_portal(self, staff, intake):
        assert staff.get(question(intake, Q1)).status_code == 403

    def test_a_client_reads_no_clinical_page(self, own, handed, client_person):
        pages = [page("screening", handed), page("decide_clearance", client_person), reverse("review_queue")]

        assert {own.get(url).status_code for url in pages} == {403}
