"""T07, T08: whoever may not read a record finds not a word of it in any answer.

Every text of every row that leads to a client holds a word of its own, found by walking the models: a field that is
added tomorrow is searched for tomorrow. Only what is named below as a contact may be seen at the desk.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from clients.intake.models import IntakeSheet
from clients.lifecycle.models import Hold
from clients.models import Client, EmergencyContact, RunLog
from practice.encryption.fields import Encrypted
from practice.models import Member
from sessions.models import Note, TherapySession
from tests.factories import MONDAY_NOON
from tests.security.callers import Callers
from tests.security.routes import Route, routes
from tests.security.town import Town, build

pytestmark = pytest.mark.django_db
CANARY = re.compile(r"zq\d{4}kw")
CONTACTS = {
    (Client, "name"),
    (Client, "pronouns"),
    (Client, "email"),
    (Client, "phone"),
    (EmergencyContact, "name"),
    (EmergencyContact, "relation"),
    (EmergencyContact, "phone"),
    (TherapySession, "meeting_place"),
}
"""Names, contacts and where to meet: what reception keeps. Everything else that is text is clinical."""
OFFICE = {(Hold, "file"), (Hold, "lifted_because")}
"""What an owner writes about the keeping of a record: the number of a claim, never what the record says."""
CODES = {
    (Client, "reference"),
    (TherapySession, "time_zone"),
    (TherapySession, "reason"),
    (Note, "seal"),
}
"""Codes that a database holds to a shape; `reason` has a test of its own below."""
SHAPED = re.compile(r"^[0-9a-f]{16,}$|^[a-z0-9_.-]*$")  # a digest, a key, a code: not what a person typed
LEAST_ROOM, MANY = 10, 30
WORDED = {"items", "text", "stem"}
"""Of the questions as they were asked that day, what the client read; the rest decides how they are scored."""


def leads_to_client(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a row of this model hangs on a client, directly or through others."""
    if model is Client:
        return True
    up = [field.related_model for field in model._meta.fields if field.is_relation]
    return any(
        leads_to_client(one, seen | {model})
        for one in up
        if one not in seen and one is not Member and isinstance(one, type)
    )


def texts_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """The fields of a model that can hold what somebody typed."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField | Encrypted)
        has_room = (getattr(field, "max_length", None) or LEAST_ROOM) >= LEAST_ROOM
        if is_text and has_room and not field.choices and not field.primary_key:
            yield field


class Canaries:
    """Puts a word of its own into each text that is kept, and knows where and about whom."""

    def __init__(self) -> None:
        self.where: dict[str, tuple[type[models.Model], str]] = {}
        self.about: dict[str, Client | None] = {}

    def fill(self, sender: type[models.Model], instance: models.Model, **signal: Any) -> None:
        """Just before a row is kept: whatever text it has, it has another now."""
        if not leads_to_client(sender):
            return
        client = client_of(instance)
        for field in texts_of(sender):
            if (sender, field.name) not in CODES:
                value = getattr(instance, field.attname)
                setattr(instance, field.attname, self._filled(value, field, client))

    def of(self, client: Client) -> set[str]:
        return {word for word in self.where if self.about[word] == client}

    def clinical(self, client: Client) -> set[str]:
        return {word for word in self.of(client) if self.where[word] not in CONTACTS | OFFICE}

    def _filled(self, value: Any, field: Any, client: Client | None) -> Any:
        """The value with each text in it replaced; codes, digests and numbers stay, or nothing could be shown."""
        if isinstance(value, dict):
            return {
                key: self._filled(inner, field, client)
                if field.name != "snapshot" or key in WORDED
                else inner
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self._filled(inner, field, client) for inner in value]
        if not isinstance(value, str) or CANARY.search(value) or SHAPED.match(value):
            return value
        word = f"zq{len(self.where):04d}kw"
        self.where[word], self.about[word] = (field.model, field.name), client
        return f"{word}@clients.example" if isinstance(field, models.EmailField) else word


def client_of(row: Any) -> Client | None:
    """The client at the end of the row's way up; None for a row about nobody, such as a copy of everything."""
    while row is not None and not isinstance(row, Client):
        up = [field for field in row._meta.fields if field.is_relation and field.related_model is not Member]
        row = next(getattr(row, field.name) for field in up if leads_to_client(field.related_model))
    return row if isinstance(row, Client) else None


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
def town(room, canaries) -> Town:
    """The town, with a canary in every text from the moment it is kept."""
    models.signals.pre_save.connect(canaries.fill)
    try:
        return build(lambda label: f"Say {label}")
    finally:
        models.signals.pre_save.disconnect(canaries.fill)


