"""A client who signs, and who says yes or no to a kind of data."""

from datetime import datetime
from typing import Any

from clients.consents import actions, texts
from clients.consents.models import Consent
from clients.consents.rules import SCRIPT
from clients.models import Client
from practice.models import Member
from tests.factories import MONDAY_NOON

NAME = "Sam Wood"


def ticked(**words: str) -> dict[str, dict[str, Any]]:
    """Every point of the current text ticked, the script chosen; own words by key of their point."""
    return {
        point.key: {
            "agreed": True,
            "choice": "nothing" if point.asks == SCRIPT else "",
            "words": words.get(point.key, ""),
        }
        for point in texts.current().points
    }


def sign(client: Client, *, by: Member | None = None, now: datetime = MONDAY_NOON, **words: str) -> Consent:
    """The client signs the current text."""
    return actions.sign_agreement(
        client=client,
        version=texts.current_number(),
        answers=ticked(**words),
        signature=NAME,
        by=by or client.member,  # type: ignore[arg-type]
        now=now,
    )


def keep(client: Client, kind: str, *, now: datetime = MONDAY_NOON) -> Consent:
    """The client keeps a kind of data to themself."""
    return actions.withhold(client=client, kind=kind, by=client.member, now=now)  # type: ignore[arg-type]


def give(client: Client, kind: str, *, now: datetime = MONDAY_NOON) -> Consent:
    """The client allows a kind of data."""
    return actions.allow(client=client, kind=kind, by=client.member, now=now)  # type: ignore[arg-type]
