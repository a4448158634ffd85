"""A plan, as clinician and client would write one."""

from datetime import date

import pytest

from clients.safety import actions
from clients.safety.actions import PlanWords
from tests.factories import MONDAY_NOON

WORDS = PlanWords(
    signs="I stop answering messages.",
    on_my_own="Kettle on, window open, the long out-breath.",
    people="Mo, any time.",
    surroundings="Tablets stay with Mo.",
)
LOOK_AGAIN = date(2026, 8, 30)


@pytest.fixture
def write(client_person, clinician):
    """Write the next version."""

    def do(**changes):
        usual = {
            "client": client_person,
            "words": WORDS,
            "is_agreed": True,
            "look_again_on": LOOK_AGAIN,
            "seen_version": 0,
            "by": clinician,
            "now": MONDAY_NOON,
        }
        return actions.write_plan(**usual | changes)

    return do
