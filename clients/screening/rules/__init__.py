"""What answers mean for moving together. Rules flag and suggest; a clinician decides.

`table.RULES` is the list to read with a clinician; the rest is how it is applied. Plain values in and out.
"""

from clients.screening.rules.asking import ANSWERS_COUNT_FOR, GATE, REVIEWED, Asked, still_to_ask
from clients.screening.rules.assessing import Suggestion, assess, exclusions, holding, suggest
from clients.screening.rules.explaining import Explanation, Reason, explain, is_of_guidance
from clients.screening.rules.limits import (
    FEWEST_MINUTES,
    MOST_MINUTES,
    NO_LIMITS,
    ROUTE_KINDS,
    Limits,
)
from clients.screening.rules.shapes import (
    ALLOWING,
    CHECK,
    CLEAR,
    CLEARED,
    CONDITIONS,
    CRISIS,
    EXCLUSION_CODES,
    EXCLUSIONS,
    HOLD,
    LEVELS,
    MOVING_MODES,
    NOT_SUITED,
    NOTE,
    OVERRIDABLE,
    STOP,
    Case,
    Given,
    Hit,
    Sheet,
    Sheets,
)
from clients.screening.rules.states import STATES, Need, need_of
from clients.screening.rules.table import NEVER_RULES, RULES, VERSION, Rule

__all__ = [
    "ALLOWING",
    "ANSWERS_COUNT_FOR",
    "CHECK",
    "CLEAR",
    "CLEARED",
    "CONDITIONS",
    "CRISIS",
    "EXCLUSIONS",
    "EXCLUSION_CODES",
    "FEWEST_MINUTES",
    "GATE",
    "HOLD",
    "LEVELS",
    "MOST_MINUTES",
    "MOVING_MODES",
    "NEVER_RULES",
    "NOTE",
    "NOT_SUITED",
    "NO_LIMITS",
    "OVERRIDABLE",
    "REVIEWED",
    "ROUTE_KINDS",
    "RULES",
    "STATES",
    "STOP",
    "VERSION",
    "Asked",
    "Case",
    "Explanation",
    "Given",
    "Hit",
    "Limits",
    "Need",
    "Reason",
    "Rule",
    "Sheet",
    "Sheets",
    "Suggestion",
    "assess",
    "exclusions",
    "explain",
    "holding",
    "is_of_guidance",
    "need_of",
    "still_to_ask",
    "suggest",
]
