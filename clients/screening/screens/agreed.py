"""What a client reads of the conditions that were agreed with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.screening.models import Clearance
from clients.screening.standing import standings


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What holds for these ways of moving, in the client's own words, until we look again."""

    title: str
    lines: Sequence[str]
    until: date


def agreed_with(client: Client, today: date) -> list[Agreed]:
    """The conditions of what is open today: what the client can keep to. No reason, no rule, nobody's free words."""
    found: dict[tuple[tuple[str, ...], date], list[str]] = {}
    for standing in standings(client, today):
        row = standing.clearance
        if row is not None and standing.allows and (lines := _own_lines(row)):
            found.setdefault((lines, row.review_on), []).append(standing.word)
    return [
        Agreed(
            title=_(" and ").join([names[0], *(name.lower() for name in names[1:])]), lines=lines, until=until
        )
        for (lines, until), names in found.items()
    ]


def _own_lines(row: Clearance) -> tuple[str, ...]:
    return row.limits_with(letter_seen=hasattr(row, "letter")).in_own_words()
