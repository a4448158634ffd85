"""Ask, answer, hand in; alerts and holds."""

from datetime import timedelta

import pytest

from clients.instruments import NOT_SAID
from clients.models import Clearance, SafetyAlert, Screening
from clients.screening import actions
from practice.models import AuditEvent
from tests.clients.screening.answering import (
    a_decision,
    ask_asq,
    decide,
    fill,
    handed_in,
    has_answered,
    quiet,
    safe,
    someone,
    stands,
)
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
LATER = MONDAY_NOON + timedelta(hours=1)
TODAY = MONDAY_NOON.date()


def say(screening, item, value, by, instrument="phq9", now=MONDAY_NOON):
    response = screening.responses.get(instrument=instrument)
    return actions.answer(response=response, item=item, value=value, by=by, now=now)


class TestAsking:
    def test_an_intake_asks_everything_in_order(self, asked):
        keys = [response.instrument for response in asked.responses.all()]

        assert keys == [
            *("phq9", "gad7", "alcohol", "drugs", "dependence", "bbgs"),
            *("movement", "readiness", "circumstances", "pcptsd5", "asq"),
        ]

    def test_a_review_asks_again_what_a_decision_rests_on(self, client_person, clinician):
        review = actions.ask_screening(client=client_person, purpose="review", by=clinician, now=MONDAY_NOON)

        assert [response.instrument for response in review.responses.all()] == [
            *("phq9", "gad7", "core10", "alcohol", "drugs", "dependence"),
            *("movement", "readiness", "circumstances", "asq"),
        ]

    def test_the_wording_of_the_day_is_kept(self, asked):
        snapshot = asked.responses.get(instrument="gad7").snapshot

        assert snapshot["items"][0]["text"] == "Feeling nervous, anxious, or on edge"

    def test_a_check_in_asks_the_two_measures(self, client_person, clinician):
        screening = actions.ask_screening(
            client=client_person, purpose="measure", by=clinician, now=MONDAY_NOON
        )

        assert [response.instrument for response in screening.responses.all()] == ["phq9", "gad7"]

    def test_one_open_set_of_a_purpose(self, asked, clinician):
        with pytest.raises(actions.AlreadyAsked):
            actions.ask_screening(client=asked.client, purpose="intake", by=clinician, now=LATER)

    @pytest.mark.parametrize(
        ("instruments", "refusal"),
        [(["scoff"], actions.UnknownQuestionnaire), ([], actions.NothingToAsk)],
    )
    def test_only_what_we_have(self, client_person, clinician, instruments, refusal):
        with pytest.raises(refusal):
            actions.ask_screening(
                client=client_person,
                purpose="review",
                by=clinician,
                now=MONDAY_NOON,
                instruments=instruments,
            )

    def test_what_is_taken_back_can_be_asked_again(self, asked, clinician):
        actions.cancel_screening(screening=asked, by=clinician, now=LATER)

        assert actions.ask_screening(client=asked.client, purpose="intake", by=clinician, now=LATER).is_open

    def test_what_is_handed_in_is_not_taken_back(self, submitted, clinician):
        with pytest.raises(actions.NotOpen):
            actions.cancel_screening(screening=submitted, by=clinician, now=LATER)

    def test_asking_leaves_a_line_in_the_trail(self, asked):
        assert AuditEvent.objects.filter(action="screening_asked", subject_uid=asked.uid).count() == 1


class TestAnswering:
    def test_each_answer_is_kept_at_once(self, asked, client_person):
        say(asked, "q1", 2, client_person.member)

        assert asked.responses.get(instrument="phq9").answers == {"q1": 2}

    def test_an_answer_may_change_until_handed_in(self, asked, client_person):
        say(asked, "q1", 2, client_person.member)
        say(asked, "q1", 0, client_person.member)

        assert asked.responses.get(instrument="phq9").answers == {"q1": 0}

    @pytest.mark.parametrize(("item", "value"), [("q1", 4), ("q1", "2"), ("q99", 1), ("q1", -1)])
    def test_an_answer_that_is_not_offered_is_refused(self, asked, client_person, item, value):
        with pytest.raises(actions.NotAnAnswer):
            say(asked, item, value, client_person.member)

    def test_what_a_clinician_asks_is_no_form(self, asked, client_person):
        with pytest.raises(actions.AskedByClinician):
            say(asked, "q1", 0, client_person.member, instrument="asq")

    def test_a_closed_screening_takes_no_answers(self, submitted, client_person):
        with pytest.raises(actions.ScreeningClosed):
            say(submitted, "q1", 0, client_person.member)

    def test_a_cancelled_screening_takes_no_answers(self, asked, client_person, clinician):
        actions.cancel_screening(screening=asked, by=clinician, now=LATER)

        with pytest.raises(actions.ScreeningClosed):
            say(asked, "q1", 0, client_person.member)


