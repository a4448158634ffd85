"""What is asked before anybody moves together, how long answers count, and what is still to be asked before a yes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.instruments import load
from clients.screening.rules.shapes import CHECK, HOLD, Hit
from practice.web.refusals import Words

GATE = (
    "phq9",
    "gad7",
    "alcohol",
    "drugs",
    "dependence",
    "bbgs",
    "movement",
    "readiness",
    "circumstances",
    "pcptsd5",
    "asq",
)
"""What is asked before anybody moves together: domain.md §1.4, with our own questions in place of the SCOFF."""

ONCE = frozenset({"bbgs", "pcptsd5"})
"""Those of the gate that the intake asks and a review does not."""

REVIEWED = tuple(key for key in GATE if key not in ONCE)
"""Those of the gate that are asked again at each review."""

AFTER_A_CRISIS = ("circumstances", "asq")
"""What is asked again before anybody moves after an acute crisis."""

ANSWERS_COUNT_FOR = timedelta(days=90)
"""domain.md §2.5: re-screen when 90 days pass."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a client has been asked, for one way of moving.

    `handed_in`: when each questionnaire was answered last. `oldest`: answers before it are too old. `ran_out`: when the
    decision was made whose time is over, if it was the last. `crisis`: when an acute crisis was last found.
    """

    oldest: datetime
    handed_in: Mapping[str, datetime] = field(default_factory=dict)
    ran_out: datetime | None = None
    crisis: datetime | None = None


def still_to_ask(asked: Asked) -> tuple[Hit, ...]:
    """What stands between these answers and a yes: one hit for each reason, with the way on. None where all is asked."""
    gaps: tuple[tuple[Words, Collection[str]], ...] = (
        (
            _("Not asked yet: %s. Ask them, and decide once the answers are handed in."),
            [key for key in GATE if key not in asked.handed_in],
        ),
        (
            _("There was an acute crisis. Ask again before anybody moves: %s."),
            _before(asked, AFTER_A_CRISIS, asked.crisis),
        ),
        (
            _(
                "The last decision is over. Ask a review, and decide once it is handed in. Still from before: %s."
            ),
            _before(asked, REVIEWED, asked.ran_out),
        ),
        (
            _("Older than 90 days: %s. Ask a review, and decide once it is handed in."),
            _before(asked, REVIEWED, asked.oldest),
        ),
    )
    return tuple(_gap(words, keys) for words, keys in gaps if keys)


def _before(asked: Asked, keys: Collection[str], moment: datetime | None) -> list[str]:
    """Those answered at that moment or earlier, and not since."""
    if moment is None:
        return []
    return [key for key in keys if key in asked.handed_in and asked.handed_in[key] <= moment]


def _gap(words: Words, keys: Collection[str]) -> Hit:
    names = [load(key) for key in keys]
    in_person = [one.name for one in names if one.asked_by == "clinician"]
    sentence = str(words) % ", ".join(one.name for one in names)
    if in_person:
        sentence += " " + now_("You ask %s in person.") % ", ".join(in_person)
    return Hit(level=CHECK, code="gate", sentence=sentence, walk=HOLD, run=HOLD)
