"""A client who may walk and run, and what has happened to them since."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clients.models import Clearance, Client, Rescreen
from clients.rescreening import actions
from practice.models import Member
from tests.factories import MONDAY_NOON, ClearanceFactory

DAY = timedelta(days=1)


@pytest.fixture
def mover(client_person: Client, clinician: Member) -> Client:
    """In the care of `clinician`, cleared for walking and running on 12 May, to look at again by 10 August."""
    for mode in ("walk", "run"):
        ClearanceFactory(client=client_person, mode=mode, decided_by=clinician)
    return client_person


@pytest.fixture
def trigger(mover: Client) -> Callable[..., Rescreen | None]:
    """Triggers for `mover` at MONDAY_NOON, unless told otherwise."""

    def do(kind: str, why: str = "", **given: Any) -> Rescreen | None:
        return actions.trigger(**{"client": mover, "kind": kind, "why": why, "now": MONDAY_NOON, **given})

    return do


def standing_of(client: Client) -> dict[str, str]:
    """The newest decision of each way of moving."""
    rows = Clearance.objects.filter(client=client, mode__in=["walk", "run"]).current()
    return {row.mode: row.decision for row in rows}


HELD = {"walk": "hold", "run": "hold"}
OPEN = {"walk": "cleared", "run": "cleared"}
