"""For hard days and the worst case: what the fictional practice has written down. Nobody here exists."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from clients.models import Client
from clients.safety.actions import PlanWords, note_first_aid, write_plan
from practice.models import Member
from sessions.emergency_card.actions import PlaceWords, keep_places, name_buddy
from sessions.models import Route

HAS_A_PLAN = "client@demo.example"


def prepare(*, keeper: Member, route: Route, now: datetime) -> None:
    """Where helpers find the meeting point of a route, and who knows where its keeper is."""
    known = PlaceWords(
        address=_("12 Lock Lane, Weirford"),
        access_point=_("Gate at the end of Lock Lane; the code is with the lock keeper"),
        nearest_aed=_("Rowing club, on the wall beside the door, day and night"),
        nearest_ed=_("Weirford General, 2 km along the main road"),
    )
    keep_places(route=route, words=known, seen_version=0, by=keeper, now=now)
    name_buddy(name=_("Ash Ford"), phone="020 7946 0199", by=keeper, now=now)


def write_down(*, client: Client, by: Member, today: date, now: datetime) -> None:
    """A safety plan and what helpers should know."""
    note_first_aid(
        client=client, words=_("Allergic to wasps. Carries a pen, left jacket pocket."), by=by, now=now
    )
    words = PlanWords(
        signs=_("I stop answering messages. The curtains stay closed after ten."),
        on_my_own=_("Kettle on, window open, the long out-breath. The list of songs by the bed."),
        distraction=_("The bench by the lock. The library, where one need not talk."),
        people=_("Chidi, any time. Mo from the choir, in the evening."),
        professionals=_("My therapist, for the next day. The surgery in Lock Lane."),
        surroundings=_("Chidi keeps the tablets and brings what I need for a week."),
    )
    write_plan(
        client=client,
        words=words,
        is_agreed=True,
        look_again_on=today + timedelta(days=80),
        seen_version=0,
        by=by,
        now=now,
    )
