"""The trail: who did what to whose record, and when."""

from practice.audit.trail import record

__all__ = ["record"]
