"""How often the people of the fictional practice are asked how they have been."""

from datetime import datetime

from clients.measures.actions import PlanWords, plan_measures
from clients.models import Client
from practice.models import Member

CHECK_IN = ("phq9", "gad7")


def plan_check_ins(client: Client, *, by: Member, at: datetime) -> None:
    """Every four sessions, from the day of the decision on."""
    words = PlanWords(every=4, unit="sessions", starts_on=at.date())
    plan_measures(client=client, instruments=CHECK_IN, words=words, by=by, now=at)
