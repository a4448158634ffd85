"""Letters, who was told, a doctor's letter, and a wish for a second clinician: one row of each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clients.letters.models import Letter, Told
from clients.models import Client, LetterSeen, OverrideWish
from practice.models import Member
from tests.factories import MONDAY_NOON

Say = Callable[[str], str]


def told_about(client: Client, clinician: Member, clearance: Any, say: Say) -> dict[str, Any]:
    """What went out about a decision, and what is still asked about it."""
    letter = Letter.objects.create(
        client=client,
        clearance=clearance,
        kind="not_now",
        way="portal",
        text=say("letter"),
        written_by=clinician,
        sent_at=MONDAY_NOON,
    )
    told = Told.objects.create(
        client=client,
        clearance=clearance,
        whom=say("told whom"),
        how="phone",
        words=say("told words"),
        told_by=clinician,
        told_at=MONDAY_NOON,
    )
    seen = LetterSeen.objects.create(
        clearance=clearance, words=say("doctor’s letter"), seen_by=clinician, seen_at=MONDAY_NOON
    )
    wish = OverrideWish.objects.create(
        client=client,
        mode="walk",
        overrides=["H1"],
        conditions=say("wish conditions"),
        rationale=say("wish rationale"),
        review_on=MONDAY_NOON.date() + timedelta(days=20),
        asked_by=clinician,
        asked_on=MONDAY_NOON.date(),
        asked_at=MONDAY_NOON,
    )
    return {"letter": letter, "told": told, "letter seen": seen, "wish": wish}