@pytest.fixture(scope="module")
def clinical(town: Town, canaries: Canaries) -> set[str]:
    """The words that our client's record holds."""
    return canaries.clinical(town.ours.client)


READS: list[Route] = [route for route in routes() if "GET" in route.verbs]
SHOWS_WHY_IT_WAS_OPENED, SHOWS_HOW_TO_REACH = "break_glass_reviews", "client_told"
BY_PROGRAM = "api_client_told"
EXPECTED = {
    ("owner", SHOWS_WHY_IT_WAS_OPENED),
    ("reception", SHOWS_HOW_TO_REACH),
    ("reception", BY_PROGRAM),
}
"""Doors with some of a client's words for somebody outside the care team; what exactly is held below."""
OTHER_CLIENT = pytest.param("other_client", marks=pytest.mark.deep)
Seen = dict[str, set[str]]


def words_in(answer: Any) -> set[str]:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return set(CANARY.findall(content.decode("utf-8", errors="ignore")))


@pytest.fixture(scope="module")
def crawl(town) -> Callable[[str], Seen]:
    """Every page and endpoint that can be read, by name, with the canaries that this role finds there."""
    callers = Callers({role: town.people[role] for role in town.people if role != "anonymous"})

    @cache
    def crawled(who: str) -> Seen:
        return {route.name: words_in(callers.call(who, "GET", route.address(town.ours))) for route in READS}

    return crawled


def test_every_kind_of_text_has_a_canary(canaries, clinical):
    kinds = {model.__name__ for model, _field in canaries.where.values()}

    assert {
        "Client",
        "Note",
        "Addendum",
        "Response",
        "Clearance",
        "SafetyAlert",
        "RunLog",
        "Summary",
    } <= kinds
    assert {"BreakGlass", "EmergencyContact", "TherapySession"} <= kinds
    assert len(clinical) > MANY


def test_the_care_team_reads_them(canaries, callers, town):
    """The cage is open on the right side: what nobody finds would prove nothing."""
    shown = [
        route
        for route in READS
        if route.name in {"client", "note", "client_runs", "safety_alert", "api_client"}
    ]

    found = set().union(
        *(words_in(callers.call("clinician", "GET", one.address(town.ours))) for one in shown)
    )

    places = {canaries.where[word] for word in found}
    assert {(Note, "body"), (RunLog, "journal"), (Client, "focus"), (EmergencyContact, "name")} <= places


@pytest.mark.parametrize("who", ["reception", "owner", "colleague", "anonymous", OTHER_CLIENT])
def test_nobody_else_finds_a_clinical_word_on_any_page_or_endpoint(canaries, clinical, crawl, who):
    found = {
        name: {canaries.where[word] for word in words & clinical}
        for name, words in crawl(who).items()
        if words & clinical and (who, name) not in EXPECTED
    }

    assert found == {}


@pytest.mark.parametrize("door", [SHOWS_HOW_TO_REACH, BY_PROGRAM])
def test_the_desk_reads_of_an_intake_only_how_to_reach_somebody(canaries, clinical, crawl, town, door):
    others = IntakeSheet.objects.filter(client=town.ours.client).exclude(section="reaching")
    not_for_the_desk = {word for sheet in others for word in CANARY.findall(f"{sheet.asked} {sheet.answers}")}

    told = crawl("reception")[door] & clinical

    assert {canaries.where[word][0] for word in told} == {IntakeSheet}
    assert not_for_the_desk
    assert told & not_for_the_desk == set()


def test_an_owner_reads_of_an_emergency_only_why(canaries, clinical, crawl):
    found = crawl("owner")[SHOWS_WHY_IT_WAS_OPENED] & clinical

    assert {canaries.where[word][1] for word in found} <= {"words", "review"}


@pytest.mark.parametrize("who", ["colleague", "anonymous", OTHER_CLIENT])
def test_outside_care_team_and_desk_nobody_finds_a_contact(canaries, town, crawl, who):
    ours = canaries.of(town.ours.client)

    assert {name for name, words in crawl(who).items() if words & ours} == set()


