"""`make bench`: made-up practice at scale, a real server, and the figures beside their floors."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practice.settings")
django.setup()

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.utils import timezone

from clients.models import Client, RunLog
from practice.machine.waiting import wait_until
from practice.models import Member
from practice.people.sign_ins import SEEN_AT, SIGNED_IN_AT
from practice.people.tokens import create_token
from sessions.summaries import pdf, screens
from sessions.summaries.actions import begin_summary
from tests.bench import wall
from tests.bench.logs import Log, beside
from tests.bench.measure import Caller, Figure, figure
from tests.database import towpath_arranges

CLIENTS = int(os.environ.get("TOWPATH_BENCH_CLIENTS", "500"))
FLOOR_LOGS = 100_000


def main() -> None:
    connection_created.connect(towpath_arranges)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("demo", scale=CLIENTS)
    _say(f"{Client.objects.count()} clients, {RunLog.objects.count()} logs")
    with _served() as port:
        for line in chain(_floors(port), _api(port), _pages(port), _wall(port)):
            _say(str(line))
    for line in _documents():
        _say(str(line))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _served(*program: str, door: str = "/healthz", answers: int = 200) -> Iterator[int]:
    """Gunicorn as the product runs it, on a port of its own; or another program that does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = os.environ | {"TOWPATH_PORT": str(port)}
    command = [sys.executable, "-m", *(program or ("practice.machine", "web"))]
    server = subprocess.Popen(command, env=environment)
    try:
        wait_until(lambda: _answers(port, door, answers), within_s=120)
        yield port
    finally:
        server.terminate()
        server.wait(15)


def _answers(port: int, door: str, expected: int) -> bool:
    try:
        Caller(port).get(door, expected=expected)
    except OSError:
        return False
    return True


def _floors(port: int) -> Iterator[Figure]:
    caller = Caller(port)
    yield figure("floor: a view that does nothing", lambda: caller.get("/healthz"))
    yield figure("floor: a durable insert of a log, raw SQL", _raw_insert)


def _raw_insert() -> None:
    """The row alone: no token, no audit line, no HTTP."""
    model = RunLog(**_row())
    fields = [field for field in RunLog._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(model, field.attname), connection) for field in fields]
    names = ", ".join(str(field.column) for field in fields)
    marks = ", ".join("%s" for _ in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {RunLog._meta.db_table} ({names}) VALUES ({marks})", values)  # noqa: S608 - column names of our own model


def _row() -> dict[str, Any]:
    client, now = _patient(), timezone.now()
    moment = {"started_at": now, "created_at": now, "changed_at": now}
    return moment | {
        "uid": uuid4(),
        "client": client,
        "logged_by": client.member,
        "activity": "walk",
        "utc_offset_minutes": 0,
        "minutes": 20,
    }


def _patient() -> Client:
    return Client.objects.select_related("member").get(reference="TP-0001")


def _api(port: int) -> Iterator[Figure | str]:
    """Our log beside the same log behind plain REST framework, in turns, so that both meet the same weather."""
    member = _patient().member
    assert member is not None
    _token, text = create_token(member=member, scopes=["runs"], name="bench", now=timezone.now())
    plain = uuid4().hex
    with _served("tests.bench.floor", str(FLOOR_LOGS), plain, door="/logs/", answers=401) as floor:
        yield from beside(
            ours=Log(port=port, door="/api/v1/runs/", name="id", sign=f"Bearer {text}"),
            floor=Log(port=floor, door="/logs/", name="uid", sign=f"Token {plain}"),
        )


def _pages(port: int) -> Iterator[Figure]:
    clinician, busy = _clinicians()
    client = Client.objects.in_care_of(busy).order_by("pk").first()
    assert client is not None
    for name, member in (("demo", clinician), ("crowd", busy)):
        caller = Caller(port, Cookie=_cookie(member))
        yield figure(f"Today, {name}", partial(caller.get, "/today/"), times=100)
        yield figure(f"Caseload, {name}", partial(caller.get, "/clients/"), times=100)
    caller = Caller(port, Cookie=_cookie(busy))
    yield figure("Client record, crowd", lambda: caller.get(f"/clients/{client.uid}/"), times=100)


def _clinicians() -> tuple[Member, Member]:
    """The one of the demo, and one who treats a part of the crowd."""
    clinician = Member.objects.get(user__email="clinician@demo.example")
    busy = Member.objects.filter(user__email__startswith="clinician-").order_by("pk").first()
    return clinician, busy or clinician


def _wall(port: int) -> Iterator[str]:
    """What row-level security costs: the same pages with and without it, in turns, so that both meet the same weather."""
    for name, member in zip(("demo", "crowd"), _clinicians(), strict=True):
        caller = Caller(port, Cookie=_cookie(member))
        client = Client.objects.in_care_of(member).order_by("pk")[0]
        for page in ("/today/", "/clients/", f"/clients/{client.uid}/"):
            yield f"{name} {page[:9]:<10} {wall.cost(partial(caller.get, page))}"


def _cookie(member: Member) -> str:
    """A signed-in browser's cookie, made without asking for a password."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 - beside their only use

    session = SessionStore()
    session[SESSION_KEY] = str(member.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(time.time())
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _documents() -> Iterator[Figure | str]:
    """The demo's fullest record over its longest period: read and printed, warm, and printed alone."""
    clinician = Member.objects.get(user__email="clinician@demo.example")
    client = Client.objects.get(reference="TP-0002")
    now = timezone.now()
    today = timezone.localdate(now)
    summary = begin_summary(
        client=client,
        since=today - timedelta(days=365),
        until=today,
        audience="supervision",
        questions="",
        plan="",
        by=clinician,
        now=now,
    )
    found = screens.gathered(summary)
    pages = pdf.fitted(screens.documents(found)).pages
    yield f"a summary of {pages} pages"

    def make() -> None:
        pdf.fitted(screens.documents(screens.gathered(summary)))

    def press() -> None:
        pdf.fitted(screens.documents(found))

    yield figure("summary, read and printed", make, times=20, warm_up=2)
    yield figure("summary, printed", press, times=20, warm_up=2)


if __name__ == "__main__":
    main()
