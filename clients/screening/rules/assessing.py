"""Apply the table to somebody's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clients.instruments import score
from clients.screening.rules.limits import ROUTE_KINDS, Limits
from clients.screening.rules.shapes import (
    CLEARED,
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


def assess(
    sheets: Sheets, *, age: int | None = None, results: Mapping[str, int] | None = None
) -> tuple[Hit, ...]:
    """Every rule that fires, the loudest first. `age` in whole years, None where nobody knows it.

    `results` are points from elsewhere, by scale.
    """
    case = Case(sheets=sheets, age=age, results=results or {})
    fired = [hit for rule in RULES if (hit := rule.read(case)) is not None]
    fired += [hit for sheet in sheets.values() if (hit := _over_cut_off(sheet)) is not None]
    return tuple(sorted(fired, key=lambda hit: LEVELS.index(hit.level)))


def exclusions(hits: Iterable[Hit]) -> frozenset[str]:
    """The hard exclusions that the answers themselves state."""
    return frozenset(hit.excludes for hit in hits if hit.excludes)


def holding(hits: Iterable[Hit], mode: str) -> tuple[Hit, ...]:
    """The hits that hold this way of moving until somebody has talked with the client."""
    return tuple(hit for hit in hits if hit.holds(mode))


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
    """All of them at once: the fewest minutes, every kind of route, the first day for a letter."""
    known = list(limits)
    kinds = {kind for one in known for kind in one.route_kinds}
    return Limits(
        most_minutes=min((one.most_minutes for one in known if one.most_minutes is not None), default=None),
        route_kinds=tuple(kind for kind in ROUTE_KINDS if kind in kinds),
        company=any(one.company for one in known),
        no_solo_runs=any(one.no_solo_runs for one in known),
        letter_by=min((one.letter_by for one in known if one.letter_by is not None), default=None),
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
