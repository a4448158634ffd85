"""What people do with this practice's questionnaires, and with results from elsewhere."""

from clients.questionnaires.actions.entering import (
    LinkUnsafe,
    NothingEntered,
    NotItsPoints,
    StruckAlready,
    TakenInTheFuture,
    enter_result,
    strike_result,
)
from clients.questionnaires.actions.keeping import (
    InUseAlready,
    KeyIsOurs,
    NotAFile,
    NotInUse,
    NotSwitchable,
    SameVersion,
    StatementMissing,
    TierNotForFiles,
    add_file,
    put_away,
    switch_on,
)
from clients.questionnaires.actions.limits import ShelfFull, ShelfTooHeavy, TooManyToday
from clients.questionnaires.actions.raising import notice_versions

__all__ = [
    "InUseAlready",
    "KeyIsOurs",
    "LinkUnsafe",
    "NotAFile",
    "NotInUse",
    "NotItsPoints",
    "NotSwitchable",
    "NothingEntered",
    "SameVersion",
    "ShelfFull",
    "ShelfTooHeavy",
    "StatementMissing",
    "StruckAlready",
    "TakenInTheFuture",
    "TierNotForFiles",
    "TooManyToday",
    "add_file",
    "enter_result",
    "notice_versions",
    "put_away",
    "strike_result",
    "switch_on",
]
