"""Gathers the rooms' models where Django looks for them."""

from practice.audit.models import AuditEvent
from practice.jobs.models import Job, WorkerHeartbeat
from practice.people.models import ApiToken, Member, Practice, User

__all__ = ["ApiToken", "AuditEvent", "Job", "Member", "Practice", "User", "WorkerHeartbeat"]
