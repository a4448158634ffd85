"""The formats of a progress note, and the walk-and-talk block, as data: keys, words and hints.

A key keeps its meaning across formats ("plan" is the plan in each), so that changing the format moves no text.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.runs.models import RunLog

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading of a note."""

    key: str
    word: Words
    hint: Words


@dataclass(frozen=True, kw_only=True)
class Format:
    """A named order of sections."""

    key: str
    word: Words
    sections: tuple[Section, ...]


class Kind(StrEnum):
    """What a field of the walk-and-talk block holds."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class WalkField:
    """One fact about how the session was held. `choices` are (value, word); a number lies in 0–`most`."""

    key: str
    word: Words
    kind: Kind
    hint: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    most: int = 0


_SUBJECTIVE = Section(
    key="subjective", word=_("Subjective"), hint=_("What the client told you, in their words where you can.")
)
_OBJECTIVE = Section(
    key="objective", word=_("Objective"), hint=_("What you saw and heard; measures; how they moved.")
)
_ASSESSMENT = Section(
    key="assessment", word=_("Assessment"), hint=_("What you make of it; risk and safety as it stands.")
)
_PLAN = Section(key="plan", word=_("Plan"), hint=_("What you agreed for next time, rest included."))
_DATA = Section(key="data", word=_("Data"), hint=_("What was said and what you noticed."))
_BEHAVIOUR = Section(key="behaviour", word=_("Behaviour"), hint=_("How the client came, spoke and moved."))
_INTERVENTION = Section(key="intervention", word=_("Intervention"), hint=_("What you did, and why."))
_RESPONSE = Section(key="response", word=_("Response"), hint=_("How the client took it."))
_TEXT = Section(key="text", word=_("Note"), hint=_("In your own order."))

FORMATS: dict[str, Format] = {
    entry.key: entry
    for entry in (
        Format(key="soap", word=_("SOAP"), sections=(_SUBJECTIVE, _OBJECTIVE, _ASSESSMENT, _PLAN)),
        Format(key="dap", word=_("DAP"), sections=(_DATA, _ASSESSMENT, _PLAN)),
        Format(key="birp", word=_("BIRP"), sections=(_BEHAVIOUR, _INTERVENTION, _RESPONSE, _PLAN)),
        Format(key="free", word=_("Free text"), sections=(_TEXT,)),
    )
}
SECTIONS: dict[str, Section] = {
    section.key: section for entry in FORMATS.values() for section in entry.sections
}

_TALK: tuple[tuple[str, Words], ...] = tuple((choice.value, choice.label) for choice in RunLog.Effort)
_MOODS: tuple[tuple[str, Words], ...] = tuple(
    (str(value), word)
    for value, word in enumerate(
        (_("1 very low"), _("2 low"), _("3 in between"), _("4 good"), _("5 very good")), start=1
    )
)
_SETTINGS: tuple[tuple[str, Words], ...] = (
    ("walk", _("Walk")),
    ("run", _("Run")),
    ("run_walk", _("Run-walk")),
    ("outdoors", _("Seated outdoors")),
    ("office", _("At the practice")),
    ("video", _("By video")),
    ("phone", _("By phone")),
)
_STOPS: tuple[tuple[str, Words], ...] = (
    ("no", _("Not needed")),
    ("slowed", _("Slowed or sat down")),
    ("ended", _("Left the route or ended early")),
)
STOP_RULE_USED = frozenset({"slowed", "ended"})
"""Slow, sit, leave the route: each of them is the stop rule at work (domain.md §2.4)."""
MOST_MINUTES = 600
MOST_TEXT = 10_000

WALK: tuple[WalkField, ...] = (
    WalkField(key="setting", word=_("Setting"), kind=Kind.CHOICE, choices=_SETTINGS),
    WalkField(key="minutes_moving", word=_("Minutes moving"), kind=Kind.NUMBER, most=MOST_MINUTES),
    WalkField(key="minutes_seated", word=_("Minutes seated"), kind=Kind.NUMBER, most=MOST_MINUTES),
    WalkField(key="pace_agreed", word=_("Pace agreed"), kind=Kind.CHOICE, choices=_TALK),
    WalkField(key="pace_kept", word=_("Pace kept"), kind=Kind.CHOICE, choices=_TALK),
    WalkField(key="effort", word=_("Effort, 0 to 10"), kind=Kind.NUMBER, most=10),
    WalkField(key="mood_before", word=_("Mood before"), kind=Kind.CHOICE, choices=_MOODS),
    WalkField(key="mood_after", word=_("Mood after"), kind=Kind.CHOICE, choices=_MOODS),
    WalkField(key="distress_before", word=_("Distress before, 0 to 10"), kind=Kind.NUMBER, most=10),
    WalkField(key="distress_after", word=_("Distress after, 0 to 10"), kind=Kind.NUMBER, most=10),
    WalkField(key="stop_rule", word=_("Stop rule or bail-out point"), kind=Kind.CHOICE, choices=_STOPS),
    WalkField(key="weather", word=_("Weather"), kind=Kind.TEXT, hint=_("And what it changed, if anything.")),
    WalkField(
        key="privacy",
        word=_("Interruptions and privacy"),
        kind=Kind.TEXT,
        hint=_("Somebody met, something overheard, and what you did."),
    ),
    WalkField(
        key="movement",
        word=_("How moving was used"),
        kind=Kind.TEXT,
        hint=_("A pattern noticed, a metaphor, grounding in the place."),
    ),
    WalkField(key="safety", word=_("Risk and safety looked at"), kind=Kind.TEXT),
    WalkField(
        key="between", word=_("Until next time"), kind=Kind.TEXT, hint=_("What was agreed, rest included.")
    ),
)
WALK_FIELDS: dict[str, WalkField] = {field.key: field for field in WALK}
