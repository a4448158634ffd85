"""The words rules are written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from clients.instruments import Answers, Instrument
from clients.screening.rules.limits import NO_LIMITS, Limits
from practice.web.refusals import Words

CLEARED, CONDITIONS, HOLD, NOT_SUITED = "cleared", "conditions", "hold", "not_suited"
STRICTNESS = (CLEARED, CONDITIONS, HOLD, NOT_SUITED)
ALLOWING = frozenset({CLEARED, CONDITIONS})
MOVING_MODES = ("walk", "run")

STOP, CHECK, NOTE, CLEAR = "stop", "check", "note", "clear"
LEVELS = (STOP, CHECK, NOTE, CLEAR)

EATING, ADDICTION, CRISIS = "eating", "addiction", "crisis"
EXCLUSION_CODES = {EATING: "H1", ADDICTION: "H2", CRISIS: "H3"}
OVERRIDABLE = ("H1", "H2")
"""What a second clinician may override where the practice allows it. H3 never: domain.md §2.5."""
EXCLUSIONS: dict[str, Words] = {
    EATING: _("a current eating disorder"),
    ADDICTION: _("a current addiction"),
    CRISIS: _("an acute crisis"),
}

Given = tuple[str, str]
"""An answer: (questionnaire key, question key)."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One questionnaire as it was asked, with what was answered."""

    instrument: Instrument
    answers: Answers


Sheets = dict[str, Sheet]
"""The newest sheet of each questionnaire, by its key."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What rules look at: the newest sheets, and the age in whole years where a birth date is known.

    `results` are points from elsewhere, by scale.
    """

    sheets: Sheets = field(default_factory=dict)
    results: Mapping[str, int] = field(default_factory=dict)
    age: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A rule that fired: how loud, by which code, in which words, on which answers, and what it suggests.

    `walk` and `run` are the most that the rule leaves open; `excludes` names a hard exclusion or "". `measured` says
    which points met which threshold, `source` where the rule comes from, `weigh` what a clinician may hold against it.
    """

    level: str
    code: str
    sentence: Words
    because: tuple[Given, ...] = ()
    walk: str = CLEARED
    run: str = CLEARED
    conditions: Words = ""
    limits: Limits = NO_LIMITS
    excludes: str = ""
    measured: str = ""
    source: Words = ""
    weigh: Words = ""

    def allows_at_most(self, mode: str) -> str:
        return self.walk if mode == "walk" else self.run

    def holds(self, mode: str) -> bool:
        """Whether nobody walks, or runs, with this client before somebody has talked with them."""
        return self.allows_at_most(mode) not in ALLOWING
