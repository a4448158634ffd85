"""The people of the fictional practice. None of them exists; every address is an example."""

from dataclasses import dataclass, field
from datetime import date, time

from practice.people.roles import Role

PRACTICE = "Lock House Practice"
TIME_ZONE = "Europe/London"
RESPONSE_WORDS = "A clinician reads your answers within 2 working days."


@dataclass(frozen=True, kw_only=True)
class Colleague:
    email: str
    name: str
    roles: tuple[Role, ...]


OWNER = Colleague(email="owner@demo.example", name="Alex Brook", roles=(Role.OWNER,))
CLINICIAN = Colleague(email="clinician@demo.example", name="Robin Vale", roles=(Role.CLINICIAN,))
COLLEAGUE = Colleague(email="colleague@demo.example", name="Jo Marsh", roles=(Role.CLINICIAN,))
SUPERVISOR = Colleague(email="supervisor@demo.example", name="Dana Weir", roles=(Role.SUPERVISOR,))
RECEPTION = Colleague(email="reception@demo.example", name="Kit Lowe", roles=(Role.RECEPTION,))
STAFF = (OWNER, CLINICIAN, COLLEAGUE, SUPERVISOR, RECEPTION)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the clinician decides for a mode once the intake is in."""

    mode: str
    decision: str
    rationale: str
    conditions: str = ""


@dataclass(frozen=True, kw_only=True)
class Life:
    """One client's story, as data.

    `weeks` of history; `day` is the weekday of the weekly session, counted from today; `phq` and `gad` are the
    totals of the check-ins, oldest first; `intake` overrides the quiet answers, {instrument: {item: value}}.
    """

    name: str
    email: str
    born_on: date
    pronouns: str = ""
    phone: str = ""
    focus: str = ""
    contact: tuple[str, str, str] = ("", "", "")
    treated_by: Colleague = CLINICIAN
    supervised: bool = False
    weeks: int = 0
    day: int = 0
    at: time = time(9, 30)
    moves: tuple[str, ...] = ()
    route: str = ""
    phq: tuple[int, ...] = ()
    gad: tuple[int, ...] = ()
    intake: dict[str, dict[str, int]] = field(default_factory=dict)
    is_screened: bool = True
    decisions: tuple[Decision, ...] = ()
    confirmed: tuple[str, ...] = ()
    logs: int = 0
    activities: tuple[str, ...] = ("walk",)
    offset_minutes: int = 0
    has_open_check_in: bool = False
    asks_for_help: bool = False
    unwritten: int = 0
    ended: bool = False
    summary_for: str = ""