@pytest.mark.deep
@pytest.mark.parametrize("who", ["invited", "former"])
def test_who_is_not_or_no_longer_let_in_finds_nothing(canaries, town, crawl, who):
    ours = canaries.of(town.ours.client)

    assert {name for name, words in crawl(who).items() if words & ours} == set()


@pytest.mark.parametrize("name", ["caseload", "api_clients", "clients_and_clinicians"])
def test_no_search_finds_a_client_by_a_clinical_word(canaries, clinical, callers, town, name):
    who = "owner" if name == "clients_and_clinicians" else "reception"
    one_of_each = {canaries.where[word]: word for word in clinical}

    told = [
        place
        for place, word in one_of_each.items()
        if town.ours.client.reference.encode()
        in callers.call(who, "GET", reverse(name), {"q": word, "search": word}).content
    ]

    assert told == []


@pytest.mark.parametrize("status", ["active", "ended"])
def test_the_desk_cannot_sort_clients_by_where_the_work_stands(canaries, clinical, callers, status):
    usual = callers.call("reception", "GET", reverse("caseload")).content.decode()
    asked = callers.call("reception", "GET", reverse("caseload"), {"status": status}).content.decode()

    assert usual.count("<tr>") == asked.count("<tr>")


NEUTRAL = "This client is not cleared for running on that day. Ask their clinician."


@pytest.mark.parametrize("decision", ["hold", "not_suited", "none"])
def test_a_booking_refused_to_the_desk_says_one_neutral_sentence(callers, town, decision):
    from clients.models import Clearance  # noqa: PLC0415 - beside its use

    if decision != "none":
        Clearance.objects.create(
            client=town.ours.client,
            mode="run",
            decision=decision,
            rationale="zq9999kw",
            decided_by=town.people["clinician"],
            decided_at=MONDAY_NOON,
            valid_from=MONDAY_NOON.date(),
            review_on=MONDAY_NOON.date(),
        )
    body = {
        "client": town.ours.uid("client"),
        "clinician": town.ours.uid("clinician"),
        "mode": "run",
        "pace": "chat",
        "starts_at": "2026-06-10T10:00:00+01:00",
    }

    answer = callers.call("reception", "POST", reverse("api_sessions"), body)

    assert (answer.status_code, json.loads(answer.content)["detail"]) == (409, NEUTRAL)


def test_the_page_of_a_refused_booking_says_no_more(canaries, clinical, callers, town):
    form = {
        "client": town.ours.uid("client"),
        "clinician": town.ours.uid("clinician"),
        "mode": "run",
        "place": "outdoors",
        "pace": "chat",
        "date": "2026-06-10",
        "time": "10:00",
        "minutes": "50",
    }

    page = callers.call("reception", "POST", reverse("book_session"), form)

    assert page.status_code == 422
    assert NEUTRAL in page.content.decode()
    assert not words_in(page) & clinical


@pytest.mark.parametrize(("reason", "shown"), [("unwell", ""), ("clearance", ""), ("weather", "weather")])
def test_why_a_session_was_cancelled_is_for_the_care_team_where_it_says_how_somebody_is(
    callers, town, reason, shown
):
    TherapySession.objects.filter(pk=town.ours.rows["session"].pk).update(
        state="cancelled", reason=reason, closed_at=MONDAY_NOON, closed_by=town.people["clinician"]
    )
    address = reverse("api_session", args=[town.ours.uid("session")])

    said = {
        who: json.loads(callers.call(who, "GET", address).content)["reason"]
        for who in ("reception", "clinician")
    }
    assert said == {"reception": shown, "clinician": reason}


# roles that add up


@pytest.fixture
def as_both(town) -> Callable[..., Callers]:
    """`colleague`, who does not treat our client, signed in anew with other roles on top."""

    def give(*roles: str) -> Callers:
        key = town.people["colleague"].pk
        Member.objects.filter(pk=key).update(roles=["clinician", *roles])
        return Callers({"colleague": Member.objects.select_related("user").get(pk=key)})

    return give


@pytest.mark.deep
def test_roles_that_add_up_open_no_other_record(canaries, clinical, town, as_both):
    callers = as_both("owner", "reception", "supervisor")

    of_the_parts = {name for who, name in EXPECTED if who in {"owner", "reception", "supervisor"}}

    found = {
        route.name: {canaries.where[word] for word in words}
        for route in READS
        if route.name not in of_the_parts
        if (words := words_in(callers.call("colleague", "GET", route.address(town.ours))) & clinical)
    }

    assert found == {}


