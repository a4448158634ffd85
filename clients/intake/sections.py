"""What an intake asks beside the questionnaires, and which questionnaire belongs to which task. Our own questions.

A section is kept as it was worded when its first question was answered (`written`, `read_section`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


def _yes_no() -> tuple[tuple[str, str], ...]:
    return ("yes", _("Yes")), ("no", _("No"))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question of a section. `kind` is line, words, phone, date or choice (one of `options`)."""

    key: str
    text: str
    help: str = ""
    kind: str = "line"
    options: tuple[tuple[str, str], ...] = ()
    is_required: bool = True

    def label_of(self, answer: str) -> str:
        """The words of an answer as they were shown."""
        return dict(self.options).get(answer, answer)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A task of the list that is no questionnaire."""

    key: str
    version: str
    title: str
    why: str
    asks: tuple[Ask, ...]

    def ask(self, key: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.key == key), None)


def about(*, knows_birth_date: bool) -> Section:
    """Who somebody is. A date of birth that is in the record already is not asked again."""
    asks = (
        Ask(key="called", text=_("What would you like us to call you?")),
        Ask(
            key="pronouns",
            text=_("Which pronouns would you like us to use?"),
            help=_("For example she, he or they. You may leave this empty."),
            is_required=False,
        ),
        Ask(
            key="born_on",
            text=_("When were you born?"),
            help=_("For example 27 3 1988. It also shows us that it is you when you come back by a link."),
            kind="date",
        ),
    )
    return Section(
        key="about",
        version="1",
        title=_("About you"),
        why=_("So that we speak to you the way you like."),
        asks=asks[:-1] if knows_birth_date else asks,
    )


def reaching() -> Section:
    """How to reach somebody without bringing them into difficulty."""
    return Section(
        key="reaching",
        version="1",
        title=_("Reaching you safely"),
        why=_("So that nobody hears from us who should not."),
        asks=(
            Ask(key="phone", text=_("On which number can we reach you?"), kind="phone"),
            Ask(
                key="voicemail",
                text=_("May we leave a message if nobody answers?"),
                help=_("We would say our first name and ask you to call back, nothing else."),
                kind="choice",
                options=_yes_no(),
            ),
            Ask(
                key="texts",
                text=_("May we send you a text message?"),
                help=_("About times and places only."),
                kind="choice",
                options=_yes_no(),
            ),
            Ask(
                key="careful",
                text=_("Is there a way or a time to reach you that we should not use?"),
                help=_("For example because somebody else sees your messages. You may leave this empty."),
                kind="words",
                is_required=False,
            ),
        ),
    )


def contact() -> Section:
    """Whom to call when something happens outdoors."""
    return Section(
        key="contact",
        version="1",
        title=_("Emergency contact"),
        why=_(
            "We call them only if something happens to you while we are out together, and say no more than needed."
        ),
        asks=(
            Ask(key="name", text=_("Whom should we call if something happens to you?")),
            Ask(
                key="relation",
                text=_("Who are they to you?"),
                help=_("For example a friend, a sister, a partner."),
                is_required=False,
            ),
            Ask(key="phone", text=_("On which number can we reach them?"), kind="phone"),
            Ask(
                key="knows",
                text=_("Do they know that you come to us?"),
                help=_("If not, we say that we are out walking together, nothing else."),
                kind="choice",
                options=_yes_no(),
            ),
        ),
    )


def hopes() -> Section:
    """What it is all for, in the client's words."""
    return Section(
        key="hopes",
        version="1",
        title=_("What you hope for"),
        why=_("In your own words. There is no wrong answer, and it may stay empty."),
        asks=(
            Ask(
                key="hopes",
                text=_("What do you hope will be different?"),
                kind="words",
                is_required=False,
            ),
            Ask(
                key="signs",
                text=_("How would you notice that it helps?"),
                help=_("A small thing is enough."),
                kind="words",
                is_required=False,
            ),
        ),
    )


BEFORE, AFTER = ("about", "reaching", "contact"), ("hopes",)
"""Sections that come before the questionnaires, and after them."""
_OTHERS: Mapping[str, Callable[[], Section]] = {"reaching": reaching, "contact": contact, "hopes": hopes}


def section_now(key: str, *, knows_birth_date: bool) -> Section | None:
    """The section as we ask it today, None for one that we do not have."""
    if key == "about":
        return about(knows_birth_date=knows_birth_date)
    return _OTHERS[key]() if key in _OTHERS else None


def written(section: Section) -> dict[str, Any]:
    """The section as it is kept beside its answers."""
    asks = [vars(ask) | {"options": [list(pair) for pair in ask.options]} for ask in section.asks]
    return {"key": section.key, "version": section.version, "title": section.title, "why": section.why} | {
        "asks": asks
    }


def read_section(kept: Mapping[str, Any]) -> Section:
    """A section as it was worded that day."""
    asks = tuple(
        Ask(**{**ask, "options": tuple((value, label) for value, label in ask["options"])})
        for ask in kept["asks"]
    )
    return Section(**{**kept, "asks": asks})


def heading(instrument: str, item: str) -> tuple[int, str]:
    """Under which task a question of a questionnaire stands, with the place of the task in the list."""
    key = TASK_OF_ITEM.get((instrument, item)) or TASK_OF.get(instrument, "safety")
    return TASKS.index(key), {
        "heart": _("Heart and health"),
        "body": _("Injuries, medicines, pregnancy"),
        "movement": _("Movement, food and rest"),
        "mood": _("How you have been"),
        "safety": _("Safety"),
    }[key]


TASKS = ("heart", "body", "movement", "mood", "safety")
TASK_OF = {
    "readiness": "heart",
    "movement": "movement",
    "scoff": "movement",
    "eai": "movement",
    "cet": "movement",
    "edeqs": "movement",
} | dict.fromkeys(
    ("phq9", "phq8", "phq2", "gad7", "gad2", "core10", "k6", "k10", "who5", "pcptsd5", "pcl5"), "mood"
)
"""Every other questionnaire stands under Safety."""
TASK_OF_ITEM = dict.fromkeys(
    [("readiness", item) for item in ("other_health", "pregnancy", "medicines", "injury", "anything_else")],
    "body",
) | dict.fromkeys([("readiness", item) for item in ("followed", "being_seen", "access")], "safety")
