"""A clinician decides; what nobody may decide."""

from datetime import date, timedelta

import pytest

from clients.models import Clearance
from clients.screening import actions
from clients.screening.standing import mark_of, standings
from tests.clients.screening.answering import (
    a_decision,
    ask_asq,
    decide,
    handed_in,
    has_answered,
    someone,
    stands,
)
from tests.factories import MONDAY_NOON, ScreeningFactory

pytestmark = pytest.mark.django_db
TODAY = MONDAY_NOON.date()
LATER = MONDAY_NOON + timedelta(hours=1)
MODES = ["walk", "run"]
ALLOWING = [("cleared", ""), ("conditions", "Half an hour.")]
STATED = [
    ({"movement": {"eating_now": 3}}, "eating"),
    ({"dependence": {"now": 3}}, "addiction"),
    ({"circumstances": {"acute": 2}}, "crisis"),
]


def talked(*confirmed):
    return actions.Talk(held=True, confirmed=set(confirmed))


def test_a_decision_names_who_when_why_and_until_when(client_person, clinician):
    clearance = decide(client_person, clinician)

    assert (clearance.decided_by, clearance.valid_from, clearance.review_on) == (
        clinician,
        TODAY,
        TODAY + timedelta(days=90),
    )
    assert clearance.allows


def test_a_new_decision_replaces_the_last_and_edits_none(client_person, clinician):
    first = decide(client_person, clinician)
    second = decide(client_person, clinician, decision="hold", now=LATER)

    assert stands(client_person, "walk", TODAY).clearance == second
    assert Clearance.objects.get(pk=first.pk).decision == "cleared"


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_reason_is_needed(client_person, clinician, words):
    with pytest.raises(actions.NeedsRationale):
        decide(client_person, clinician, rationale=words)


@pytest.mark.parametrize("words", ["", "   "])
def test_conditions_are_named(client_person, clinician, words):
    with pytest.raises(actions.NeedsConditions):
        decide(client_person, clinician, decision="conditions", conditions=words)


@pytest.mark.parametrize(("days", "refusal"), [(-1, actions.ReviewInThePast), (366, actions.ReviewTooFar)])
def test_the_review_lies_within_a_year(client_person, clinician, days, refusal):
    with pytest.raises(refusal):
        decide(client_person, clinician, review_on=TODAY + timedelta(days=days))


@pytest.mark.parametrize("days", [0, 365])
def test_the_edges_of_the_year_are_allowed(client_person, clinician, days):
    assert decide(client_person, clinician, review_on=TODAY + timedelta(days=days)).pk


def test_sitting_is_not_decided_about(client_person, clinician):
    with pytest.raises(actions.SittingIsOpen):
        decide(client_person, clinician, mode="sit", decision="hold")


def test_somebody_elses_answers_decide_nothing(client_person, clinician):
    with pytest.raises(actions.NotTheirScreening):
        decide(client_person, clinician, screening=ScreeningFactory())


def test_nobody_is_cleared_on_half_a_form(asked, clinician):
    with pytest.raises(actions.NotSubmitted):
        decide(asked.client, clinician, screening=asked)


def test_a_hold_may_rest_on_half_a_form(asked, clinician):
    assert decide(asked.client, clinician, decision="hold", screening=asked).pk


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("decision", "conditions"), ALLOWING)
@pytest.mark.parametrize(("changes", "exclusion"), STATED)
def test_a_stated_exclusion_cannot_be_cleared_even_after_talking(
    client_person, clinician, mode, decision, conditions, changes, exclusion
):
    handed_in(client_person, clinician, **changes)

    with pytest.raises(actions.ExcludedFromMoving):
        decide(client_person, clinician, mode=mode, decision=decision, conditions=conditions, talk=talked())


@pytest.mark.parametrize("exclusion", ["eating", "addiction", "crisis"])
@pytest.mark.parametrize("mode", MODES)
def test_a_confirmed_exclusion_cannot_be_cleared(client_person, clinician, mode, exclusion):
    with pytest.raises(actions.ExcludedFromMoving):
        decide(client_person, clinician, mode=mode, talk=talked(exclusion))


@pytest.mark.parametrize("decision", ["hold", "not_suited"])
def test_a_confirmed_exclusion_is_kept_with_the_decision(client_person, clinician, decision):
    clearance = decide(client_person, clinician, decision=decision, talk=talked("eating"))

    assert clearance.excluded_by == ["eating"]


def test_an_exclusion_confirmed_for_one_mode_holds_the_other(client_person, clinician):
    decide(client_person, clinician, mode="run")

    decide(client_person, clinician, mode="walk", decision="not_suited", talk=talked("addiction"), now=LATER)

    standing = stands(client_person, "run", TODAY)
    assert (standing.code, standing.clearance.by_rule, standing.clearance.excluded_by) == (
        "hold",
        "H2",
        ["addiction"],
    )


def test_a_confirmed_exclusion_stands_until_somebody_says_otherwise(client_person, clinician):
    decide(client_person, clinician, decision="not_suited", talk=talked("eating"))

    with pytest.raises(actions.ExcludedFromMoving):
        decide(client_person, clinician, mode="run", now=LATER, talk=actions.Talk(held=True))


