"""What answers mean for moving together. Rules flag and suggest; a clinician decides.

`table.RULES` is the list to read with a clinician; the rest is how it is applied. Plain values in and out.
"""

from clients.screening.rules.assessing import (
    Suggestion,
    assess,
    exclusions,
    holding,
    not_asked_yet,
    suggest,
)
from clients.screening.rules.limits import NO_LIMITS, ROUTE_KINDS, Limits
from clients.screening.rules.shapes import (
    ALLOWING,
    CHECK,
    CLEAR,
    CLEARED,
    CONDITIONS,
    EXCLUSION_CODES,
    EXCLUSIONS,
    HOLD,
    LEVELS,
    MOVING_MODES,
    NOT_SUITED,
    NOTE,
    OVERRIDABLE,
    STOP,
    Given,
    Hit,
    Sheet,
    Sheets,
)
from clients.screening.rules.table import RULES, VERSION

__all__ = [
    "ALLOWING",
    "CHECK",
    "CLEAR",
    "CLEARED",
    "CONDITIONS",
    "EXCLUSIONS",
    "EXCLUSION_CODES",
    "HOLD",
    "LEVELS",
    "MOVING_MODES",
    "NOTE",
    "NOT_SUITED",
    "NO_LIMITS",
    "OVERRIDABLE",
    "ROUTE_KINDS",
    "RULES",
    "STOP",
    "VERSION",
    "Given",
    "Hit",
    "Limits",
    "Sheet",
    "Sheets",
    "Suggestion",
    "assess",
    "exclusions",
    "holding",
    "not_asked_yet",
    "suggest",
]