@pytest.mark.parametrize("door", [SHOWS_HOW_TO_REACH, BY_PROGRAM])
def test_a_clinician_at_the_desk_reads_no_more_of_an_intake_than_the_desk(
    clinical, crawl, town, as_both, door
):
    route = next(route for route in READS if route.name == door)

    told = words_in(as_both("reception").call("colleague", "GET", route.address(town.ours))) & clinical

    assert told
    assert told <= crawl("reception")[door]


def test_a_clinician_at_the_desk_reads_contacts_of_all_and_the_record_of_their_own(town, as_both):
    callers = as_both("reception")

    theirs, ours = (
        json.loads(callers.call("colleague", "GET", _address("api_client", home)).content)
        for home in (town.theirs, town.ours)
    )

    assert "focus" in theirs
    assert "status" in theirs
    assert "focus" not in ours
    assert "status" not in ours
    assert "phone" in ours


def test_a_clinician_at_the_desk_writes_no_focus_of_another_client(town, as_both):
    callers = as_both("reception")
    address = reverse("api_client", args=[town.ours.uid("client")])

    assert callers.call("colleague", "PATCH", address, {"focus": "mine now"}).status_code == 400
    assert callers.call("colleague", "PATCH", address, {"phone": "+44 1632 960003"}).status_code == 200


# supervising is reading


def test_who_supervises_reads_and_changes_nothing(callers, town):
    mine = town.ours
    changes = [
        ("POST", "api_clearances", {"client": mine.uid("client")}),
        ("POST", "api_sessions", {"client": mine.uid("client")}),
        ("POST", "api_runs", {"client": mine.uid("client")}),
        ("PATCH", "api_client", {"phone": "1"}),
    ]

    statuses = {
        callers.call("supervisor", verb, _address(name, mine), body).status_code
        for verb, name, body in changes
    }

    assert callers.call("supervisor", "GET", _address("api_client", mine)).status_code == 200
    assert statuses == {403}


def test_a_clinician_who_supervises_this_client_changes_nothing_either(callers, town):
    town.ours.client.care_team.create(
        member=town.people["colleague"], part="supervising", since=MONDAY_NOON.date()
    )
    pages = ["edit_client", "ask_screening", "decide_clearance", "set_status", "hand_over", "open_portal"]
    note = {"format": "soap", "body": {"plan": "mine"}, "version": 0}

    statuses = {
        name: callers.call("colleague", "POST", reverse(name, args=[town.ours.uid("client")])).status_code
        for name in pages
    }
    wrote = callers.call("colleague", "PUT", reverse("api_session_notes", args=[town.ours.uid("past")]), note)

    assert set(statuses.values()) == {403}
    assert wrote.status_code == 403
    assert (
        callers.call("colleague", "GET", reverse("client", args=[town.ours.uid("client")])).status_code == 200
    )


# what is nobody else's yet (T08)


def test_a_draft_is_seen_by_its_author_alone(canaries, callers, town):
    body = str(Note.objects.get(pk=town.ours.rows["draft"].pk).body)
    drafted = {word for word, place in canaries.where.items() if place == (Note, "body") and word in body}
    pages = [
        reverse("note", args=[town.ours.uid("drafted")]),
        reverse("client", args=[town.ours.uid("client")]),
    ]
    pages += [
        reverse("api_note", args=[town.ours.uid("draft")]),
        reverse("api_session_notes", args=[town.ours.uid("drafted")]),
    ]

    for who in ("supervisor", "reception", "client"):
        assert not drafted & set().union(*(words_in(callers.call(who, "GET", page)) for page in pages))
    assert drafted & words_in(callers.call("clinician", "GET", pages[0]))


def test_what_a_client_does_not_share_is_theirs_alone(canaries, clinical, callers, town):
    run = RunLog.objects.get(pk=town.ours.rows["run"].pk)
    RunLog.objects.filter(pk=run.pk).update(share=False)

    near = [route for route in READS if "run" in route.name or route.name in {"client", "today", "caseload"}]
    for who in ("clinician", "supervisor"):
        words = [words_in(callers.call(who, "GET", route.address(town.ours))) for route in near]
        assert run.journal not in set().union(*words)
    assert run.journal in words_in(callers.call("client", "GET", reverse("portal_run", args=[run.uid])))


def _address(name: str, home: Any) -> str:
    route = next(route for route in routes() if route.name == name)
    return route.address(home)
