"""The rules, one after the other, as a clinician would read them out: domain.md §2.5.

H1 eating disorder, H2 addiction, H3 crisis exclude; H1a, H2a, H3a, H3b hold until somebody has talked with the client;
C1 compulsion, C2 heart and circulation, C3 other health, C4 pregnancy, C5 trauma, C6 other conditions of the mind,
C7 under-fuelling, C8 being seen and access.
C9 is a rule about rules: body mass, weight, pace and fitness are none.
"""

from clients.screening.rules.table.conditions import CONDITIONS_RULES
from clients.screening.rules.table.exclusions import EXCLUSION_RULES
from clients.screening.rules.table.holds import HOLDING_RULES
from clients.screening.rules.table.notes import NOTING_RULES
from clients.screening.rules.table.rule import Rule

VERSION = "3"
"""Raised with every change of a rule; each decision keeps the version that was read for it."""

NEVER_RULES = ("bmi", "weight", "pace", "fitness")
"""C9: no rule reads these. A pace or a weight says nothing about whether two people may walk together."""

RULES: tuple[Rule, ...] = (*EXCLUSION_RULES, *HOLDING_RULES, *CONDITIONS_RULES, *NOTING_RULES)

__all__ = ["NEVER_RULES", "RULES", "VERSION", "Rule"]
