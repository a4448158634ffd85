"""Gathers the rooms' models where Django looks for them."""

from practice.audit.models import AuditEvent, TrailCheck, TrailCounter, TrailKey, TrailSeal
from practice.encryption.models import DataKey
from practice.jobs.models import Job, WorkerHeartbeat
from practice.people.models import ApiToken, Attempts, Member, Practice, User
from practice.resources.models import Resource

__all__ = [
    "ApiToken",
    "Attempts",
    "AuditEvent",
    "DataKey",
    "Job",
    "Member",
    "Practice",
    "Resource",
    "TrailCheck",
    "TrailCounter",
    "TrailKey",
    "TrailSeal",
    "User",
    "WorkerHeartbeat",
]
