"""What pages say about the practice."""

from dataclasses import dataclass
from datetime import date

from practice.house.rules import host_of
from practice.people.models import Practice
from practice.resources.models import Resource
from practice.resources.rules import missing_needs


def response_words() -> str:
    """The owner's sentence about who reads answers and by when; "" where there is none yet."""
    return Practice.objects.values_list("response_words", flat=True).first() or ""


def are_numbers_confirmed(today: date) -> bool:
    """Whether each emergency and crisis number of the help page was confirmed by somebody here within 180 days.

    A demo is open without: it has no clients, and nobody called.
    """
    practice = Practice.objects.first()
    if practice is None or practice.is_demo:
        return practice is not None
    shown = Resource.objects.standing().around(practice.country)
    if missing_needs(shown):
        return False
    return not Resource.objects.to_confirm_for_help(practice.country, today).exists()


@dataclass(frozen=True, kw_only=True)
class Exit:
    """Where "Exit quickly" leads, and whether an owner has decided about it."""

    to: str
    is_decided: bool

    @property
    def host(self) -> str:
        return host_of(self.to)


def way_out() -> Exit:
    """As the owner last said; nothing in a database without a practice."""
    row = Practice.objects.values_list("exit_to", "exit_is_decided").first()
    to, is_decided = row or ("", False)
    return Exit(to=to, is_decided=is_decided)
