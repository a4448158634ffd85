"""What a yes needs: every question of the gate, answers that are not too old, and new ones after a decision that is over."""

from datetime import timedelta

import pytest

from clients.models import Clearance
from clients.screening import actions, rules
from clients.screening.evidence import still_to_ask
from tests.clients.screening.answering import a_decision, ask_asq, handed_in, has_answered, sheets, someone
from tests.factories import MONDAY_NOON

DAY = timedelta(days=1)
MODES = ["walk", "run"]
ALL = dict.fromkeys(rules.GATE, MONDAY_NOON - DAY)


def gaps(handed_in=ALL, **more):
    given = {"oldest": MONDAY_NOON - 90 * DAY} | more
    return rules.still_to_ask(rules.Asked(handed_in=handed_in, **given))


class TestThePureRule:
    def test_all_asked_lately_leaves_nothing(self):
        assert gaps() == ()

    @pytest.mark.parametrize("key", rules.GATE)
    def test_each_question_of_the_gate_is_needed(self, key):
        (gap,) = gaps({name: at for name, at in ALL.items() if name != key})

        assert str(gap.sentence).startswith("Not asked yet: ")
        assert (gap.walk, gap.run) == ("hold", "hold")

    def test_what_is_asked_in_person_is_said(self):
        (gap,) = gaps({name: at for name, at in ALL.items() if name != "asq"})

        assert str(gap.sentence).endswith("You ask ASQ in person.")

    @pytest.mark.parametrize("key", rules.REVIEWED)
    @pytest.mark.parametrize(("days", "is_too_old"), [(89, False), (90, True), (91, True)])
    def test_what_a_review_asks_counts_for_90_days(self, key, days, is_too_old):
        assert bool(gaps(ALL | {key: MONDAY_NOON - days * DAY})) is is_too_old

    @pytest.mark.parametrize("key", ["bbgs", "pcptsd5"])
    def test_what_only_the_intake_asks_stays(self, key):
        assert gaps(ALL | {key: MONDAY_NOON - 900 * DAY}) == ()

    @pytest.mark.parametrize("key", rules.REVIEWED)
    def test_after_a_decision_that_is_over_every_question_is_asked_again(self, key):
        over = MONDAY_NOON - 5 * DAY

        assert gaps(ran_out=over) == ()
        assert gaps(ALL | {key: over}, ran_out=over)

    @pytest.mark.parametrize("key", ["asq", "circumstances"])
    def test_after_a_crisis_the_questions_about_it_are_asked_again(self, key):
        crisis = MONDAY_NOON - 5 * DAY

        assert gaps(crisis=crisis) == ()
        assert gaps(ALL | {key: crisis}, crisis=crisis)

    def test_it_says_what_to_do(self):
        (gap,) = gaps(ALL | {"movement": MONDAY_NOON - 100 * DAY})

        assert str(gap.sentence) == (
            "Older than 90 days: Movement, food and rest. Ask a review, and decide once it is handed in."
        )


def cleared(client, by, mode="walk", decision="cleared", now=MONDAY_NOON, talk=actions.NOT_TALKED, **more):
    return actions.decide_clearance(
        client=client, mode=mode, decision=decision, rationale="All well.", by=by, now=now, talk=talk, **more
    )


TALKED = actions.Talk(held=True)


