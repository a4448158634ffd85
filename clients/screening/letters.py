"""The letter that goes with a decision: from the form, the decision and the table of numbers to a draft."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from clients.letters import rules as letters
from clients.letters.actions import Written
from clients.record.models import Client
from clients.screening import rules
from clients.screening.decision_forms import DecisionForm
from clients.screening.models import Clearance, OverrideWish
from practice.people.models import Member, Practice
from practice.resources.screens import for_need
from practice.web.refusals import Refused

NEEDS_OF = {"eating": "eating", "addiction": "addiction", "crisis": "crisis"}
USUAL_NEED = "crisis"


class NeedsPlainReason(Refused):
    code, field = "needs_plain_reason", "reason"
    message = _("Say in plain words why not now, as the client will read it.")


class NeedsAlternatives(Refused):
    code, field = "needs_alternatives", "alternatives"
    message = _("Name two other ways at least, one a line, each with whom to ask.")


class LetterOfAnotherKind(Refused):
    code, field = "letter_of_another_kind", "letter"
    message = _("This letter does not go with this decision.")


class LetterLeavesOut(Refused):
    code, field = "letter_leaves_out", "letter"
    message = _("The letter leaves out the reason, or one of the other ways. The client is to read them.")


def lines_to_offer() -> list[tuple[str, str]]:
    """Numbers of the practice's country for a crisis, an eating disorder and an addiction, as choices."""
    found = [
        (f"{card.name}: {line.number}", f"{card.name}: {line.number}")
        for need in ("crisis", "eating", "addiction")
        for card in for_need(need)
        for line in card.lines
    ]
    return list(dict.fromkeys(found))


def draft_of(
    form: DecisionForm, client: Client, decided: list[Clearance], by: Member, stand: dict[str, str]
) -> Written:
    """The letter that fits what was decided. `stand` is where each mode stands afterwards."""
    said = form.cleaned_data
    is_a_fit = said["fit"] != letters.NOT_A_FIT
    kind = letters.kind_for([row.decision for row in decided], is_a_fit=is_a_fit)
    _check(kind, form)
    practice = Practice.objects.get()
    facts = letters.Facts(
        kind=kind,
        stopped=[row.mode for row in decided if not row.allows],
        open_for=[mode for mode in rules.MOVING_MODES if stand[mode] in rules.ALLOWING],
        reason=said["reason"],
        conditions=_conditions(decided),
        formats=said["formats"],
        referral=said["referral"],
        alternatives=form.other_ways,
        lines=said["lines"],
        look_again_on=said["review_on"],
        clinician=by.name,
        practice=practice.name,
        phone=practice.phone,
    )
    return Written(kind=kind, text=letters.draft(facts), way=said["way"] or "portal")


def draft_of_override(wish: OverrideWish, by: Member) -> Written:
    """The letter that goes with an override: what is open, on which conditions, until when."""
    practice = Practice.objects.get()
    facts = letters.Facts(
        kind=letters.OPEN,
        stopped=[],
        open_for=[wish.mode],
        reason="",
        conditions=[*wish.limits.in_words(), *filter(None, [wish.conditions])],
        formats=[],
        referral="",
        alternatives=[],
        lines=[],
        look_again_on=wish.review_on,
        clinician=by.name,
        practice=practice.name,
        phone=practice.phone,
    )
    return Written(kind=letters.OPEN, text=letters.draft(facts))


def written_for(
    decided: Clearance,
    *,
    text: str,
    way: str,
    kind: str = "",
    reason: str = "",
    alternatives: Sequence[str] = (),
) -> Written:
    """A letter that was written elsewhere, held to what holds for ours: its kind fits the decision, and the reason and
    two other ways, where they are asked for, stand in it."""
    ways = [one.strip() for one in alternatives if one.strip()]
    fitting = letters.kind_for([decided.decision], is_a_fit=kind != letters.NOT_A_FIT)
    if kind and kind != fitting:
        raise LetterOfAnotherKind
    if fitting != letters.OPEN and not reason.strip():
        raise NeedsPlainReason
    if fitting == letters.NOT_A_FIT and len(ways) < letters.FEWEST_ALTERNATIVES:
        raise NeedsAlternatives
    needed = [letters.within_a_sentence(reason), *ways] if fitting != letters.OPEN else ways
    if any(part not in text for part in needed):
        raise LetterLeavesOut
    return Written(kind=fitting, text=text, way=way)


def gravest(decided: list[Clearance]) -> Clearance:
    """The decision that the letter hangs on."""
    order = ["not_suited", "hold", "conditions", "cleared"]
    return min(decided, key=lambda row: order.index(row.decision))


def _check(kind: str, form: DecisionForm) -> None:
    if kind != letters.OPEN and not form.cleaned_data["reason"]:
        raise NeedsPlainReason
    if kind == letters.NOT_A_FIT and len(form.other_ways) < letters.FEWEST_ALTERNATIVES:
        raise NeedsAlternatives


def _conditions(decided: list[Clearance]) -> list[str]:
    """Each condition once, in the client's letter as in the record."""
    words: list[Any] = []
    for row in decided:
        words += [*row.limits.in_words(), *filter(None, [row.conditions])]
    return list(dict.fromkeys(words))
