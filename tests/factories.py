"""The smallest valid object of each kind; traits name the interesting variants."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from clients.models import CareTeamMember, Clearance, Client, RunLog, Screening
from practice.encryption.actions import make_key
from practice.models import Member, Practice, Resource, User
from practice.resources.actions import seed
from sessions.models import Note, Route, TherapySession

MONDAY_NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PASSWORD = "side-by-side-2026"


@lru_cache(maxsize=1)
def hashed_password() -> str:
    """PASSWORD as it is kept. Hashing is slow on purpose, so it is done once for all the people of the tests."""
    return make_password(PASSWORD)


class PracticeFactory(DjangoModelFactory[Practice]):
    class Meta:
        model = Practice
        django_get_or_create = ["only"]

    only = True
    name = "Towpath Demo Practice"
    response_words = "A clinician reads your answers within 2 working days."


def confirm_every_number(by: Member) -> None:
    """Somebody of the practice has called whatever the help page shows: clients may be invited."""
    seed(now=MONDAY_NOON)
    Resource.objects.filter(need__in=["emergency", "crisis"]).update(
        verified_by=by, verified_on=timezone.localdate()
    )


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@practice.example")
    password = factory.LazyFunction(hashed_password)


class MemberFactory(DjangoModelFactory[Member]):
    class Meta:
        model = Member

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Robin Vale {n}")
    roles = ["clinician"]


class ClientFactory(DjangoModelFactory[Client]):
    """`treated_by=member` puts that member in the care team as primary clinician; `portal=True` opens the portal."""

    class Meta:
        model = Client
        skip_postgeneration_save = True

    class Params:
        portal = factory.Trait(member=factory.SubFactory(MemberFactory, roles=["client"]))

    reference = factory.Sequence(lambda n: f"TP-{n + 1:04d}")
    name = factory.Sequence(lambda n: f"Sam Wood {n}")
    email = factory.Sequence(lambda n: f"client{n}@clients.example")
    status = Client.Status.ACTIVE
    data_key = factory.LazyFunction(lambda: make_key(now=MONDAY_NOON))
    registered_at = MONDAY_NOON - timedelta(days=365)

    @factory.post_generation
    def treated_by(self: Any, create: bool, member: Member | None, **extra: Any) -> None:
        if create and member:
            CareTeamMember.objects.create(client=self, member=member, part="primary", since=date(2020, 1, 1))


class ScreeningFactory(DjangoModelFactory[Screening]):
    class Meta:
        model = Screening

    client = factory.SubFactory(ClientFactory)
    purpose = "intake"
    asked_by = factory.SubFactory(MemberFactory)
    asked_at = MONDAY_NOON - timedelta(days=30)


class ClearanceFactory(DjangoModelFactory[Clearance]):
    class Meta:
        model = Clearance

    client = factory.SubFactory(ClientFactory)
    mode = "walk"
    decision = "cleared"
    rationale = "Answers clear; talked through on the phone."
    decided_by = factory.SubFactory(MemberFactory)
    decided_at = MONDAY_NOON - timedelta(days=20)
    valid_from = factory.LazyAttribute(lambda clearance: clearance.decided_at.date())
    review_on = factory.LazyAttribute(lambda clearance: clearance.valid_from + timedelta(days=90))


class RunLogFactory(DjangoModelFactory[RunLog]):
    class Meta:
        model = RunLog

    client = factory.SubFactory(ClientFactory, portal=True)
    logged_by = factory.SelfAttribute("client.member")
    activity = "run"
    started_at = MONDAY_NOON - timedelta(days=2)
    utc_offset_minutes = 60
    minutes = 30
    created_at = changed_at = MONDAY_NOON - timedelta(days=2)


class RouteFactory(DjangoModelFactory[Route]):
    class Meta:
        model = Route

    name = factory.Sequence(lambda n: f"Towpath and back {n}")
    meeting_place = "Lock keeper's cottage"
    distance_m = 3_200
    ascent_m = 24
    descent_m = 24
    points = [[51.50, -0.10, 10.0, 0], [51.51, -0.10, 22.0, 1112], [51.50, -0.12, 10.0, 3200]]
    profile = [[0, 10.0], [1112, 22.0], [3200, 10.0]]
    added_by = factory.SubFactory(MemberFactory)
    added_at = MONDAY_NOON - timedelta(days=60)


class SessionFactory(DjangoModelFactory[TherapySession]):
    """A sitting session by default; `walk=True` gives a walk on a route, with its clearance."""

    class Meta:
        model = TherapySession
        skip_postgeneration_save = True

    class Params:
        walk = factory.Trait(
            mode="walk",
            place="outdoors",
            pace="chat",
            route=factory.SubFactory(RouteFactory),
            clearance=factory.SubFactory(ClearanceFactory, client=factory.SelfAttribute("..client")),
        )
        completed = factory.Trait(
            state="completed",
            closed_at=factory.SelfAttribute("ends_at"),
            closed_by=factory.SelfAttribute("clinician"),
        )

    client = factory.SubFactory(ClientFactory)
    clinician = factory.SubFactory(MemberFactory)
    mode = "sit"
    place = "office"
    starts_at = MONDAY_NOON
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(minutes=50))
    busy_from = factory.SelfAttribute("starts_at")
    busy_until = factory.SelfAttribute("ends_at")
    time_zone = "Europe/London"
    booked_by = factory.SelfAttribute("clinician")
    booked_at = MONDAY_NOON - timedelta(days=7)

    @factory.post_generation
    def in_care(self: Any, create: bool, given: None, **extra: Any) -> None:
        """The clinician of the session treats the client, unless somebody does already."""
        if create and not self.client.care_team.exists():
            CareTeamMember.objects.create(
                client=self.client, member=self.clinician, part="primary", since=date(2020, 1, 1)
            )


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    session = factory.SubFactory(SessionFactory, completed=True)
    author = factory.SelfAttribute("session.clinician")
    format = "soap"
    body = {"subjective": "Talked about the week.", "plan": "Same time next week."}
    created_at = changed_at = MONDAY_NOON + timedelta(hours=2)