@pytest.mark.django_db
class TestDeciding:
    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("talk", [actions.NOT_TALKED, TALKED])
    def test_nobody_is_cleared_without_answers(self, client_person, clinician, mode, talk):
        with pytest.raises(actions.AskFirst, match="Not asked yet: PHQ-9") as refusal:
            cleared(client_person, clinician, mode, talk=talk)

        assert refusal.value.field == "decision"

    def test_nobody_is_cleared_before_the_talk_about_suicide(self, client_person, clinician):
        handed_in(client_person, clinician)

        with pytest.raises(actions.AskFirst, match="Not asked yet: ASQ"):
            cleared(client_person, clinician)

    def test_a_whole_intake_asked_in_person_too_is_enough(self, client_person, clinician):
        ask_asq(handed_in(client_person, clinician), clinician)

        assert cleared(client_person, clinician).allows

    @pytest.mark.parametrize("decision", ["hold", "not_suited"])
    def test_a_no_needs_no_answers(self, client_person, clinician, decision):
        assert cleared(client_person, clinician, decision=decision).pk

    def test_an_expired_decision_is_renewed_after_a_review(self, client_person, clinician):
        self.expired(client_person, clinician)
        review = handed_in(client_person, clinician, purpose="review")
        ask_asq(review, clinician)

        assert cleared(client_person, clinician).allows

    @pytest.mark.parametrize("talk", [actions.NOT_TALKED, TALKED])
    def test_a_single_measure_renews_nothing(self, client_person, clinician, talk):
        self.expired(client_person, clinician)
        handed_in(client_person, clinician, purpose="measure")

        with pytest.raises(actions.AskFirst, match="The last decision is over"):
            cleared(client_person, clinician, talk=talk)

    def test_nor_once_the_calendar_has_put_it_on_hold(self, client_person, clinician):
        self.expired(client_person, clinician)
        Clearance.objects.create(
            client=client_person, mode="walk", decision="hold", rationale="Over.", by_rule="R1",
            decided_at=MONDAY_NOON - DAY, valid_from=MONDAY_NOON.date() - DAY, review_on=MONDAY_NOON.date() - DAY,
        )  # fmt: skip

        with pytest.raises(actions.AskFirst, match="The last decision is over"):
            cleared(client_person, clinician, talk=TALKED)

    def test_a_decision_that_still_holds_may_be_changed(self, client_person, clinician):
        has_answered(client_person, clinician)
        cleared(client_person, clinician)

        assert cleared(client_person, clinician, decision="conditions", conditions="Flat.").allows

    def test_on_answers_of_90_days_ago_nothing_is_changed(self, client_person, clinician):
        has_answered(client_person, clinician, MONDAY_NOON - 91 * DAY)
        a_decision(client=client_person, decided_at=MONDAY_NOON - 10 * DAY)

        with pytest.raises(actions.AskFirst, match="Older than 90 days"):
            cleared(client_person, clinician)

    def test_a_confirmed_crisis_does_not_end_by_taking_a_tick_away(self, client_person, clinician):
        has_answered(client_person, clinician)
        crisis = actions.Talk(held=True, confirmed={"crisis"})
        cleared(client_person, clinician, decision="not_suited", talk=crisis)
        passed = actions.Talk(held=True, confirmed=set())
        cleared(client_person, clinician, decision="hold", talk=passed, now=MONDAY_NOON + DAY)

        with pytest.raises(actions.AskFirst, match="There was an acute crisis"):
            cleared(client_person, clinician, talk=passed, now=MONDAY_NOON + 2 * DAY)

    def test_it_ends_when_the_questions_are_asked_again(self, client_person, clinician):
        has_answered(client_person, clinician)
        crisis = actions.Talk(held=True, confirmed={"crisis"})
        cleared(client_person, clinician, decision="not_suited", talk=crisis)
        has_answered(client_person, clinician, MONDAY_NOON + DAY, keys=["asq", "circumstances"])

        passed = actions.Talk(held=True, confirmed=set())
        assert cleared(client_person, clinician, talk=passed, now=MONDAY_NOON + 2 * DAY).allows

    def expired(self, client, by):
        """Answered and decided 100 days ago, to be looked at again 10 days ago."""
        has_answered(client, by, MONDAY_NOON - 101 * DAY)
        return a_decision(client=client, decided_at=MONDAY_NOON - 100 * DAY)


@pytest.mark.django_db
def test_the_page_suggests_a_hold_for_as_long_as_the_decision_would_be_refused(client_person, clinician):
    gaps = still_to_ask(client_person, "walk", MONDAY_NOON)

    assert rules.suggest("walk", rules.assess(sheets()) + gaps).decision == "hold"


@pytest.mark.django_db
def test_somebody_never_asked_lacks_the_whole_gate():
    (gap,) = still_to_ask(someone(), "run", MONDAY_NOON)

    assert all(name in str(gap.sentence) for name in ("PHQ-9", "BBGS", "PC-PTSD-5", "ASQ"))
