"""What people, and the beat, do with measures. Every action locks the client's row first."""

from clients.measures.actions.planning import (
    AlreadyPlanned,
    EndsBeforeItBegins,
    NoRhythm,
    NotAMeasure,
    NothingToPlan,
    NotPaused,
    PausedAlready,
    PlanEnded,
    PlanWords,
    ResumesTooEarly,
    WorkHasEnded,
    change_plan,
    end_plan,
    pause_plan,
    plan_measures,
    resume_plan,
)
from clients.measures.actions.sending import Sent, send_due, send_everything_due
from clients.measures.actions.together import Kept, OtherQuestionsWait, begin_together, keep_together

__all__ = [
    "AlreadyPlanned",
    "EndsBeforeItBegins",
    "Kept",
    "NoRhythm",
    "NotAMeasure",
    "NotPaused",
    "NothingToPlan",
    "OtherQuestionsWait",
    "PausedAlready",
    "PlanEnded",
    "PlanWords",
    "ResumesTooEarly",
    "Sent",
    "WorkHasEnded",
    "begin_together",
    "change_plan",
    "end_plan",
    "keep_together",
    "pause_plan",
    "plan_measures",
    "resume_plan",
    "send_due",
    "send_everything_due",
]
