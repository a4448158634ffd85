"""Apply the table to somebody's answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clients.instruments import load, score
from clients.screening.rules.limits import ROUTE_KINDS, Limits
from clients.screening.rules.shapes import (
    CHECK,
    CLEARED,
    HOLD,
    LEVELS,
    NOTE,
    STRICTNESS,
    Case,
    Hit,
    Sheet,
    Sheets,
)
from clients.screening.rules.table import RULES
from practice.web.refusals import Words

GATE = (
    "phq9",
    "gad7",
    "alcohol",
    "drugs",
    "dependence",
    "movement",
    "readiness",
    "circumstances",
    "asq",
)
"""What is asked before anybody moves together."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What the rules suggest for one mode, the hits behind it, and conditions to begin from.

    `otherwise` is what they would suggest were the hits that decide set aside; the same where one excludes.
    """

    mode: str
    decision: str
    because: tuple[Hit, ...]
    conditions: tuple[Words, ...]
    limits: Limits
    otherwise: str

    @property
    def deciding(self) -> tuple[Hit, ...]:
        """The hits that ask for as much as is suggested."""
        return tuple(hit for hit in self.because if hit.allows_at_most(self.mode) == self.decision)


def assess(sheets: Sheets, *, age: int | None = None) -> tuple[Hit, ...]:
    """Every rule that fires, the loudest first. `age` in whole years, None where nobody knows it."""
    case = Case(sheets=sheets, age=age)
    fired = [hit for rule in RULES if (hit := rule.read(case)) is not None]
    fired += [hit for sheet in sheets.values() if (hit := _over_cut_off(sheet)) is not None]
    return tuple(sorted(fired, key=lambda hit: LEVELS.index(hit.level)))


def not_asked_yet(answered: Collection[str]) -> tuple[Hit, ...]:
    """One hit for each questionnaire of the gate that nobody has answered."""
    return tuple(
        Hit(level=CHECK, code="gate", sentence=_("Not asked yet: %s.") % load(key).name, walk=HOLD, run=HOLD)
        for key in GATE
        if key not in answered
    )


def exclusions(hits: Iterable[Hit]) -> frozenset[str]:
    """The hard exclusions that the answers themselves state."""
    return frozenset(hit.excludes for hit in hits if hit.excludes)


def holding(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that hold walking and running until somebody has talked with the client."""
    return tuple(hit for hit in hits if hit.holds)


def suggest(mode: str, hits: Iterable[Hit]) -> Suggestion:
    """The strictest decision that any hit asks for; cleared where none does."""
    behind = tuple(hit for hit in hits if hit.allows_at_most(mode) != CLEARED)
    decision = _strictest(mode, behind)
    lighter = [hit for hit in behind if hit.excludes or hit.allows_at_most(mode) != decision]
    return Suggestion(
        mode=mode,
        decision=decision,
        because=behind,
        conditions=tuple(dict.fromkeys(hit.conditions for hit in behind if hit.conditions)),
        limits=_together(hit.limits for hit in behind),
        otherwise=_strictest(mode, lighter),
    )


def _strictest(mode: str, hits: Iterable[Hit]) -> str:
    return max((hit.allows_at_most(mode) for hit in hits), key=STRICTNESS.index, default=CLEARED)


def _together(limits: Iterable[Limits]) -> Limits:
    """All of them at once."""
    known = list(limits)
    kinds = {kind for one in known for kind in one.route_kinds}
    return Limits(
        route_kinds=tuple(kind for kind in ROUTE_KINDS if kind in kinds),
        no_solo_runs=any(one.no_solo_runs for one in known),
    )


def _over_cut_off(sheet: Sheet) -> Hit | None:
    """A note where a measure is at its cut-off or above; the alcohol and drug questions have a rule of their own."""
    instrument = sheet.instrument
    total = score(instrument, sheet.answers).total
    if instrument.reliable_change is None or instrument.cut_off is None or total is None:
        return None
    if total < instrument.cut_off:
        return None
    sentence = _("%(name)s %(total)s, %(band)s: at the cut-off of %(cut)d or above.") % {
        "name": instrument.name,
        "total": total,
        "band": instrument.band_of(total),
        "cut": instrument.cut_off,
    }
    return Hit(level=NOTE, code=instrument.name, sentence=sentence, source=instrument.source)
