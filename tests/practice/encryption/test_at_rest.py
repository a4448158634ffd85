"""What is kept and what is passed on holds none of the words: tables, sessions, mail, messages to workers, logs."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from celery.signals import before_task_publish
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.db.models.signals import pre_save
from django.utils import timezone

from clients.consents.models import Consent
from clients.models import BreakGlass, Client, EmergencyContact, Response, SafetyAlert
from practice.encryption.checking import sealed_models
from practice.encryption.fields import Encrypted
from practice.encryption.secrets import seal_text
from sessions.notes import actions as notes
from sessions.summaries import actions as summaries
from tests.factories import ClearanceFactory, MemberFactory, NoteFactory, RunLogFactory, ScreeningFactory
from tests.security import town

pytestmark = pytest.mark.django_db
CANARY = "kingfisher"
ELSEWHERE = ("clients.Export", "clients.Hold", "clients.OverrideWish.reason")
"""Files on their way out and holds: tests/clients/lifecycle fills and greps them. A wish here has no answer yet."""


@pytest.fixture
def letters():
    """Everything that is said to the workers."""
    said: list[str] = []

    def hear(body: Any = None, headers: Any = None, **_more: Any) -> None:
        said.append(f"{body} {headers}")

    before_task_publish.connect(hear)
    yield said
    before_task_publish.disconnect(hear)


@pytest.fixture
def full_record(clinician, client_person):
    """A client of whom every sealed field says the word; the words themselves are made up."""
    client, now = client_person, timezone.now()
    client.focus, client.born_on = f"{CANARY} focus", date(1931, 7, 29)
    client.save()
    EmergencyContact.objects.create(
        client=client, name=f"{CANARY} name", relation=f"{CANARY} aunt", phone="kingfisher7"
    )
    BreakGlass.objects.create(
        client=client,
        member=MemberFactory.create(),
        reason="crisis",
        words=f"{CANARY} words",
        review=f"{CANARY} review",
        opened_at=now,
        until=now + timedelta(minutes=10),
    )
    response = Response.objects.create(
        screening=ScreeningFactory.create(client=client),
        order=1,
        instrument="movement",
        version="1",
        snapshot={"items": []},
        answers={"what": f"{CANARY} answer"},
        result={"band": f"{CANARY} band"},
    )
    SafetyAlert.objects.create(
        client=client,
        response=response,
        item="what",
        raised_at=now,
        seen_at=now,
        seen_by=clinician,
        what_was_done=f"{CANARY} talk",
    )
    ClearanceFactory.create(
        client=client, decision="conditions", conditions=f"{CANARY} path", rationale=f"{CANARY} reason"
    )
    RunLogFactory.create(client=client, journal=f"{CANARY} journal", started_at=now - timedelta(days=1))
    _note_and_summary(client, clinician)
    seal_text(f"{CANARY} seed", about="totp:1")
    with said_in_every_sealed_field():
        _beside_a_guardian(town.home("Ash", clinician, town.plain).rows["consent"])
    return client


def _beside_a_guardian(signed: Consent) -> None:
    """The same signature as somebody below 18 would have given it."""
    signed.pk, signed.uid, signed._state.adding = None, uuid4(), True
    signed.in_person = True
    signed.guardian_name, signed.guardian_relation, signed.guardian_signature = "Ada", "Mother", "A. W."
    signed.save()


@contextmanager
def said_in_every_sealed_field() -> Iterator[None]:
    """Whatever is kept meanwhile says the word in each sealed text and in each sealed answer that is a text."""

    def say(instance: Any, **_signal: Any) -> None:
        for field in instance._meta.concrete_fields:
            if isinstance(field, Encrypted) and instance._state.adding:
                setattr(instance, field.attname, _said(getattr(instance, field.attname)))

    pre_save.connect(say)
    yield
    pre_save.disconnect(say)


def _said(value: Any) -> Any:
    if isinstance(value, str) and value:
        return f"{CANARY} {value}"[:200]
    if isinstance(value, dict):
        return {key: _said(inner) if isinstance(inner, str) else inner for key, inner in value.items()}
    return value


def _note_and_summary(client: Client, clinician: Any) -> None:
    now = timezone.now()
    note = NoteFactory.create(
        session__client=client,
        session__clinician=clinician,
        session__starts_at=now - timedelta(days=2),
        body={"plan": f"{CANARY} plan"},
        walk={"observations": f"{CANARY} walk"},
    )
    notes.sign_note(note=note, by=clinician, now=now)
    notes.add_addendum(note=note, text=f"{CANARY} addendum", by=clinician, now=now)
    summary, _job = summaries.ask_summary(
        client=client,
        since=timezone.localdate() - timedelta(days=30),
        until=timezone.localdate(),
        audience="supervision",
        questions=f"{CANARY} questions",
        plan=f"{CANARY} plan",
        by=clinician,
        now=now,
    )
    summaries.make_summary(summary, lambda _percent, _step: None)


def dumped() -> str:
    """All tables, as a dump has them."""
    sink = io.StringIO()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as rows:  # noqa: S608 - the database's own names
                for row in rows:
                    sink.write(bytes(row).decode(errors="replace"))
    return sink.getvalue()


def test_a_dump_of_all_tables_holds_none_of_the_words(full_record):
    everything = dumped().lower()

    assert str(full_record.uid) in everything
    assert CANARY not in everything
    assert CANARY.encode().hex() not in everything
    assert "1931-07-29" not in everything
    assert b"%PDF".hex() not in everything


def test_every_sealed_field_is_in_that_test(full_record):
    blank = {
        f"{model._meta.label}.{one.attname}"
        for model, fields in sealed_models()
        for one in fields
        if not any(getattr(row, one.attname) for row in model._base_manager.all())
    }

    assert {name for name in blank if not name.startswith(ELSEWHERE)} == set()


def test_words_pass_through_the_product_and_stay_nowhere(
    full_record, clinician, browser_of, api_of, letters, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("DEBUG")
    robin, phone, uid = browser_of(clinician), browser_of(full_record.member), full_record.uid
    for url in (
        f"/clients/{uid}/",
        f"/clients/{uid}/runs/",
        f"/clients/{uid}/clearance/",
        "/today/",
        "/review/",
    ):
        assert robin.get(url).status_code == 200, url
    with django_capture_on_commit_callbacks(execute=True):
        phone.post(
            "/my/log/", {"activity": "walk", "minutes": "20", "journal": f"{CANARY} posted", "share": "on"}
        )
        robin.post(
            f"/clients/{uid}/edit/", {"name": "Sam", "focus": f"{CANARY} edited", "born_on": "nonsense"}
        )
        asked = {
            "since": "2026-01-01",
            "until": "2026-06-01",
            "audience": "client",
            "plan": f"{CANARY} asked",
        }
        api_of(clinician).post(f"/api/v1/clients/{uid}/summaries/", asked, format="json")

    sessions = "".join(str(session.get_decoded()) for session in Session.objects.all())
    outside = " ".join(
        [sessions, *letters, *(str(letter.message()) for letter in mail.outbox), _logged(caplog)]
    )

    assert CANARY not in outside.lower()
    assert CANARY not in dumped().lower()


def _logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the product's logs would hold: the SQL that Django logs only while it is debugged is not among it."""
    return "\n".join(
        one.getMessage() for one in caplog.records if not one.name.startswith("django.db.backends")
    )


def test_no_model_keeps_typed_words_in_the_clear_that_nobody_thought_of():
    """A new text of a record is sealed, or stands here with the reason why not."""
    plain = {
        f"{model._meta.label}.{one.attname}"
        for model in apps.get_models()
        if model._meta.app_label in {"clients", "therapy_sessions"}
        for one in model._meta.concrete_fields
        if one.get_internal_type() == "TextField"
    }

    assert plain <= {"therapy_sessions.Route.description"}  # about a place
