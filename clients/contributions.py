"""What the client rooms contribute to the pages about a client."""

from clients.alarms import contributions as alarms
from clients.care import contributions as care
from clients.consents import contributions as consents
from clients.emergency import contributions as emergency
from clients.intake import contributions as intake
from clients.invitations import contributions as invitations
from clients.letters import contributions as letters
from clients.lifecycle import contributions as lifecycle
from clients.measures import contributions as measures
from clients.questionnaires import contributions as library
from clients.record import contributions as record
from clients.rescreening import contributions as rescreening
from clients.runs import contributions as runs
from clients.safety import contributions as safety
from clients.screening import contributions as screening


def register() -> None:
    """Each room registers its givers, once."""
    for room in (
        record,
        care,
        emergency,
        screening,
        rescreening,
        alarms,
        consents,
        runs,
        invitations,
        lifecycle,
        intake,
        measures,
        safety,
        letters,
        library,
    ):
        room.register()
