"""What people do with an intake, and what Towpath does with drafts. Every action locks the client's row first."""

from clients.intake.actions.drafts import keep_drafts
from clients.intake.actions.handing_in import SectionsMissing, hand_in
from clients.intake.actions.resuming import (
    DoesNotMatch,
    LinkOver,
    ask_again,
    ask_link,
    look_at,
    send_waiting,
    take_up,
)
from clients.intake.actions.telling import NoSuchQuestion, NotAnAnswer, NotThatDay, tell

__all__ = [
    "DoesNotMatch",
    "LinkOver",
    "NoSuchQuestion",
    "NotAnAnswer",
    "NotThatDay",
    "SectionsMissing",
    "ask_again",
    "ask_link",
    "hand_in",
    "keep_drafts",
    "look_at",
    "send_waiting",
    "take_up",
    "tell",
]
