"""What a letter about a decision says: plain words, the reason, what stays open, when we look again. Pure.

The wording follows ux.md §3.7. A draft is a beginning: the clinician reads it, changes it, signs it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.screening.wording import in_words
from practice.web.refusals import Words

OPEN, NOT_NOW, NOT_A_FIT = "open", "not_now", "not_a_fit"
NEVER_SAID = ("reject", "fail", "unfit")
"""How words begin that no letter of ours has: it is about a format and about today, never about the person."""
OF_AN_ORGAN = frozenset({"cardiac", "heart", "kidney", "liver", "renal", "respiratory"})
"""Before "failure" they name an illness, not a person."""
OPENERS = frozenset(
    [
        "a",
        "after",
        "an",
        "and",
        "as",
        "at",
        "before",
        "both",
        "for",
        "if",
        "in",
        "it",
        "moving",
        "on",
        "one",
        "our",
        "running",
        "since",
        "some",
        "something",
        "that",
        "the",
        "there",
        "these",
        "they",
        "this",
        "walking",
        "we",
        "when",
        "with",
        "you",
        "your",
    ]
)
"""Words that a sentence may begin with and that have no capital inside one."""
FEWEST_ALTERNATIVES = 2
"""A letter that says "not a fit" names two ways onward at least, each with whom to ask."""

FORMATS: dict[str, Words] = {
    "office": gettext_lazy("sit-down sessions in the office"),
    "video": gettext_lazy("sessions by video"),
    "phone": gettext_lazy("sessions by phone"),
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the draft is made of. `stopped` and `open_for` are modes; `reason` is in words for the client."""

    kind: str
    stopped: Sequence[str]
    open_for: Sequence[str]
    reason: str
    conditions: Sequence[str]
    formats: Sequence[str]
    referral: str
    alternatives: Sequence[str]
    lines: Sequence[str]
    look_again_on: date
    clinician: str
    practice: str
    phone: str


def draft(facts: Facts) -> str:
    """The letter as paragraphs, one blank line between them."""
    parts = {OPEN: _open, NOT_NOW: _not_now, NOT_A_FIT: _not_a_fit}[facts.kind]
    return "\n\n".join(part for part in (*parts(facts), _from(facts)) if part)


def kind_for(decisions: Sequence[str], *, is_a_fit: bool) -> str:
    """Which letter goes with decisions about walking and running. Whoever may walk or run is never "not a fit"."""
    stopped = any(decision in {"hold", "not_suited"} for decision in decisions)
    allowed = any(decision in {"cleared", "conditions"} for decision in decisions)
    if not is_a_fit and not allowed:
        return NOT_A_FIT
    return OPEN if allowed and not stopped else NOT_NOW


def never_said_in(text: str) -> tuple[str, ...]:
    """The words of a letter that we do not use, in every form: rejected, rejecting, rejection."""
    words = ["".join(filter(str.isalpha, word)) for word in text.lower().replace("-", " ").split()]
    found = {
        word
        for before, word in zip(["", *words], words, strict=False)
        if word.startswith(NEVER_SAID) and not (word.startswith("failure") and before in OF_AN_ORGAN)
    }
    return tuple(sorted(found))


def within_a_sentence(reason: str) -> str:
    """A reason as it goes on after "because": without one of its own, a capital that only began it, or a full stop."""
    words = reason.strip().rstrip(".").split(" ")
    if words[0].lower() == "because":
        words = words[1:] or [""]
    if words[0].lower() in OPENERS:
        words[0] = words[0].lower()
    return " ".join(words)


def _not_now(facts: Facts) -> Iterable[str]:
    values = {"doing": _doing(facts.stopped), "reason": within_a_sentence(facts.reason)}
    yield (
        _(
            "Thank you for your honest answers. For now we would not %(doing)s with you, because %(reason)s."
            " This is about safety today, not about you."
        )
        % values
    )
    if facts.open_for:
        yield _("You can still %s with us.") % _doing(facts.open_for)
        yield from _with_conditions(facts)
    yield _still_open(facts)
    yield _lines(facts)
    yield _("We will look again on %s, or when you tell us something changed.") % in_words(
        facts.look_again_on
    )


def _not_a_fit(facts: Facts) -> Iterable[str]:
    yield _(
        "Thank you for your honest answers. We have thought about them, and moving together is not the help that"
        " fits now, because %s. This is about the way of working, not about you."
    ) % within_a_sentence(facts.reason)
    ways = "\n".join(f"• {one}" for one in facts.alternatives)
    yield _("These can help you further:\n%s") % ways
    yield _still_open(facts)
    yield _(
        "What you told us stays in your record with us, closed to everybody outside your care team. You may ask for a"
        " copy, or for it to be erased when the time for which we must keep it is over."
    )
    yield _lines(facts)
    yield _reply(facts)


def _open(facts: Facts) -> Iterable[str]:
    yield _("Thank you for your honest answers. We would be glad to %s with you.") % _doing(facts.open_for)
    yield from _with_conditions(facts)
    yield _("You set the pace, and you may sit down instead at any time, without a reason.")
    yield _("We will look at it again by %s, or when you tell us something changed.") % in_words(
        facts.look_again_on
    )


def _with_conditions(facts: Facts) -> Iterable[str]:
    if facts.conditions:
        yield _("What we have agreed on:\n%s") % "\n".join(f"• {one}" for one in facts.conditions)


def _still_open(facts: Facts) -> str:
    ways = [str(FORMATS[key]) for key in FORMATS if key in facts.formats]
    said = [_("What stays open for you: %s.") % _listed(ways)] if ways else []
    return " ".join([*said, facts.referral.strip()]).strip()


def _lines(facts: Facts) -> str:
    if not facts.lines:
        return ""
    return _("If you need somebody before then:\n%s") % "\n".join(f"• {one}" for one in facts.lines)


def _reply(facts: Facts) -> str:
    if facts.phone:
        return _("If you have questions, %(clinician)s is there for you: %(phone)s.") % {
            "clinician": facts.clinician,
            "phone": facts.phone,
        }
    return _("If you have questions, write to %s.") % facts.clinician


def _from(facts: Facts) -> str:
    return f"{facts.clinician}\n{facts.practice}".strip()


def _doing(modes: Sequence[str]) -> str:
    words = {"walk": _("walk"), "run": _("run")}
    return _(" or ").join(words[mode] for mode in ("run", "walk") if mode in modes)


def _listed(words: Sequence[str]) -> str:
    return _(" or ").join(filter(None, [", ".join(words[:-1]), words[-1]]))