class TestASafetyAnswer:
    def test_it_raises_one_alert(self, asked, client_person):
        alert = say(asked, "q9", 1, client_person.member)
        again = say(asked, "q9", 1, client_person.member)

        assert alert == again
        assert SafetyAlert.objects.count() == 1

    def test_nothing_is_raised_below(self, asked, client_person):
        assert say(asked, "q9", 0, client_person.member) is None
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize(("instrument", "item"), [("phq9", "q9"), ("circumstances", "admission")])
    def test_leaving_it_for_a_talk_is_heard_at_once(self, asked, client_person, instrument, item):
        alert = say(asked, item, NOT_SAID, client_person.member, instrument=instrument)

        assert (alert.would_rather_talk, alert.said) == (True, "Would rather talk about it in person")
        assert asked.responses.get(instrument=instrument).answers == {item: NOT_SAID}
        held = Clearance.objects.filter(client=client_person).values_list("mode", "decision", "by_rule")
        assert sorted(held) == [("run", "hold", "H3a"), ("walk", "hold", "H3a")]

    def test_saying_it_after_all_is_the_same_alert_in_its_words(self, asked, client_person):
        say(asked, "q9", NOT_SAID, client_person.member)

        alert = say(asked, "q9", 2, client_person.member)

        assert (alert.would_rather_talk, alert.said) == (False, "More than half the days")
        assert SafetyAlert.objects.count() == 1

    def test_leaving_another_question_for_a_talk_raises_nothing(self, asked, client_person):
        assert say(asked, "q8", NOT_SAID, client_person.member) is None

    def test_leaving_it_for_a_talk_too_late_is_heard_all_the_same(self, submitted, client_person):
        alert = say(submitted, "q9", NOT_SAID, client_person.member, now=LATER)

        assert alert.would_rather_talk
        assert submitted.responses.get(instrument="phq9").answers["q9"] == 0

    def test_it_holds_walking_and_running_by_rule(self, alert, client_person):
        holds = Clearance.objects.filter(client=client_person).order_by("pk")

        assert [(row.mode, row.decision, row.by_rule, row.decided_by) for row in holds] == [
            ("walk", "hold", "H3a", None),
            ("run", "hold", "H3a", None),
        ]

    def test_it_stops_what_was_cleared(self, client_person, clinician, asked):
        a_decision(client=client_person, mode="run", decided_at=MONDAY_NOON - timedelta(days=2))

        say(asked, "q9", 2, client_person.member)

        assert not stands(client_person, "run", TODAY).allows

    def test_a_stricter_decision_is_not_softened(self, client_person, clinician, asked):
        decide(client_person, clinician, decision="not_suited")

        say(asked, "q9", 1, client_person.member, now=LATER)

        assert stands(client_person, "walk", TODAY).code == "not_suited"

    def test_taking_the_answer_back_leaves_the_alert(self, alert, asked, client_person):
        say(asked, "q9", 0, client_person.member)

        assert SafetyAlert.objects.unseen().count() == 1

    def test_another_safety_answer_after_closing_raises_a_new_alert(
        self, alert, asked, client_person, clinician
    ):
        actions.close_alert(alert=alert, what_was_done="Called; safe.", by=clinician, now=LATER)

        say(asked, "q9", 3, client_person.member, now=LATER)

        assert SafetyAlert.objects.unseen().count() == 1

    def test_the_same_answer_after_closing_says_nothing_new(self, alert, asked, client_person, clinician):
        actions.close_alert(alert=alert, what_was_done="Called; safe.", by=clinician, now=LATER)

        say(asked, "q9", 1, client_person.member, now=LATER)

        assert SafetyAlert.objects.unseen().count() == 0


class TestSafeNow:
    @pytest.mark.parametrize(("said", "moves_up"), [("yes", False), ("no", True), ("unsure", True)])
    def test_no_and_unsure_raise_the_alert_again(self, alert, asked, client_person, said, moves_up):
        kept = safe(asked, said, client_person.member, LATER)

        assert kept.safe_now == said
        assert (kept.raised_at == LATER) is moves_up

    def test_not_safe_after_closing_is_a_new_alert(self, alert, asked, client_person, clinician):
        actions.close_alert(alert=alert, what_was_done="Called; safe.", by=clinician, now=LATER)

        kept = safe(asked, "no", client_person.member, LATER)

        assert kept.pk != alert.pk
        assert kept.seen_at is None

    def test_without_an_alert_there_is_nothing_to_say(self, asked, client_person):
        assert safe(asked, "no", client_person.member, LATER) is None


