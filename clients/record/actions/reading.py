"""Opening a record leaves a line in the trail."""

from datetime import datetime

from django.db import transaction

from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member


@transaction.atomic
def note_reading(*, client: Client, part: str, by: Member, now: datetime) -> None:
    """Say who opened which part of a record: overview, contacts, measures, …"""
    record("client_read", on=client, by=by, at=now, client=client, part=part)
