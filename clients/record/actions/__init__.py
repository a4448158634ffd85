"""What people do with a client's record."""

from clients.record.actions.details import (
    Details,
    EmergencyContactWords,
    IdTaken,
    ImpossibleBirthDate,
    NobodyTreats,
    Stale,
    edit_client,
    register_client,
    set_status,
)
from clients.record.actions.portal import PortalAlreadyOpen, open_portal
from clients.record.actions.reading import note_reading
from clients.record.actions.team import (
    AlreadyInTheTeam,
    BeginsInThePast,
    EndsBeforeItBegins,
    LastInTheTeam,
    NotAClinician,
    NotInTheTeam,
    NotTheirs,
    PrimaryAlready,
    PrimaryHasNoEnd,
    hand_over,
    join_care_team,
    keeps_team,
    leave_care_team,
)

__all__ = [
    "AlreadyInTheTeam",
    "BeginsInThePast",
    "Details",
    "EmergencyContactWords",
    "EndsBeforeItBegins",
    "IdTaken",
    "ImpossibleBirthDate",
    "LastInTheTeam",
    "NobodyTreats",
    "NotAClinician",
    "NotInTheTeam",
    "NotTheirs",
    "PortalAlreadyOpen",
    "PrimaryAlready",
    "PrimaryHasNoEnd",
    "Stale",
    "edit_client",
    "hand_over",
    "join_care_team",
    "keeps_team",
    "leave_care_team",
    "note_reading",
    "open_portal",
    "register_client",
    "set_status",
]
