"""What a clearance with conditions allows, in numbers and kinds that booking can obey, and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.screening.wording import in_words
from practice.web.refusals import Words

FLAT, STEP_FREE, QUIET, LIT, CHOSEN = "flat", "step_free", "quiet", "lit", "chosen"
ROUTE_KINDS: dict[str, Words] = {
    FLAT: _("flat"),
    STEP_FREE: _("step-free"),
    QUIET: _("quiet"),
    LIT: _("lit"),
    CHOSEN: _("chosen by the client"),
}
OWN_KINDS: dict[str, Words] = {**ROUTE_KINDS, CHOSEN: _("chosen by you")}
FEWEST_MINUTES, MOST_MINUTES = 5, 240


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The conditions of a clearance that a program can check. Nothing set means no limit.

    `most_minutes`: of moving in one session. `route_kinds`: a route is all of these. `company`: not alone between
    sessions; `no_solo_runs`: no runs alone between sessions. `letter_by`: a doctor's letter is there by that day, the
    day included; `letter_seen`: it came.
    """

    most_minutes: int | None = None
    route_kinds: tuple[str, ...] = ()
    company: bool = False
    no_solo_runs: bool = False
    letter_by: date | None = None
    letter_seen: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything at all is limited."""
        return self != Limits(letter_seen=self.letter_seen)

    def letter_is_missing(self, on: date) -> bool:
        """The day for the letter has passed, and nobody has seen one."""
        return self.letter_by is not None and not self.letter_seen and on > self.letter_by

    def in_words(self) -> tuple[str, ...]:
        """One sentence for each limit, in the order a booking meets them."""
        return tuple(_sentences(self))

    def in_own_words(self) -> tuple[str, ...]:
        """The same as the client reads it on their own pages: what we do together, and between sessions."""
        return tuple(_own_sentences(self))


NO_LIMITS = Limits()


def _sentences(limits: Limits) -> Iterable[str]:
    if limits.most_minutes is not None:
        yield now_("At most %d minutes of moving.") % limits.most_minutes
    if limits.route_kinds:
        words = ", ".join(str(ROUTE_KINDS[kind]) for kind in ROUTE_KINDS if kind in limits.route_kinds)
        yield now_("Routes: %s.") % words
    if limits.no_solo_runs:
        yield now_("No runs alone between sessions.")
    if limits.company:
        yield now_("In company between sessions, not alone.")
    if limits.letter_by is not None:
        yield _letter(limits.letter_by, seen=limits.letter_seen)


def _own_sentences(limits: Limits) -> Iterable[str]:
    if limits.most_minutes is not None:
        yield now_("We move for up to %d minutes each time.") % limits.most_minutes
    if limits.route_kinds:
        words = ", ".join(str(OWN_KINDS[kind]) for kind in OWN_KINDS if kind in limits.route_kinds)
        yield now_("We take routes that are %s.") % words
    if limits.no_solo_runs:
        yield now_("Between our sessions: no runs alone.")
    if limits.company:
        yield now_("Between our sessions: out with somebody, rather than alone.")
    if limits.letter_by is not None and not limits.letter_seen:
        yield now_("Your doctor’s letter reaches us by %s.") % in_words(limits.letter_by)


def _letter(by: date, *, seen: bool) -> str:
    if seen:
        return now_("A doctor’s letter has come.")
    return now_("A doctor’s letter by %s.") % in_words(by)
