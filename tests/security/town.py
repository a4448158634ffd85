"""A small town to attack: two clients in different care teams with a row of every kind, and everybody who might call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from clients.consents.models import Consent, ConsentDraft
from clients.consents.rules import as_data
from clients.consents.texts import shipped
from clients.intake.actions import tell
from clients.intake.models import ResumeLink
from clients.invitations.models import PortalInvitation
from clients.lifecycle.models import ErasureRequest, Export, Hold
from clients.models import BreakGlass, CareTeamMember, Client, EmergencyContact, SafetyAlert
from clients.questionnaires.actions import enter_result
from clients.questionnaires.actions.entering import Entry
from clients.screening import actions
from practice.jobs.models import Job
from practice.models import Member
from practice.people.tokens import create_token
from sessions.models import Addendum, Summary
from tests.clients.screening.answering import fill
from tests.factories import (
    MONDAY_NOON,
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    NoteFactory,
    PracticeFactory,
    RouteFactory,
    RunLogFactory,
    SessionFactory,
    confirm_every_number,
)
from tests.security.town_changes import changed
from tests.security.town_letters import told_about
from tests.security.town_measures import asked_again
from tests.security.town_safety import hard_days

Say = Callable[[str], str]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ROLES = (
    "anonymous",
    "owner",
    "clinician",
    "colleague",
    "supervisor",
    "reception",
    "client",
    "other_client",
    "invited",
    "former",
    "no_factor",
)


@dataclass(frozen=True, kw_only=True)
class Home:
    """One client with a row of every kind. `rows` says what an address or a body may name."""

    client: Client
    rows: dict[str, Any]

    def uid(self, kind: str) -> str:
        return str(self.rows[kind].uid)


@dataclass(frozen=True, kw_only=True)
class Town:
    """Everybody by role (see ROLES), the home that `clinician` treats, and the home that `colleague` treats."""

    people: dict[str, Member]
    ours: Home
    theirs: Home


def plain(label: str) -> str:
    """What somebody typed who means no harm."""
    return label


def build(say: Say = plain) -> Town:
    """Fill the database. `say` makes every text of every row out of a label."""
    PracticeFactory(exit_to="https://weather.example/", exit_is_decided=True)
    people = _staff(say)
    confirm_every_number(people["owner"])
    ours = home("Sam Wood", people["clinician"], say)
    theirs = home("Lee Stone", people["colleague"], say)
    for role, part in (("supervisor", "supervising"), ("former", "covering"), ("no_factor", "covering")):
        _join(ours.client, people[role], part)
    people["client"], people["other_client"] = ours.client.member, theirs.client.member  # type: ignore[assignment]
    people["invited"] = _invited(people["clinician"], say)
    return Town(people=people, ours=ours, theirs=theirs)


def home(name: str, clinician: Member, say: Say) -> Home:
    """A client in the care of `clinician`, with everything that a record holds."""
    client = ClientFactory(
        name=say(name),
        pronouns="they",
        phone="+44 1632 960001",
        focus=say("focus"),
        portal=True,
        treated_by=clinician,
    )
    EmergencyContact.objects.create(
        client=client, name=say("contact"), relation=say("relation"), phone="+44 1632 960002"
    )
    token = create_token(member=clinician, scopes=["me"], name=say("key")[:80], now=MONDAY_NOON - DAY)[0]
    rows = {"client": client, "member": client.member, "clinician": clinician, "token": token}
    rows |= _decided(client, clinician, say)
    rows |= told_about(client, clinician, rows["clearance"], say)
    rows |= asked_again(client, clinician, rows["screening"])
    rows |= _logged(client, say)
    rows |= _met(client, clinician, rows["clearance"], say)
    rows |= changed(client, clinician, rows["route"], say)
    rows |= _summed_up(client, clinician, say)
    rows |= _leaving(client, clinician, say)
    rows |= _agreed(client, say)
    rows |= _from_elsewhere(client, clinician, say)
    rows |= _begun(client, clinician, say)
    rows |= hard_days(client, clinician, rows["route"], say)
    return Home(client=client, rows=rows)


def _staff(say: Say) -> dict[str, Member]:
    roles = {"owner": "owner", "supervisor": "supervisor", "reception": "reception"}
    people: dict[str, Any] = {
        role: MemberFactory(name=say(role.title()), roles=[roles.get(role, "clinician")])
        for role in ("owner", "clinician", "colleague", "supervisor", "reception", "no_factor")
    }
    people["former"] = MemberFactory(name=say("Former"), roles=["clinician"], is_active=False)
    return people


def _join(client: Client, member: Member, part: str) -> None:
    CareTeamMember.objects.create(
        client=client, member=member, part=part, since=MONDAY_NOON.date() - 90 * DAY
    )


def _invited(clinician: Member, say: Say) -> Member:
    """Somebody took up the letter to a client; nobody has confirmed yet that it was the client."""
    client = ClientFactory(name=say("Ash Ford"), treated_by=clinician)
    member: Member = MemberFactory(name=say("Ash"), roles=["client"], is_confirmed=False)
    PortalInvitation.objects.create(
        client=client,
        email="ash@clients.example",
        digest=client.uid.hex * 2,
        seal="0" * 64,
        second="code",
        invited_by=clinician,
        invited_at=MONDAY_NOON - DAY,
        ends_at=MONDAY_NOON + DAY,
        member=member,
        accepted_at=MONDAY_NOON - HOUR,
    )
    return member


def _decided(client: Client, clinician: Member, say: Say) -> dict[str, Any]:
    """Questions handed in, questions open with an alert, and a decision since, on which sessions stand."""
    submitted = _handed_in(client, clinician)
    screening = actions.ask_screening(client=client, purpose="review", by=clinician, now=MONDAY_NOON - DAY)
    response = screening.responses.get(instrument="phq9")
    assert client.member is not None
    alert = actions.answer(response=response, item="q9", value=1, by=client.member, now=MONDAY_NOON - HOUR)
    clearance = ClearanceFactory(
        client=client,
        decided_by=clinician,
        rationale=say("rationale"),
        conditions=say("conditions"),
        decision="conditions",
    )
    closed = SafetyAlert.objects.create(
        client=client,
        response=submitted.responses.get(instrument="phq9"),
        item="q9",
        raised_at=MONDAY_NOON - 19 * DAY,
        seen_at=MONDAY_NOON - 18 * DAY,
        seen_by=clinician,
        what_was_done=say("what was done"),
    )
    rows = {"submitted": submitted, "screening": screening, "clearance": clearance}
    return rows | {"alert": alert, "closed alert": closed}


def _begun(client: Client, clinician: Member, say: Say) -> dict[str, Any]:
    """An intake that is open: something told about themself, its draft, and a link that waits to be sent."""
    assert client.member is not None
    before = MONDAY_NOON - HOUR
    intake = actions.ask_screening(
        client=client, purpose="intake", instruments=["gad7"], by=clinician, now=before
    )
    usual: dict[str, Any] = {"screening": intake, "by": client.member, "now": before}
    sheet = tell(section="reaching", ask="careful", answer=say("careful"), **usual)
    tell(section="about", ask="called", answer=say("called"), **usual)
    tell(section="hopes", ask="hopes", answer=say("hopes"), **usual)
    link = ResumeLink.objects.create(client=client, screening=intake, asked_at=before)
    return {"intake": intake, "sheet": sheet, "draft of answers": intake.draft, "resume link": link}


def _handed_in(client: Client, clinician: Member) -> Any:
    """Two questionnaires, answered with nothing that a rule hears of."""
    by, before = client.member, MONDAY_NOON - 20 * DAY
    asked = actions.ask_screening(
        client=client, purpose="intake", instruments=["phq9", "gad7"], by=clinician, now=before
    )
    assert by is not None
    fill(asked, by, before)
    return actions.submit_screening(screening=asked, by=by, now=before)


def _logged(client: Client, say: Say) -> dict[str, Any]:
    run = RunLogFactory(client=client, journal=say("journal"), mood_before=2, mood_after=4)
    return {"run": run, "staff run": run}


def _met(client: Client, clinician: Member, clearance: Any, say: Say) -> dict[str, Any]:
    """A walk to come, a session that is over but not closed, and one that took place, with its note."""
    route = RouteFactory(
        name=say("Way"),
        meeting_place=say("gate"),
        description=say("description"),
        added_by=clinician,
        file_name=say("file")[:120],
    )
    usual = {"client": client, "clinician": clinician, "meeting_place": say("bench")[:200]}
    walk = {"mode": "walk", "place": "outdoors", "pace": "chat", "route": route, "clearance": clearance}
    session = SessionFactory(**usual, **walk, starts_at=MONDAY_NOON + 2 * DAY)
    past = SessionFactory(**usual, starts_at=MONDAY_NOON - DAY)
    done = SessionFactory(**usual, **walk, completed=True, starts_at=MONDAY_NOON - 7 * DAY)
    drafted = SessionFactory(**usual, completed=True, starts_at=MONDAY_NOON - 14 * DAY)
    note = NoteFactory(
        session=done,
        body={key: say(key) for key in ("subjective", "objective", "assessment", "plan")},
        walk={"weather": say("weather"), "setting": "walk"},
        signed_at=MONDAY_NOON - 6 * DAY,
        signed_by=clinician,
        seal="0" * 64,
    )
    Addendum.objects.create(note=note, author=clinician, text=say("addendum"), added_at=MONDAY_NOON - 5 * DAY)
    draft = NoteFactory(session=drafted, body={"subjective": say("subjective"), "plan": say("plan")})
    rows = {"session": session, "past": past, "done": done, "drafted": drafted}
    return rows | {"note": note, "draft": draft, "route": route}


def _summed_up(client: Client, clinician: Member, say: Say) -> dict[str, Any]:
    """A summary that is made, one that waits, and the job for it."""
    usual = {
        "client": client,
        "since": MONDAY_NOON.date() - 30 * DAY,
        "until": MONDAY_NOON.date() - DAY,
        "audience": "supervision",
        "questions": say("questions"),
        "plan": say("plan"),
        "asked_by": clinician,
        "asked_at": MONDAY_NOON - HOUR,
    }
    made = {"made_at": MONDAY_NOON - HOUR, "pdf": b"%PDF-1.7 made up", "pages": 1, "sha256": "0" * 64}
    summary = Summary.objects.create(version=1, **usual, **made)
    waiting = Summary.objects.create(version=2, **usual)
    job = Job.objects.create(
        kind="summary",
        subject_uid=waiting.uid,
        asked_by=clinician,
        asked_at=MONDAY_NOON - HOUR,
        state="waiting",
    )
    return {"summary": summary, "waiting summary": waiting, "job": job}


def _agreed(client: Client, say: Say) -> dict[str, Any]:
    """An agreement that is signed, a kind of data that is kept to themself, and ticks that are not signed."""
    text = shipped()
    answers = {point.key: {"agreed": True, "words": say("topics")} for point in text.points if point.asks}
    usual = {"client": client, "by": client.member, "at": MONDAY_NOON - 3 * DAY}
    consent = Consent.objects.create(
        about="movement",
        step="given",
        version=1,
        text=as_data(text),
        answers=answers,
        signature=say("signature")[:120],
        review_on=MONDAY_NOON.date() + 300 * DAY,
        **usual,
    )
    Consent.objects.create(about="heart_rate", step="withdrawn", words=say("why"), **usual)
    ConsentDraft.objects.create(
        client=client, agreement="movement", version=1, answers=answers, changed_at=MONDAY_NOON - DAY
    )
    return {"consent": consent}


def _leaving(client: Client, clinician: Member, say: Say) -> dict[str, Any]:
    """A copy that lies ready, a hold, somebody who asks that the record go, and an emergency that is over."""
    asked = {"asked_by": clinician, "asked_at": MONDAY_NOON - HOUR}
    ready = {"made_at": MONDAY_NOON - HOUR, "expires_at": MONDAY_NOON + HOUR, "size": 8, "sha256": "0" * 64}
    export = Export.objects.create(kind="record", client=client, content=b"PK made up", **asked, **ready)
    everything = Export.objects.create(kind="practice", **asked)
    hold = Hold.objects.create(
        client=client, reason="claim", file=say("number"), set_by=clinician, set_at=MONDAY_NOON - DAY
    )
    erasure = ErasureRequest.objects.create(client=client, reason="client_asked", **asked)
    emergency = BreakGlass.objects.create(
        client=client,
        member=clinician,
        reason="other",
        words=say("emergency"),
        opened_at=MONDAY_NOON - DAY,
        until=MONDAY_NOON - DAY + HOUR,
        ended_at=MONDAY_NOON - DAY + HOUR,
    )
    rows = {"export": export, "practice export": everything, "hold": hold, "erasure": erasure}
    return rows | {"emergency": emergency}


def _from_elsewhere(client: Client, clinician: Member, say: Say) -> dict[str, Any]:
    """A result of a questionnaire whose text is not here."""
    entry = Entry(
        name=say("questionnaire"),
        score=say("score"),
        taken_on=MONDAY_NOON.date() - 9 * DAY,
        link="https://results.example/1",
        note=say("note of a result"),
    )
    return {"result": enter_result(client=client, entry=entry, by=clinician, now=MONDAY_NOON - HOUR)}
