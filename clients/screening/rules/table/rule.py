"""A row of the table: a code, when it fires, what it says, what it suggests, where it comes from."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.limits import NO_LIMITS, Limits
from clients.screening.rules.shapes import (
    CHECK,
    CLEARED,
    CONDITIONS,
    HOLD,
    NOT_SUITED,
    NOTE,
    STOP,
    Case,
    Hit,
)
from clients.screening.rules.triggers import Trigger
from practice.web.refusals import Words

OURS = _("A default of Towpath; no trial sets it")
CAUTION = _("Expert caution, not trial evidence: a clinician decides")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`when` fires it; `walk` and `run` are the most it leaves open. `weigh`: what may be held against it."""

    code: str
    when: Trigger
    says: Words
    level: str
    source: Words
    walk: str = CLEARED
    run: str = CLEARED
    conditions: Words = ""
    limits: Limits = NO_LIMITS
    excludes: str = ""
    weigh: Words = ""

    def read(self, case: Case) -> Hit | None:
        """The hit with its answers, None where the rule does not fire. Knows no other rule."""
        because = self.when(case)
        if not because:
            return None
        return Hit(
            level=self.level,
            code=self.code,
            sentence=self.says,
            because=because,
            walk=self.walk,
            run=self.run,
            conditions=self.conditions,
            limits=self.limits,
            excludes=self.excludes,
            measured=self.when.says(case),
            source=self.source,
            weigh=self.weigh,
        )


def excludes(
    code: str, exclusion: str, when: Trigger, says: Words, *, source: Words, weigh: Words = ""
) -> Rule:
    """Not suited to moving sessions now, for walking and running."""
    return Rule(
        code=code,
        when=when,
        says=says,
        level=STOP,
        source=source,
        walk=NOT_SUITED,
        run=NOT_SUITED,
        excludes=exclusion,
        weigh=weigh,
    )


def holds(
    code: str, when: Trigger, says: Words, *, source: Words, weigh: Words = "", level: str = CHECK
) -> Rule:
    """Walking and running wait until somebody has talked with the client."""
    return Rule(code=code, when=when, says=says, level=level, source=source, walk=HOLD, run=HOLD, weigh=weigh)


def conditions(
    code: str,
    when: Trigger,
    says: Words,
    words: Words,
    *,
    source: Words,
    run: str = CONDITIONS,
    limits: Limits = NO_LIMITS,
    weigh: Words = "",
) -> Rule:
    """Walking with conditions to begin from; running too, or on hold."""
    return Rule(
        code=code,
        when=when,
        says=says,
        level=CHECK,
        source=source,
        walk=CONDITIONS,
        run=run,
        conditions=words,
        limits=limits,
        weigh=weigh,
    )


def notes(code: str, when: Trigger, says: Words, *, source: Words = OURS) -> Rule:
    """Worth a conversation; nothing waits for it."""
    return Rule(code=code, when=when, says=says, level=NOTE, source=source)
