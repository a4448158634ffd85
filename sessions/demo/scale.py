"""Very many made-up clients at once, by COPY: for speed work, never for looking at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connection, models, transaction
from django.db.models import Max

from clients.models import CareTeamMember, Clearance, Client, RunLog
from clients.screening.rules import VERSION
from practice.audit import record
from practice.encryption.actions import new_wrapped
from practice.encryption.fields import Encrypted
from practice.encryption.keys import unwrapped
from practice.encryption.models import DataKey
from practice.encryption.sealing import OpenKey
from practice.models import Member, Practice, User
from sessions.models import Note, TherapySession
from sessions.notes.rules import Sealed, seal_of

CLIENTS_PER_CLINICIAN = 40
LOGS_PER_CLIENT = 200
SESSIONS_PER_CLIENT = 12
DAYS = 730
NO_PASSWORD = "!"  # noqa: S105 - Django's mark of a user who cannot sign in by password
SLOTS_A_DAY = 6
MADE_UP = "Made up for speed work."
NOTE = {"text": MADE_UP}
BLANK = b""


@dataclass(frozen=True, kw_only=True)
class Ids:
    """The first free key of each table that other rows point at."""

    user: int
    member: int
    client: int
    clearance: int
    session: int


@transaction.atomic
def grow(*, clients: int, seed: int, now: datetime) -> None:
    """Add `clients` clients with two years of logs each, and the clinicians who treat them."""
    rng = Random(seed)  # noqa: S311 - made-up data
    ids = Ids(
        user=_next(User),
        member=_next(Member),
        client=_next(Client),
        clearance=_next(Clearance),
        session=_next(TherapySession),
    )
    crowd = _Crowd(clients=clients, ids=ids, rng=rng, now=now)
    for model, columns, rows in crowd.tables():
        _copy(model, columns, rows)
    record("demo_scaled", on=Practice.objects.get(), by=None, at=now, clients=clients)


def _next(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY the rows in beside the table, which row-level security closes to COPY; then move the key's sequence."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE beside ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608 - names of our own, quoted
        )
        with cursor.copy(f"COPY beside ({names}) FROM STDIN") as sink:
            for row in rows:
                sink.write_row(row)
        rest, values = _what_rows_begin_with(model, columns)
        marks = "".join(f", %s::{kind}" for _, kind in rest)
        more = "".join(f", {connection.ops.quote_name(name)}" for name, _ in rest)
        cursor.execute(f"INSERT INTO {table} ({names}{more}) SELECT {names}{marks} FROM beside", values)  # noqa: S608 - names of our own, quoted
        cursor.execute("DROP TABLE beside")
        if isinstance(model._meta.pk, models.AutoField):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))",  # noqa: S608 - a table name of our own, quoted
                [model._meta.db_table],
            )
        cursor.execute(f"ANALYZE {table}")


def _what_rows_begin_with(
    model: type[models.Model], columns: Sequence[str]
) -> tuple[list[tuple[str, str]], list[Any]]:
    """The columns that were not named and have a value from the start, with their types; and those values."""
    rest = [one for one in model._meta.concrete_fields if one.has_default() and one.column not in columns]
    kinds = [(str(one.column), str(one.db_type(connection))) for one in rest]
    return kinds, [one.get_db_prep_save(one.get_default(), connection) for one in rest]


@dataclass(frozen=True, kw_only=True)
class _Crowd:
    clients: int
    ids: Ids
    rng: Random
    now: datetime
    keys: list[OpenKey] = field(default_factory=list)

    @property
    def clinicians(self) -> int:
        return -(-self.clients // CLIENTS_PER_CLINICIAN)

    def tables(self) -> Iterator[tuple[type[models.Model], list[str], Iterable[Sequence[Any]]]]:
        yield User, ["id", "password", "email", "is_active", "joined_at"], self._users()
        yield Member, ["id", "uid", "user_id", "name", "roles", "is_active"], self._members()
        yield DataKey, KEY_COLUMNS, self._data_keys()
        yield Client, CLIENT_COLUMNS, self._clients()
        yield CareTeamMember, ["client_id", "member_id", "part", "since"], self._care()
        yield Clearance, CLEARANCE_COLUMNS, self._clearances()
        yield RunLog, RUN_COLUMNS, self._runs()
        yield TherapySession, SESSION_COLUMNS, self._sessions()
        yield Note, NOTE_COLUMNS, self._notes()

    def _uid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def _uid_of(self, kind: str, key: int) -> UUID:
        """The same each time it is asked for: a seal names those it vouches for."""
        return uuid5(NAMESPACE_OID, f"towpath {kind} {key}")

    def _clinician_of(self, number: int) -> int:
        return self.ids.member + number // CLIENTS_PER_CLINICIAN

    def _member_of(self, number: int) -> int:
        return self.ids.member + self.clinicians + number

    def _everyone(self) -> Iterator[tuple[int, str, str]]:
        """(offset, name, role): clinicians first, then clients."""
        for number in range(self.clinicians):
            yield number, f"Clinician {self.ids.member + number}", "clinician"
        for number in range(self.clients):
            yield self.clinicians + number, _name(self.ids.client + number), "client"

    def _users(self) -> Iterator[Sequence[Any]]:
        for offset, _words, role in self._everyone():
            key = self.ids.user + offset
            yield key, NO_PASSWORD, f"{role}-{key}@scale.example", True, self.now

    def _members(self) -> Iterator[Sequence[Any]]:
        for offset, name, role in self._everyone():
            yield (
                self.ids.member + offset,
                self._uid_of("member", self.ids.member + offset),
                self.ids.user + offset,
                name,
                [role],
                True,
            )

    def _data_keys(self) -> Iterator[Sequence[Any]]:
        for _number in range(self.clients):
            row = new_wrapped(now=self.now)
            self.keys.append(OpenKey.from_bytes(row.uid, unwrapped(row)))
            yield row.uid, False, row.wrapped, row.kek, row.created_at

    def _seal(self, model: type[models.Model], name: str, value: Any, number: int, uid: UUID) -> bytes:
        """A value of the client with that number, as the column has it."""
        column = model._meta.get_field(name)
        if not isinstance(column, Encrypted):
            raise TypeError(f"{column} is not sealed")
        return column.sealed(value, key=self.keys[number], bound_to=[uid])

    def _clients(self) -> Iterator[Sequence[Any]]:
        registered = self.now - timedelta(days=DAYS)
        for number in range(self.clients):
            key = self.ids.client + number
            words = (f"TP-{key:04d}", _name(key), "", f"client-{key}@scale.example", "", "active", BLANK)
            yield key, self._uid(), *words, self._member_of(number), registered, self.keys[number].uid

    def _care(self) -> Iterator[Sequence[Any]]:
        since = self.now.date() - timedelta(days=DAYS)
        for number in range(self.clients):
            yield self.ids.client + number, self._clinician_of(number), "primary", since

    def _clearances(self) -> Iterator[Sequence[Any]]:
        decided = self.now - timedelta(days=30)
        days = decided.date(), decided.date() + timedelta(days=90)
        for number in range(self.clients):
            uid, who, key = self._uid(), self._clinician_of(number), self.ids.clearance + number
            rationale = self._seal(Clearance, "rationale", MADE_UP, number, uid)
            words: tuple[Any, ...] = ("walk", "cleared", BLANK, rationale, [])
            limits: tuple[Any, ...] = ([], False, False, [], VERSION)
            yield key, uid, self.ids.client + number, *words, who, "", decided, *days, *limits

    def _runs(self) -> Iterator[Sequence[Any]]:
        draw = partial(self.rng.randint, 1, 5)
        for number in range(self.clients):
            for log in range(LOGS_PER_CLIENT):
                at = self.now - timedelta(days=log * DAYS / LOGS_PER_CLIENT, minutes=self.rng.randint(0, 600))
                who = self.ids.client + number, self._member_of(number)
                what = "walk", at, 0, self.rng.randint(10, 60), draw(), draw(), "chat", 3_000
                yield self._uid(), *who, *what, [], BLANK, log % 5 > 0, at, at

    def _slots(self) -> Iterator[tuple[int, int, datetime]]:
        """(session offset, client number, start): no clinician and no client is in two places at once."""
        midnight = datetime.combine(self.now.date(), time(8), UTC)
        weeks = DAYS // 7 // SESSIONS_PER_CLIENT
        offset = 0
        for number in range(self.clients):
            place = number % CLIENTS_PER_CLINICIAN
            for round_ in range(SESSIONS_PER_CLIENT):
                day = round_ * weeks * 7 + 1 + place // SLOTS_A_DAY
                yield offset, number, midnight - timedelta(days=day) + timedelta(hours=place % SLOTS_A_DAY)
                offset += 1

    def _sessions(self) -> Iterator[Sequence[Any]]:
        for offset, number, start in self._slots():
            end, who = start + timedelta(minutes=50), self._clinician_of(number)
            words = "walk", "outdoors", "chat", "The gate", start, end, start, end, "Europe/London"
            stands_on = self.ids.clearance + number
            key = self.ids.session + offset
            closed = "completed", who, start - timedelta(days=7), who, end, ""
            yield key, self._uid_of("session", key), self.ids.client + number, who, *words, stands_on, *closed

    def _notes(self) -> Iterator[Sequence[Any]]:
        for offset, number, start in self._slots():
            who, at = self._clinician_of(number), start + timedelta(hours=2)
            sealed = self._sealed(self.ids.session + offset, number, who, at)
            uid = UUID(sealed.note)
            body = self._seal(Note, "body", sealed.body, number, uid)
            text = "free", body, BLANK, 1, at, at, at
            yield uid, self.ids.session + offset, who, *text, who, seal_of(sealed)

    def _sealed(self, session: int, number: int, who: int, at: datetime) -> Sealed:
        author = str(self._uid_of("member", who))
        return Sealed(
            note=str(self._uid_of("note", session)),
            session=str(self._uid_of("session", session)),
            client=f"TP-{self.ids.client + number:04d}",
            author=author,
            format="free",
            body=NOTE,
            walk={},
            version=1,
            signed_at=at,
            signed_by=author,
        )


def _name(key: int) -> str:
    first = ("Ada", "Ben", "Cleo", "Dov", "Esi", "Finn", "Gia", "Hal", "Iris", "Jun")
    last = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Rowan")
    return f"{first[key % 10]} {last[key // 10 % 10]} {key}"


CLIENT_COLUMNS = [
    "id", "uid", "reference", "name", "pronouns", "email", "phone", "status", "focus", "member_id",
    "registered_at", "data_key_id",
]  # fmt: skip
KEY_COLUMNS = ["uid", "of_installation", "wrapped", "kek", "created_at"]
CLEARANCE_COLUMNS = [
    "id", "uid", "client_id", "mode", "decision", "conditions", "rationale", "excluded_by", "decided_by_id",
    "by_rule", "decided_at", "valid_from", "review_on", "route_kinds", "company", "no_solo_runs", "overrides",
    "ruleset",
]  # fmt: skip
RUN_COLUMNS = [
    "uid", "client_id", "logged_by_id", "activity", "started_at", "utc_offset_minutes", "minutes",
    "mood_before", "mood_after", "effort", "distance_m", "context", "journal", "share", "created_at",
    "changed_at",
]  # fmt: skip
SESSION_COLUMNS = [
    "id", "uid", "client_id", "clinician_id", "mode", "place", "pace", "meeting_place", "starts_at", "ends_at",
    "busy_from", "busy_until", "time_zone", "clearance_id", "state", "booked_by_id", "booked_at",
    "closed_by_id", "closed_at", "reason",
]  # fmt: skip
NOTE_COLUMNS = [
    "uid", "session_id", "author_id", "format", "body", "walk", "version", "created_at", "changed_at",
    "signed_at", "signed_by_id", "seal",
]  # fmt: skip