class TestClosingAnAlert:
    def test_it_ends_with_what_was_done(self, alert, clinician):
        closed = actions.close_alert(alert=alert, what_was_done=" Called at 13:00. ", by=clinician, now=LATER)

        assert (closed.seen_by, closed.what_was_done) == (clinician, "Called at 13:00.")

    @pytest.mark.parametrize("words", ["", "   "])
    def test_it_needs_words(self, alert, clinician, words):
        with pytest.raises(actions.NeedsWhatWasDone):
            actions.close_alert(alert=alert, what_was_done=words, by=clinician, now=LATER)

    def test_it_is_closed_once(self, alert, clinician):
        actions.close_alert(alert=alert, what_was_done="Called.", by=clinician, now=LATER)

        with pytest.raises(actions.AlertClosed):
            actions.close_alert(alert=alert, what_was_done="Called again.", by=clinician, now=LATER)


RUNNING_ONLY = [
    ({"readiness": {"pregnancy": 1}}, "C4"),
    ({"readiness": {"known_disease": 1, "active": 1}}, "C2a"),
    ({"movement": {"joy_or_fear": 2}}, "C1"),
    ({"movement": {"skipped": 2}}, "C1"),
]


class TestHandingIn:
    def test_answers_are_scored_and_closed(self, submitted):
        result = submitted.responses.get(instrument="phq9").result

        assert result == {"total": 0, "band": "none to minimal", "missing": [], "flags": []}
        assert submitted.submitted_at == MONDAY_NOON

    def test_what_the_clinician_asks_stays_open(self, submitted):
        assert submitted.responses.get(instrument="asq").submitted_at is None

    def test_missing_questions_are_named(self, asked, client_person):
        fill(asked, client_person.member)
        response = asked.responses.get(instrument="gad7")
        del response.answers["q3"]
        response.save()

        with pytest.raises(actions.QuestionsMissing, match="How worry has been, question 3"):
            actions.submit_screening(screening=asked, by=client_person.member, now=LATER)

    def test_nothing_is_closed_when_it_is_refused(self, asked, client_person):
        with pytest.raises(actions.QuestionsMissing):
            actions.submit_screening(screening=asked, by=client_person.member, now=LATER)

        assert not asked.responses.submitted().exists()

    def test_it_is_handed_in_once(self, submitted, client_person):
        with pytest.raises(actions.AlreadySubmitted):
            actions.submit_screening(screening=submitted, by=client_person.member, now=LATER)

    def test_a_cancelled_one_is_not_handed_in(self, asked, client_person, clinician):
        actions.cancel_screening(screening=asked, by=clinician, now=LATER)

        with pytest.raises(actions.ScreeningClosed):
            actions.submit_screening(screening=asked, by=client_person.member, now=LATER)

    def test_quiet_answers_hold_nothing(self, submitted):
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "rule"),
        [
            ({"movement": {"making_up": 1}}, "H1a"),
            ({"drugs": {"times": 1}}, "H2a"),
            ({"readiness": {"chest": 1}}, "C2"),
            ({"movement": {"eating_now": 3}}, "H1"),
            ({"phq9": {"q9": NOT_SAID}}, "H3a"),
            ({"movement": {"run_down": NOT_SAID}}, "talk"),
        ],
    )
    def test_a_positive_screen_holds_what_was_cleared(self, client_person, clinician, changes, rule):
        decide(client_person, clinician, now=MONDAY_NOON - timedelta(days=9))

        handed_in(client_person, clinician, **changes)

        newest = stands(client_person, "walk", TODAY).clearance
        assert (newest.decision, newest.by_rule) == ("hold", rule)

    def test_rather_talking_about_worry_holds_nothing(self, client_person, clinician):
        decide(client_person, clinician, now=MONDAY_NOON - timedelta(days=9))

        handed_in(client_person, clinician, purpose="measure", gad7={"q1": NOT_SAID})

        assert stands(client_person, "walk", TODAY).allows

    @pytest.mark.parametrize("mode", ["walk", "run"])
    def test_conditions_for_both_hold_nothing(self, client_person, clinician, mode):
        decide(client_person, clinician, mode=mode, now=MONDAY_NOON - timedelta(days=9))

        handed_in(client_person, clinician, readiness={"other_health": 1})

        assert stands(client_person, mode, TODAY).allows

    @pytest.mark.parametrize(("changes", "rule"), RUNNING_ONLY)
    def test_a_rule_that_holds_running_only_holds_running(self, client_person, clinician, changes, rule):
        for mode in ("walk", "run"):
            decide(client_person, clinician, mode=mode, now=MONDAY_NOON - timedelta(days=9))

        handed_in(client_person, clinician, **changes)

        assert stands(client_person, "walk", TODAY).allows
        held = stands(client_person, "run", TODAY).clearance
        assert (held.decision, held.by_rule) == ("hold", rule)

    @pytest.mark.parametrize(("changes", "rule"), RUNNING_ONLY)
    def test_running_is_cleared_again_after_a_talk_only(self, client_person, clinician, changes, rule):
        has_answered(client_person, clinician, **changes)

        assert decide(client_person, clinician, mode="walk", now=LATER).allows
        with pytest.raises(actions.TalkFirst):
            decide(client_person, clinician, mode="run", now=LATER)
        assert decide(client_person, clinician, mode="run", now=LATER, talk=actions.Talk(held=True)).allows