def test_a_clinician_may_find_that_it_has_passed(client_person, clinician):
    decide(client_person, clinician, decision="not_suited", talk=talked("eating"))

    assert decide(client_person, clinician, now=LATER, talk=talked()).allows


def test_thoughts_right_now_have_no_override(submitted, client_person, clinician):
    ask_asq(submitted, clinician, q1=1, q5=1)
    alert = client_person.safety_alerts.get()
    actions.close_alert(alert=alert, what_was_done="Called the crisis team.", by=clinician, now=LATER)

    with pytest.raises(actions.ExcludedFromMoving):
        decide(client_person, clinician, now=LATER, talk=talked())


def test_an_open_alert_stands_before_a_yes(alert, client_person, clinician):
    with pytest.raises(actions.AlertOpen):
        decide(client_person, clinician, talk=talked())


def test_an_open_alert_does_not_stand_before_a_no(alert, client_person, clinician):
    assert decide(client_person, clinician, decision="not_suited").pk


def test_a_positive_screen_needs_a_talk_first(client_person, clinician):
    screening = handed_in(client_person, clinician, drugs={"times": 1})

    with pytest.raises(actions.TalkFirst):
        decide(client_person, clinician, screening=screening)


def test_after_the_talk_a_positive_screen_may_be_cleared(client_person, clinician):
    screening = handed_in(client_person, clinician, drugs={"times": 1})

    assert decide(client_person, clinician, screening=screening, talk=talked()).allows


def test_an_unknown_exclusion_is_refused(client_person, clinician):
    with pytest.raises(actions.UnknownExclusion):
        decide(client_person, clinician, talk=talked("weather"))


class TestDecidingBoth:
    def decide_both(self, client, by, *decisions, **more):
        wishes = [
            actions.ModeDecision(mode=mode, decision=decision)
            for mode, decision in zip(MODES, decisions, strict=False)
        ]
        return actions.decide_moving(
            client=client, decisions=wishes, rationale="Talked.", by=by, now=MONDAY_NOON, **more
        )

    def test_all_or_none(self, client_person, clinician):
        has_answered(client_person, clinician)

        with pytest.raises(actions.NeedsConditions) as refusal:
            self.decide_both(client_person, clinician, "cleared", "conditions")

        assert refusal.value.field == "run_conditions"
        assert not Clearance.objects.exists()

    def test_nothing_decided_is_said(self, client_person, clinician):
        with pytest.raises(actions.NothingDecided):
            self.decide_both(client_person, clinician)

    def test_a_stale_page_decides_nothing(self, client_person, clinician):
        seen = mark_of(client_person)
        decide(client_person, clinician, decision="hold")

        with pytest.raises(actions.DecidedMeanwhile):
            self.decide_both(client_person, clinician, "cleared", "cleared", seen=seen)

    def test_a_fresh_page_decides(self, client_person, clinician):
        has_answered(client_person, clinician)

        kept = self.decide_both(client_person, clinician, "cleared", "hold", seen="")

        assert [row.mode for row in kept] == MODES


class TestStanding:
    def test_sitting_is_open_to_everybody(self):
        assert stands(someone(), "sit", TODAY).allows

    def test_undecided_is_not_cleared(self):
        standing = stands(someone(), "run", TODAY)

        assert (standing.allows, standing.code, standing.words) == (
            False,
            "undecided",
            "Not cleared for running: no clinician has decided yet.",
        )

    @pytest.mark.parametrize(("days", "allows"), [(0, True), (90, True), (91, False)])
    def test_a_clearance_ends_after_its_review_date(self, days, allows):
        clearance = a_decision(decided_at=MONDAY_NOON)

        standing = stands(clearance.client, "walk", TODAY + timedelta(days=days))

        assert standing.allows is allows
        assert standing.code == ("cleared" if allows else "expired")

    def test_a_clearance_does_not_reach_back(self):
        clearance = a_decision(decided_at=MONDAY_NOON)

        assert stands(clearance.client, "walk", TODAY - timedelta(days=1)).code == "not_yet"

    def test_a_clearance_for_walking_says_nothing_about_running(self):
        clearance = a_decision(decided_at=MONDAY_NOON)

        assert not stands(clearance.client, "run", TODAY).allows

    def test_a_hold_says_since_when(self):
        clearance = a_decision(decided_at=MONDAY_NOON, mode="run", decision="hold")

        assert stands(clearance.client, "run", date(2027, 1, 1)).words == (
            "Not cleared for running: on hold since 1 June 2026 until somebody has talked with the client."
        )

    def test_conditions_are_part_of_the_words(self):
        clearance = a_decision(decided_at=MONDAY_NOON, decision="conditions", conditions="Flat routes.")

        standing = stands(clearance.client, "walk", TODAY)
        assert standing.allows
        assert standing.words.endswith("Flat routes.")

    def test_three_standings_in_one_query(self, django_assert_num_queries):
        clearance = a_decision(decided_at=MONDAY_NOON)

        with django_assert_num_queries(1):
            rows = standings(clearance.client, TODAY)

        assert [(row.mode, row.kind, row.until) for row in rows] == [
            ("sit", "clear", ""),
            ("walk", "clear", "until 30 August 2026"),
            ("run", "plain", ""),
        ]
