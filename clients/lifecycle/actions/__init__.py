"""What people do so that a record leaves, stays or goes."""

from clients.lifecycle.actions.erasing import (
    AlreadyAsked,
    AskerIsGone,
    OnHold,
    RequestGone,
    RequestTooOld,
    SamePerson,
    StillKept,
    WorkGoesOn,
    ask_erasure,
    confirm_erasure,
    withdraw_erasure,
)
from clients.lifecycle.actions.exporting import (
    AlreadyTaken,
    ExportOver,
    NotMadeYet,
    NotYours,
    ask_export,
    forget_left_behind,
    make_export,
    take_export,
)
from clients.lifecycle.actions.holding import HoldStands, NothingHeld, lift_hold, set_hold
from clients.lifecycle.actions.keeping import ImpossibleAges, set_policy
from clients.lifecycle.actions.moving import (
    AlreadyConfirmed,
    ask_practice_export,
    confirm_practice_export,
    make_practice_export,
    take_practice_export,
    write_practice,
)
from clients.lifecycle.second_person import ConfirmedBySomebodyElse, NotLongEnoughHere, WaitsForItsDay

__all__ = [
    "AlreadyAsked",
    "AlreadyConfirmed",
    "AlreadyTaken",
    "AskerIsGone",
    "ConfirmedBySomebodyElse",
    "ExportOver",
    "HoldStands",
    "ImpossibleAges",
    "NotLongEnoughHere",
    "NotMadeYet",
    "NotYours",
    "NothingHeld",
    "OnHold",
    "RequestGone",
    "RequestTooOld",
    "SamePerson",
    "StillKept",
    "WaitsForItsDay",
    "WorkGoesOn",
    "ask_erasure",
    "ask_export",
    "ask_practice_export",
    "confirm_erasure",
    "confirm_practice_export",
    "forget_left_behind",
    "lift_hold",
    "make_export",
    "make_practice_export",
    "set_hold",
    "set_policy",
    "take_export",
    "take_practice_export",
    "withdraw_erasure",
    "write_practice",
]
