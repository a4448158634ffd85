"""What has changed for a client of the town, and a run that is on hold since."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clients.models import Client, Rescreen
from practice.models import Member
from sessions.models import HoldChoice
from tests.factories import MONDAY_NOON, ClearanceFactory, SessionFactory

HOUR = timedelta(hours=1)


def changed(client: Client, clinician: Member, route: Any, say: Callable[[str], str]) -> dict[str, Any]:
    """A change that the client told and that waits, and a run on hold that the clinician chose to keep so."""
    stopped = ClearanceFactory(client=client, mode="run", decision="hold", rationale=say("because"))
    change = Rescreen.objects.create(
        client=client,
        kind="injury",
        why=say("what changed"),
        evidence={"said": say("evidence")},
        waits_for=["run"],
        assigned_to=clinician,
        raised_by=client.member,
        raised_at=MONDAY_NOON - HOUR,
    )
    held = SessionFactory(
        client=client,
        clinician=clinician,
        mode="run",
        place="outdoors",
        pace="chat",
        route=route,
        clearance=stopped,
        meeting_place=say("bench")[:200],
        starts_at=MONDAY_NOON + timedelta(days=4),
        state="on_hold",
        held_at=MONDAY_NOON - HOUR,
    )
    choice = HoldChoice.objects.create(
        session=held,
        choice="keep",
        held_at=held.held_at,
        was_mode="run",
        was_route=route,
        was_pace="chat",
        was_meeting_place=say("bench")[:200],
        chosen_by=clinician,
        chosen_at=MONDAY_NOON - HOUR,
    )
    return {"change": change, "held": held, "choice": choice}
