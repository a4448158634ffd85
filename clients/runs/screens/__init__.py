"""What pages, charts and PDFs say about the log."""

from clients.runs.screens.entries import (
    EntryRow,
    entries,
    entry_row,
    mood_change,
    moods,
    presence,
    runs_on_days,
    session_days,
    weeks,
    weeks_of,
)
from clients.runs.screens.pages import (
    ClientLog,
    History,
    MonthCell,
    SavedPage,
    client_log,
    history,
    last_days,
    log_rests,
    saved_page,
)

__all__ = [
    "ClientLog",
    "EntryRow",
    "History",
    "MonthCell",
    "SavedPage",
    "client_log",
    "entries",
    "entry_row",
    "history",
    "last_days",
    "log_rests",
    "mood_change",
    "moods",
    "presence",
    "runs_on_days",
    "saved_page",
    "session_days",
    "weeks",
    "weeks_of",
]