class TestAskingInPerson:
    def test_no_to_all_closes_it_without_a_hold(self, submitted, clinician):
        kept = ask_asq(submitted, clinician)

        assert kept.result["band"] == "negative"
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize("question", ["q1", "q2", "q3", "q4"])
    def test_any_yes_holds_and_raises_an_alert(self, submitted, clinician, question):
        ask_asq(submitted, clinician, **{question: 1, "q5": 0})

        assert set(Clearance.objects.values_list("mode", "by_rule")) == {("walk", "H3a"), ("run", "H3a")}
        assert SafetyAlert.objects.get().item == question

    def test_thoughts_right_now_are_a_crisis(self, submitted, clinician):
        ask_asq(submitted, clinician, q1=1, q5=1)

        hold = Clearance.objects.filter(mode="walk").get()
        assert (hold.by_rule, hold.excluded_by) == ("H3", ["crisis"])
        assert SafetyAlert.objects.get().item == "q5"

    def test_refusing_to_say_is_read_as_a_yes(self, submitted, clinician):
        ask_asq(submitted, clinician, q3=NOT_SAID, q5=0)

        assert Clearance.objects.filter(decision="hold", by_rule="H3a").count() == 2
        alert = SafetyAlert.objects.get()
        assert (alert.item, alert.would_rather_talk) == ("q3", True)

    def test_the_last_question_follows_a_yes(self, submitted, clinician):
        with pytest.raises(actions.QuestionsMissing) as refusal:
            ask_asq(submitted, clinician, q2=1)

        assert refusal.value.field == "q5"

    def test_an_answer_that_was_not_to_be_asked_is_dropped(self, submitted, clinician):
        assert "q5" not in ask_asq(submitted, clinician, q5=1).answers

    def test_it_is_kept_once(self, submitted, clinician):
        ask_asq(submitted, clinician)

        with pytest.raises(actions.AlreadySubmitted):
            ask_asq(submitted, clinician)

    def test_the_clients_own_questions_are_not_answered_for_them(self, asked, clinician):
        with pytest.raises(actions.AskedOfTheClient):
            actions.answer_in_person(
                response=asked.responses.get(instrument="phq9"),
                answers=quiet("phq9"),
                by=clinician,
                now=LATER,
            )

    def test_not_once_taken_back(self, asked, clinician):
        actions.cancel_screening(screening=asked, by=clinician, now=LATER)

        with pytest.raises(actions.ScreeningClosed):
            ask_asq(asked, clinician)

    def test_an_impossible_answer_is_refused(self, submitted, clinician):
        with pytest.raises(actions.NotAnAnswer):
            ask_asq(submitted, clinician, q1=7)


class TestWaitingForADecision:
    def test_answers_wait(self, submitted):
        assert list(Screening.objects.undecided()) == [submitted]

    def test_until_somebody_decides_from_whichever_page(self, submitted, client_person, clinician):
        decide(client_person, clinician, decision="hold", now=LATER)

        assert not Screening.objects.undecided().exists()

    def test_a_hold_by_a_rule_is_no_decision(self, client_person, clinician):
        handed_in(client_person, clinician, drugs={"times": 1})

        assert Clearance.objects.filter(decision="hold").exists()
        assert Screening.objects.undecided().exists()

    def test_answers_after_the_decision_wait_again(self, client_person, clinician):
        decide(client_person, clinician, decision="hold", now=MONDAY_NOON - timedelta(minutes=1))

        handed_in(client_person, clinician, purpose="review")

        assert Screening.objects.undecided().exists()

    def test_a_decision_about_somebody_else_does_not_count(self, submitted, clinician):
        decide(someone(treated_by=clinician), clinician, decision="hold", now=LATER)

        assert Screening.objects.undecided().exists()


def test_measures_do_not_wait_for_a_decision(client_person, clinician):
    handed_in(client_person, clinician, purpose="measure")

    assert not Screening.objects.undecided().exists()
