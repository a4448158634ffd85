"""Opening answers leaves a line in the trail."""

from datetime import datetime

from django.db import models

from clients.record.models import Client
from practice.audit import read
from practice.people.models import Member


def note_opened(*, thing: models.Model, client: Client, by: Member, now: datetime) -> None:
    """Say who opened a client's answers, an alert or the decisions about them."""
    read(f"{thing._meta.model_name}_opened", on=thing, by=by, at=now, client=client)
