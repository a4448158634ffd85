"""Opening a record leaves a line in the trail."""

from datetime import datetime

from clients.record.models import Client
from practice.audit import read
from practice.people.models import Member


def note_reading(*, client: Client, part: str, by: Member, now: datetime) -> None:
    """Say who opened which part of a record: overview, contacts, measures, …"""
    read("client_read", on=client, by=by, at=now, client=client, part=part)
