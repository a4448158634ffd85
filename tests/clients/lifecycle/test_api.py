"""Copies for programs."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from clients.models import Export
from practice.jobs import actions as jobs
from practice.people.tokens import create_token
from tests.clients.lifecycle.whole import NOTE

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"


def program(member, *scopes):
    """A caller with a key of these scopes."""
    _token, text = create_token(member=member, scopes=list(scopes), name="program", now=datetime.now(UTC))
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return caller


def asked(caller, client):
    return caller.post(EXPORTS, {"client": str(client.uid)}, format="json")


def made(caller, client):
    uid = asked(caller, client).json()["id"]
    while jobs.do_one(datetime.now(UTC)):
        pass
    return uid


def test_a_program_asks_waits_and_takes(whole, clinician):
    caller = program(clinician, "clients", "jobs", "export")
    answer = asked(caller, whole)
    assert answer.status_code == 202
    while jobs.do_one(datetime.now(UTC)):
        pass
    state = caller.get(f"{EXPORTS}{answer.json()['id']}/").json()

    taken = caller.post(f"{EXPORTS}{answer.json()['id']}/take/")

    assert state["sha256"]
    assert NOTE.encode() in zipfile.ZipFile(io.BytesIO(taken.getvalue())).read("record.json")


def test_a_key_without_the_weighty_scope_takes_nothing(whole, clinician):
    uid = made(program(clinician, "clients", "export"), whole)
    caller = program(clinician, "clients")

    answers = [asked(caller, whole).status_code, caller.post(f"{EXPORTS}{uid}/take/").status_code]

    assert answers == [403, 403]
    assert Export.objects.get().taken_at is None


def test_it_is_taken_once(whole, clinician):
    caller = program(clinician, "clients", "export")
    take = f"{EXPORTS}{made(caller, whole)}/take/"
    caller.post(take)

    again = caller.post(take)

    assert (again.status_code, again.json()["code"]) == (409, "export_taken")


def test_others_find_nothing(whole, clinician, colleague):
    uid = made(program(clinician, "clients", "export"), whole)
    caller = program(colleague, "clients", "export")

    answers = [
        asked(caller, whole).status_code,
        caller.get(f"{EXPORTS}{uid}/").status_code,
        caller.post(f"{EXPORTS}{uid}/take/").status_code,
    ]

    assert answers == [404, 404, 404]
