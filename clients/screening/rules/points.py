"""Points that are certain already: what somebody left open or would rather talk about counts as nothing yet."""

from dataclasses import dataclass

from django.utils.translation import gettext as now_

from clients.instruments import SCALES, Instrument, score
from clients.screening.rules.shapes import Sheet


@dataclass(frozen=True, kw_only=True)
class Points:
    """The least that the answers add up to, and the questions that brought points. `is_whole`: none is missing."""

    total: int
    by_items: tuple[str, ...]
    is_whole: bool

    def in_words(self, instrument: Instrument, least: int) -> str:
        """The points beside the threshold."""
        values = {"name": instrument.name, "total": self.total, "most": instrument.highest, "least": least}
        if self.is_whole:
            return now_("%(name)s %(total)d of %(most)d; this rule begins at %(least)d") % values
        return now_("%(name)s at least %(total)d of %(most)d; this rule begins at %(least)d") % values


def points(sheet: Sheet) -> Points:
    """Add up what was answered; each question without a value stands at its least, reversed questions too."""
    scored = sheet.instrument.scored
    counted = {
        item.key: item.counts(value)
        for item in scored
        if isinstance(value := sheet.answers.get(item.key), int)
    }
    return Points(
        total=sum(counted.get(item.key, item.lowest) for item in scored),
        by_items=tuple(item.key for item in scored if counted.get(item.key, item.lowest) > item.lowest),
        is_whole=not score(sheet.instrument, sheet.answers).missing,
    )


def elsewhere_in_words(scale: str, total: int, least: int) -> str:
    """Points from elsewhere beside the threshold."""
    values = {"name": SCALES[scale].name, "total": total, "least": least}
    return now_("%(name)s %(total)d, entered from elsewhere; this rule begins at %(least)d") % values
