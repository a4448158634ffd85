"""A client about whom everything is kept: one row of each kind at least, with words to look for."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from clients.instruments import load, written
from clients.models import (
    BreakGlass,
    Clearance,
    Client,
    EmergencyContact,
    Response,
    SafetyAlert,
)
from practice.models import Member
from sessions.models import Addendum, Summary
from tests.factories import (
    MONDAY_NOON,
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    NoteFactory,
    RunLogFactory,
    ScreeningFactory,
    SessionFactory,
)

NOTE, ADDENDUM, SHARED, UNSHARED, PAPER = (
    "canary-note-words",
    "canary-addendum-words",
    "canary-shared-journal",
    "canary-unshared-journal",
    b"%PDF-1.7 canary-paper",
)
RATIONALE, ALERT, CONTACT = "canary-rationale", "canary-what-was-done", "canary-contact"
CLINICAL = (NOTE, ADDENDUM, RATIONALE, ALERT)
YEARS_LATER = MONDAY_NOON + timedelta(days=365 * 9)


def whole_client(clinician: Member, *, days: int = 0, **details: Any) -> Client:
    """Somebody whose work has ended, with the portal and one of everything; the session lay `days` later."""
    details = {"name": "Sam Wood", "status": Client.Status.ENDED, "born_on": date(1988, 3, 27)} | details
    client: Client = ClientFactory(portal=True, treated_by=clinician, **details)
    EmergencyContact.objects.create(client=client, name=CONTACT, phone="01632 960001")
    _screening(client, clinician)
    _log(client)
    _session(client, clinician, days)
    _summaries(client, clinician)
    _emergency(client)
    return client


def _screening(client: Client, clinician: Member) -> None:
    screening = ScreeningFactory(client=client, asked_by=clinician, submitted_at=MONDAY_NOON)
    phq9 = load("phq9")
    response = Response.objects.create(
        screening=screening,
        order=1,
        instrument="phq9",
        version=phq9.version,
        snapshot=written(phq9),
        answers={item.key: 1 for item in phq9.items},
        result={"total": 9, "band": "mild", "missing": [], "flags": []},
        submitted_at=MONDAY_NOON,
    )
    SafetyAlert.objects.create(
        client=client,
        response=response,
        item=phq9.items[-1].key,
        raised_at=MONDAY_NOON,
        seen_at=MONDAY_NOON,
        seen_by=clinician,
        what_was_done=ALERT,
    )
    Clearance.objects.create(
        client=client,
        screening=screening,
        mode="sit",
        decision="cleared",
        rationale=RATIONALE,
        decided_by=clinician,
        decided_at=MONDAY_NOON,
        valid_from=MONDAY_NOON.date(),
        review_on=MONDAY_NOON.date() + timedelta(days=90),
    )


def _log(client: Client) -> None:
    RunLogFactory(client=client, journal=SHARED)
    RunLogFactory(client=client, journal=UNSHARED, share=False)


def _session(client: Client, clinician: Member, days: int) -> None:
    clearance = ClearanceFactory(client=client, decided_by=clinician, rationale=RATIONALE)
    session = SessionFactory(
        client=client,
        clinician=clinician,
        walk=True,
        completed=True,
        clearance=clearance,
        starts_at=MONDAY_NOON + timedelta(days=days),
    )
    note = NoteFactory(session=session, author=clinician, body={"subjective": NOTE}, walk={"weather": "Rain"})
    note.signed_at, note.signed_by, note.seal = MONDAY_NOON + timedelta(hours=3), clinician, "0" * 64
    note.save()
    Addendum.objects.create(note=note, author=clinician, text=ADDENDUM, added_at=MONDAY_NOON)


def _summaries(client: Client, clinician: Member) -> None:
    for version, audience in enumerate(("review", "client"), start=1):
        Summary.objects.create(
            client=client,
            version=version,
            since=date(2026, 1, 1),
            until=date(2026, 6, 1),
            audience=audience,
            snapshot={},
            pdf=PAPER + audience.encode(),
            pages=1,
            sha256=sha256(PAPER + audience.encode()).hexdigest(),
            asked_by=clinician,
            asked_at=MONDAY_NOON,
            made_at=MONDAY_NOON,
        )


def _emergency(client: Client) -> None:
    BreakGlass.objects.create(
        client=client,
        member=MemberFactory(),
        reason="crisis",
        words="canary-emergency",
        opened_at=MONDAY_NOON,
        until=MONDAY_NOON + timedelta(minutes=30),
        ended_at=MONDAY_NOON + timedelta(minutes=5),
    )
