"""How often a client of the town is asked the same questions, and a form that waits."""

from datetime import timedelta
from typing import Any

from clients.measures.models import MeasurePlan
from clients.models import Client, Screening
from practice.models import Member
from tests.factories import MONDAY_NOON


def asked_again(client: Client, clinician: Member, screening: Screening) -> dict[str, Any]:
    """A plan with a day on which it was due, one that rests, and a form of the set that is open."""
    usual = {
        "client": client,
        "every": 4,
        "unit": "weeks",
        "starts_on": MONDAY_NOON.date() - timedelta(days=60),
        "set_by": clinician,
        "set_at": MONDAY_NOON - timedelta(days=60),
    }
    plan = MeasurePlan.objects.create(instrument="phq9", **usual)
    plan.occasions.create(
        due_on=MONDAY_NOON.date() - timedelta(days=30),
        noted_at=MONDAY_NOON - timedelta(days=30),
        screening=screening,
    )
    resting = MeasurePlan.objects.create(instrument="gad7", paused_on=MONDAY_NOON.date(), **usual)
    return {"measure plan": plan, "resting plan": resting, "form": screening.responses.get(instrument="gad7")}
