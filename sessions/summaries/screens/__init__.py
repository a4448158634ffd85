"""What a summary says: gathered once, then put into words for its audience."""

from sessions.summaries.screens.gathering import Gathered, gathered
from sessions.summaries.screens.whole import documents

__all__ = ["Gathered", "documents", "gathered"]
