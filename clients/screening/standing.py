"""May this client walk or run with us on a day? The newest decision of each mode answers, in plain words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening.models import Clearance
from clients.screening.rules import MOVING_MODES
from clients.screening.wording import in_words
from practice.web.refusals import Words

MODES = ("sit", "walk", "run")
DOING: dict[str, Words] = {"sit": _("sitting"), "walk": _("walking"), "run": _("running")}
KINDS = {
    "open": "clear",
    "cleared": "clear",
    "conditions": "conditions",
    "hold": "hold",
    "not_suited": "stop",
    "expired": "due",
    "letter_missing": "due",
    "not_yet": "due",
    "undecided": "plain",
}
WORDS: dict[str, Words] = {
    "open": _("Sitting is open to everybody."),
    "cleared": _("Cleared for %(doing)s until %(until)s."),
    "conditions": _("Cleared for %(doing)s with conditions until %(until)s: %(conditions)s"),
    "hold": _(
        "Not cleared for %(doing)s: on hold since %(since)s until somebody has talked with the client."
    ),
    "not_suited": _("Not cleared for %(doing)s: not suited now, decided on %(since)s. Sitting stays open."),
    "expired": _(
        "Not cleared for %(doing)s on that day: the decision was to be looked at again by %(until)s."
    ),
    "letter_missing": _(
        "Not cleared for %(doing)s on that day: a doctor’s letter was to be here by %(letter_by)s."
    ),
    "not_yet": _("Not cleared for %(doing)s before %(begins)s, when the decision begins."),
    "undecided": _("Not cleared for %(doing)s: no clinician has decided yet."),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a client stands with one mode on one day. `words` is a sentence for staff; `code` is for programs.

    `kind`, `word` and `until` fit a row of components/clearance.html.
    """

    mode: str
    allows: bool
    clearance: Clearance | None
    code: str
    words: str

    @property
    def kind(self) -> str:
        return KINDS[self.code]

    @property
    def word(self) -> str:
        return str(Clearance.Mode(self.mode).label)

    @property
    def until(self) -> str:
        """Until when an allowing decision holds, "" otherwise."""
        if not self.allows or self.clearance is None:
            return ""
        return str(_("until %s") % in_words(self.clearance.review_on))


def standing_for(client: Client, mode: str, on: date) -> Standing:
    """Where the client stands with `mode` on the local day `on`. Lock the client before you act on it."""
    if mode == Clearance.Mode.SIT:
        return _standing(mode, None, on)
    rows = Clearance.objects.filter(client=client, mode=mode).select_related("letter")
    return _standing(mode, rows.order_by("-pk").first(), on)


def standings(client: Client, on: date) -> list[Standing]:
    """Sitting, walking and running, in one query."""
    rows = Clearance.objects.filter(client=client).current().select_related("letter")
    newest = {clearance.mode: clearance for clearance in rows}
    return [_standing(mode, newest.get(mode), on) for mode in MODES]


def standings_of(clearances: list[Clearance], on: date) -> list[Standing]:
    """The same from decisions that are at hand: the newest of each mode of one client."""
    newest = {clearance.mode: clearance for clearance in clearances}
    return [_standing(mode, newest.get(mode), on) for mode in MODES]


def mark_of(client: Client) -> str:
    """Changes whenever a decision about the client is added."""
    newest = Clearance.objects.filter(client=client).order_by("-pk").values_list("uid", flat=True).first()
    return str(newest or "")


def standing_exclusions(client: Client) -> set[str]:
    """The exclusions that the newest decisions about walking and running carry."""
    newest = Clearance.objects.filter(client=client, mode__in=MOVING_MODES).current()
    return {exclusion for clearance in newest for exclusion in clearance.excluded_by}


def _standing(mode: str, clearance: Clearance | None, on: date) -> Standing:
    code = _code(mode, clearance, on)
    return Standing(
        mode=mode,
        allows=code in {"open", "cleared", "conditions"},
        clearance=None if mode == Clearance.Mode.SIT else clearance,
        code=code,
        words=str(WORDS[code]) % _values(mode, clearance),
    )


def _code(mode: str, clearance: Clearance | None, on: date) -> str:
    if mode == Clearance.Mode.SIT:
        return "open"
    if clearance is None:
        return "undecided"
    if not clearance.allows:
        return clearance.decision
    if on < clearance.valid_from:
        return "not_yet"
    if on > clearance.review_on:
        return "expired"
    return "letter_missing" if clearance.limits.letter_is_missing(on) else clearance.decision


def _values(mode: str, clearance: Clearance | None) -> dict[str, str]:
    values = {"doing": str(DOING[mode])}
    if clearance is None:
        return values
    return values | {
        "since": in_words(clearance.valid_from),
        "begins": in_words(clearance.valid_from),
        "until": in_words(clearance.review_on),
        "conditions": clearance.conditions_in_words,
        "letter_by": in_words(clearance.letter_by) if clearance.letter_by else "",
    }
