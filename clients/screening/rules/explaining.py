"""A suggestion in words that a clinician can argue with: which rule decides, on what, and what would follow without."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clients.screening.rules.assessing import Suggestion
from clients.screening.rules.shapes import CLEARED, CONDITIONS, CRISIS, HOLD, NOT_SUITED, Hit


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One rule behind a suggestion: its code, what it says, what it measured, its source, what to weigh."""

    code: str
    sentence: str
    measured: str
    source: str
    weigh: str
    decides: bool


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The suggestion as a sentence, the rules behind it, and what would follow if they were set aside."""

    sentence: str
    reasons: tuple[Reason, ...]
    otherwise: str


def explain(suggestion: Suggestion) -> Explanation:
    """Words for one suggestion; they claim nothing that its hits do not say."""
    return Explanation(
        sentence=_sentence(suggestion),
        reasons=tuple(_reasons(suggestion)),
        otherwise=_otherwise(suggestion),
    )


def is_of_guidance(code: str) -> bool:
    """Codes of the guidance are shown; our own words for kinds of rows are not."""
    return code[:1] in {"H", "C"} and code[1:2].isdigit()


def _sentence(suggestion: Suggestion) -> str:
    if suggestion.decision == CLEARED:
        return _("No answer speaks against %s.") % _doing(suggestion.mode)
    values = {"doing": _doing(suggestion.mode), "codes": _codes(suggestion.deciding)}
    sentences = {
        CONDITIONS: _("Open for %(doing)s with conditions, because of %(codes)s."),
        HOLD: _("On hold for %(doing)s until somebody has talked with them, because of %(codes)s."),
        NOT_SUITED: _("Not suited to %(doing)s now, because of %(codes)s."),
    }
    return sentences[suggestion.decision] % values


def _reasons(suggestion: Suggestion) -> Iterator[Reason]:
    deciding = suggestion.deciding
    for hit in suggestion.because:
        yield Reason(
            code=hit.code if is_of_guidance(hit.code) else "",
            sentence=str(hit.sentence),
            measured=hit.measured,
            source=str(hit.source),
            weigh=str(hit.weigh),
            decides=hit in deciding,
        )


def _otherwise(suggestion: Suggestion) -> str:
    """What the other answers would suggest; for a hard exclusion, who may say otherwise."""
    if suggestion.decision == CLEARED:
        return ""
    stated = {hit.excludes for hit in suggestion.because if hit.excludes}
    if CRISIS in stated:
        return _(
            "Nobody overrides this. It ends when the crisis has passed and the questions are asked again."
        )
    if stated:
        return _("It ends when the client answers differently, or when a second clinician overrides it.")
    words = {
        CLEARED: _("Set %(codes)s aside after a talk, and no other answer speaks against %(doing)s."),
        CONDITIONS: _(
            "Set %(codes)s aside after a talk, and the other answers leave %(doing)s open with conditions."
        ),
        HOLD: _("Set %(codes)s aside after a talk, and other answers still hold %(doing)s."),
    }
    values = {"doing": _doing(suggestion.mode), "codes": _codes(suggestion.deciding)}
    return words[suggestion.otherwise] % values


def _doing(mode: str) -> str:
    return _("walking") if mode == "walk" else _("running")


def _codes(hits: tuple[Hit, ...]) -> str:
    """ "rule C2", "rules C2, H1a", and "what was not asked" where no code of the guidance is behind it."""
    codes = sorted({hit.code for hit in hits if is_of_guidance(hit.code)})
    others = any(not is_of_guidance(hit.code) for hit in hits)
    if not codes:
        return _("what is still to be asked or talked about")
    words = (_("rules %s") if len(codes) > 1 else _("rule %s")) % ", ".join(codes)
    return _("%s and what is still to be asked or talked about") % words if others else words
