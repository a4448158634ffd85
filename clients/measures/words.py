"""What a measure shows, as the sentences that a reader should take away. No cause is claimed."""

from django.utils.translation import gettext as _

from clients.instruments import Instrument
from clients.measures.rules import Crossing, Judgement, crossing, judged, reliable_change
from practice.web.charts.canvas import number
from practice.web.charts.shapes import Reliable


def change_words(instrument: Instrument, first: float, latest: float) -> str:
    """What the difference to the first form means, in a few words."""
    change = reliable_change(first, latest, instrument.reliable_change)
    return {
        Judgement.IMPROVEMENT: _("reliable improvement since the start"),
        Judgement.DETERIORATION: _("reliable deterioration since the start"),
        Judgement.LOWER: _("reliably lower than at the start"),
        Judgement.HIGHER: _("reliably higher than at the start"),
        Judgement.WITHIN_ERROR: _("within measurement error since the start"),
    }[judged(instrument.key, change)]


def difference_words(first: float, latest: float) -> str:
    """down 10, up 3, no difference."""
    if latest == first:
        return _("no difference")
    points = {"points": number(abs(latest - first))}
    return _("down %(points)s") % points if latest < first else _("up %(points)s") % points


def crossing_words(instrument: Instrument, first: float, latest: float) -> str:
    """Whether the cut-off lies between the first and the latest: a statement of its own. "" where it does not."""
    went = crossing(first, latest, instrument.cut_off)
    if went is Crossing.NONE:
        return ""
    said = (
        _("crossed the cut-off of %s, now below it")
        if went is Crossing.BELOW
        else _("crossed the cut-off of %s, now at or above it")
    )
    return said % instrument.cut_off


def meaning_words(instrument: Instrument, first: float, latest: float) -> str:
    """Whether a reliable change is a meaningful one too, where its questionnaire tells the two apart; else ""."""
    change = reliable_change(first, latest, instrument.reliable_change)
    if instrument.meaningful_change is None or change is Reliable.NO:
        return ""
    if abs(latest - first) >= instrument.meaningful_change:
        return _("meaningful too: %d points or more") % instrument.meaningful_change
    return _("less than the %d points of a meaningful change") % instrument.meaningful_change


def finding(instrument: Instrument, first: float | None, latest: float | None, *, complete: int) -> str:
    """PHQ-9: 8 now, 18 at the start, down 10. Reliable improvement since the start. Crossed the cut-off of 10, …

    With fewer than two complete forms there is nothing to say about a change.
    """
    if first is None or latest is None or not complete:
        return _("%(name)s has no complete form yet") % {"name": instrument.name}
    names = {"name": instrument.name, "latest": number(latest), "first": number(first)}
    if complete == 1:
        return _("%(name)s: one complete form, %(latest)s. No change can be told yet") % names
    names["difference"] = difference_words(first, latest)
    said = _("%(name)s: %(latest)s now, %(first)s at the start, %(difference)s") % names
    rest = [words(instrument, first, latest) for words in (change_words, meaning_words, crossing_words)]
    return ". ".join([said, *(_sentence(words) for words in rest if words)])


def against_the_first(instrument: Instrument, first: float, latest: float) -> str:
    """One form in a row of the table: the difference, what it means, and whether the cut-off was crossed."""
    change = reliable_change(first, latest, instrument.reliable_change)
    meaning = {
        Judgement.IMPROVEMENT: _("reliable improvement"),
        Judgement.DETERIORATION: _("reliable deterioration"),
        Judgement.LOWER: _("reliably lower"),
        Judgement.HIGHER: _("reliably higher"),
        Judgement.WITHIN_ERROR: _("within measurement error"),
    }[judged(instrument.key, change)]
    parts = [
        difference_words(first, latest),
        meaning,
        meaning_words(instrument, first, latest),
        crossing_words(instrument, first, latest),
    ]
    return "; ".join(part for part in parts if part)


def shared_words(name: str, change: Reliable, *, forms: int) -> str:
    """What a client reads of a measure that their clinician shares: which way it went, and no number."""
    if forms < 2:  # noqa: PLR2004 - a change takes two
        return _("%s: one form so far. A change shows with the next.") % name
    said = {
        Reliable.LOWER: _("%s: clearly lower than at the start."),
        Reliable.HIGHER: _("%s: clearly higher than at the start. Bring it up when you next meet."),
        Reliable.NO: _("%s: about the same as at the start."),
    }[change]
    return said % name


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
