"""What a home holds for hard days, and what the practice keeps for emergencies."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clients.models import Client, FirstAidNote, SafetyPlan
from clients.safety.models import STEPS
from practice.models import Member, Resource
from sessions.models import Buddy, EmergencyPlaces
from tests.factories import MONDAY_NOON

DAY = timedelta(days=1)


def hard_days(client: Client, clinician: Member, route: Any, say: Callable[[str], str]) -> dict[str, Any]:
    """A safety plan that was agreed, what helpers should know, a number for clients, and what a card shows."""
    by, at = clinician, MONDAY_NOON - DAY
    plan = SafetyPlan.objects.create(
        client=client,
        version=1,
        **{key: say(key) for key in STEPS},
        is_agreed=True,
        written_by=by,
        written_at=at,
        look_again_on=(MONDAY_NOON + DAY).date(),
    )
    note = FirstAidNote.objects.create(client=client, words=say("allergies"), written_by=by, written_at=at)
    words = {name: say(name)[:100] for name in ("name", "words", "hours", "who_for")}
    resource = Resource.objects.create(
        need="crisis", country="GB", phone="01632 960123", added_by=by, added_at=at, **words
    )
    known = {name: say(name)[:200] for name in ("address", "access_point", "nearest_aed", "nearest_ed")}
    places = EmergencyPlaces.objects.create(route=route, changed_by=by, changed_at=at, **known)
    buddy = Buddy.objects.create(
        member=clinician, name=say("buddy")[:120], phone="+44 1632 960003", changed_at=at
    )
    rows = {"plan": plan, "first aid": note, "resource": resource}
    return rows | {"places": places, "buddy": buddy}
