"""What a measure shows, as the sentence that a reader should take away. No cause is claimed."""

from django.utils.translation import gettext as _

from clients.instruments import Instrument
from clients.measures.rules import Crossing, crossing, reliable_change
from practice.web.charts.shapes import Reliable


def change_words(instrument: Instrument, first: int, latest: int) -> str:
    """How the latest stands to the first, in a few words."""
    change = reliable_change(first, latest, instrument.reliable_change)
    if change is Reliable.LOWER:
        return _("reliably lower than at the start")
    if change is Reliable.HIGHER:
        return _("reliably higher than at the start")
    if latest == first:
        return _("the same as at the start")
    return _("within its usual range since the start")


def finding(instrument: Instrument, first: int | None, latest: int | None, *, forms: int) -> str:
    """PHQ-9 is reliably lower than at the start, and below the cut-off of 10: 8 now, 16 then."""
    names = {"name": instrument.name, "latest": latest, "first": first}
    if first is None or latest is None:
        return _("%(name)s has no complete form yet") % names
    if forms == 1:
        return _("%(name)s: one form so far, %(latest)s") % names
    said = {
        **names,
        "change": change_words(instrument, first, latest) + _cut_off_words(instrument, first, latest),
    }
    return _("%(name)s is %(change)s: %(latest)s now, %(first)s then") % said


def _cut_off_words(instrument: Instrument, first: int, latest: int) -> str:
    went = crossing(first, latest, instrument.cut_off)
    if went is Crossing.NONE:
        return ""
    said = (
        _(", and now below the cut-off of %s")
        if went is Crossing.BELOW
        else _(", and now at or above the cut-off of %s")
    )
    return said % instrument.cut_off
