"""Whatever else was answered, before or after, in drafts or in whole: nobody whom a hard rule excludes is ever cleared."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Clearance
from clients.screening import actions, rules
from clients.screening.evidence import hits_of
from tests.clients.screening.answering import has_answered, has_begun, someone
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
GRAVEST = {
    "movement": {"eating_now": 3},
    "dependence": {"now": 3},
    "asq": {"q1": 1, "q5": 1},
    "circumstances": {"acute": 2},
}
FORM = st.fixed_dictionaries(
    {
        "keys": st.sets(st.sampled_from([*GRAVEST, "phq9", "readiness"]), min_size=1),
        "grave": st.sets(st.sampled_from([*GRAVEST])),
        "is_handed_in": st.booleans(),
    }
)
"""One form of somebody's: which questionnaires, which of them with their gravest answer, handed in or left as a draft."""


def play(client, by, forms):
    """Keep the forms one a day, after a quiet gate. Which questionnaires exclude by their newest answers."""
    has_answered(client, by, MONDAY_NOON - timedelta(days=20))
    excluding: set[str] = set()
    for day, form in enumerate(forms):
        said = {key: GRAVEST[key] for key in form["keys"] & form["grave"]}
        keep = has_answered if form["is_handed_in"] else has_begun
        keep(client, by, MONDAY_NOON - timedelta(days=15 - day), keys=sorted(form["keys"]), **said)
        if form["is_handed_in"]:
            excluding = (excluding - form["keys"]) | set(said)
    return excluding


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(FORM, max_size=3), st.sampled_from(["cleared", "conditions"]), st.booleans())
def test_no_client_with_a_hard_exclusion_is_ever_cleared(clinician, forms, decision, has_talked):
    client = someone(treated_by=clinician)
    excluding = play(client, clinician, forms)

    hits = hits_of(client, MONDAY_NOON.date())
    try:
        actions.decide_moving(
            client=client,
            decisions=[
                actions.ModeDecision(
                    mode=mode, decision=decision, conditions="Flat." if decision == "conditions" else ""
                )
                for mode in rules.MOVING_MODES
            ],
            rationale="All well.",
            talk=actions.Talk(held=has_talked, confirmed=set()),
            by=clinician,
            now=MONDAY_NOON,
        )
    except actions.ExcludedFromMoving:
        assert excluding
    else:
        assert not excluding

    assert bool(rules.exclusions(hits)) is bool(excluding)
    allowed = Clearance.objects.filter(client=client, decision__in=rules.ALLOWING)
    assert allowed.exists() is (not excluding)
