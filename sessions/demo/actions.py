"""Set the fictional practice up, once, as if two years had passed in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from practice.models import Member, Practice
from practice.people.actions import admit_member, found_practice
from practice.people.roles import Role
from practice.web.refusals import Refused
from sessions.demo.care import HAS_A_PLAN, prepare, write_down
from sessions.demo.cast import LIVES
from sessions.demo.lives import Stage, Story
from sessions.demo.people import PRACTICE, RESPONSE_WORDS, STAFF, TIME_ZONE, Life
from sessions.demo.routes import ROUTES, gpx_of
from sessions.models import Route
from sessions.routes.actions import import_route
from sessions.summaries.actions import ask_summary

SEED = 20260101
FOUNDED = timedelta(days=800)
ONE_AT_A_TIME = 0x70777464
SUMMARY_DAYS = 90


class RealPractice(Refused):
    """Made-up people never stand beside real ones."""

    code = "real_practice"
    message = _("This database holds a real practice. The demo needs one of its own.")


@transaction.atomic
def set_up_demo(*, password: str, now: datetime, seed: int = SEED, lives: Sequence[Life] = LIVES) -> bool:
    """The fictional practice with its twelve clients, all or nothing. False when it is there already.

    The same seed and day make the same practice. Raises RealPractice where people are real.
    """
    _alone()
    practice = Practice.objects.first()
    if practice is not None and not practice.is_demo:
        raise RealPractice
    if practice is not None:
        return False
    begun = now - FOUNDED
    found_practice(name=PRACTICE, time_zone=TIME_ZONE, is_demo=True, response_words=RESPONSE_WORDS, now=begun)
    staff = {
        person.email: _admit(person.email, person.name, person.roles, password, begun) for person in STAFF
    }
    keeper = staff["clinician@demo.example"]
    stage = Stage(
        now=now,
        rng=Random(seed),  # noqa: S311 - made-up data, the same every time
        staff=staff,
        routes=_routes(keeper, begun),
        password=password,
    )
    prepare(keeper=keeper, route=stage.routes[ROUTES[0].name], now=begun)
    for life in lives:
        _live(stage, Story(stage=stage, life=life))
    return True


def _alone() -> None:
    """Two starts at once must not both find an empty practice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _admit(email: str, name: str, roles: tuple[Role, ...], password: str, at: datetime) -> Member:
    return admit_member(email=email, name=name, roles=list(roles), password=password, by=None, now=at)


def _routes(keeper: Member, at: datetime) -> dict[str, Route]:
    return {
        drawn.name: import_route(
            name=drawn.name,
            meeting_place=drawn.meeting_place,
            description=drawn.description,
            file_name=f"{drawn.name.lower().replace(' ', '-')}.gpx",
            content=gpx_of(drawn),
            by=keeper,
            now=at,
        )
        for drawn in ROUTES
    }


def _live(stage: Stage, story: Story) -> None:
    client = story.play()
    if story.life.email == HAS_A_PLAN:
        write_down(client=client, by=story.clinician, today=stage.at(0, 0).date(), now=stage.at(10, 17))
    if story.life.summary_for:
        today = stage.at(0, 0).date()
        ask_summary(
            client=client,
            since=today - timedelta(days=SUMMARY_DAYS),
            until=today,
            audience=story.life.summary_for,
            questions="",
            plan="",
            by=story.clinician,
            now=stage.now,
        )
