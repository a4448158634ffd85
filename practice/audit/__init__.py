"""The trail: who did what to whose record, and when."""

from practice.audit.trail import listed, read, record

__all__ = ["listed", "read", "record"]
