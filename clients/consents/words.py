"""What each kind of data is, said to the client and to staff."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clients.consents.choices import About
from practice.web.refusals import Words

_STANDS = _("stands until they say no")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`what` says to the client what it is about, `until` what holds before they say anything, `staff` names it to staff,
    who read `unsaid` where the client has said nothing."""

    key: str
    title: Words
    what: Words
    until: Words
    staff: Words
    unsaid: Words = _STANDS


_SHARED = _("Until you say no, your care team reads it in the entries that you share.")

KINDS: dict[str, Kind] = {
    About.LOCATION: Kind(
        key=About.LOCATION,
        title=_("Where I was"),
        what=_("The distance of an entry and the kind of place you ticked, and any recorded way."),
        until=_(
            "Until you say yes, no recorded way is shown to anybody but you. What you type and share is read."
        ),
        staff=_("distance and place"),
        unsaid=_("typed: stands until they say no; recorded: off until they say yes"),
    ),
    About.HEART_RATE: Kind(
        key=About.HEART_RATE,
        title=_("Heart rate"),
        what=_("Any heart rate in a recording that you bring. Nobody needs it here."),
        until=_("Until you say yes, it is not shown to anybody but you."),
        staff=_("heart rate"),
        unsaid=_("off until they say yes"),
    ),
    About.MOOD: Kind(
        key=About.MOOD,
        title=_("Mood"),
        what=_("Your mood before and after, in entries, pictures and summaries."),
        until=_SHARED,
        staff=_("mood"),
    ),
    About.FREE_TEXT: Kind(
        key=About.FREE_TEXT,
        title=_("My own words"),
        what=_("What you write in your log, and quotes from it in summaries."),
        until=_SHARED,
        staff=_("own words"),
    ),
    About.SUPERVISOR: Kind(
        key=About.SUPERVISOR,
        title=_("A supervisor"),
        what=_(
            "Whether somebody who supervises your therapist may open your record, or be given a summary of it."
        ),
        until=_("Until you say no, a supervisor in your care team may."),
        staff=_("a supervisor’s reading"),
    ),
}


def in_words(kinds: Collection[str]) -> str:
    """Kinds of data as staff name them, in one order: "mood, own words"."""
    return ", ".join(str(kind.staff) for key, kind in KINDS.items() if key in kinds)
