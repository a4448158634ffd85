"""What is about to be signed, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clients.screening import rules
from clients.screening.decision_forms import limits_in
from clients.screening.models import Clearance
from clients.screening.screens.deciding import BADGES


@dataclass(frozen=True, kw_only=True)
class DecidedLine:
    """One mode as it will stand."""

    mode: str
    mode_word: str
    badge: str
    word: str
    conditions: str


def decided_lines(said: Mapping[str, Any]) -> tuple[DecidedLine, ...]:
    """The modes that are decided about, from a valid form's words."""
    decisions = {mode: said[f"{mode}_decision"] for mode in rules.MOVING_MODES if said[f"{mode}_decision"]}
    if said["walk_only"]:
        decisions.setdefault("run", Clearance.Decision.HOLD.value)
    return tuple(
        DecidedLine(
            mode=mode,
            mode_word=str(Clearance.Mode(mode).label),
            badge=BADGES[decision],
            word=str(Clearance.Decision(decision).label),
            conditions=" ".join([*limits_in(dict(said), f"{mode}_").in_words(), said[f"{mode}_conditions"]]),
        )
        for mode, decision in decisions.items()
    )
