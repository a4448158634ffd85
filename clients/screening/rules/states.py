"""The decision about one way of moving as a state machine: from which state to which, and what each step needs.

Sitting has one state, open, and no steps: everybody may sit with us. Time alone leads from cleared or conditions to
expired (the review date, or a doctor's letter that did not come); a rule alone leads anywhere to hold, never onward.
Everything else a clinician decides.
"""

from enum import StrEnum

from clients.screening.rules.shapes import CLEARED, CONDITIONS, HOLD, NOT_SUITED

UNDECIDED, NOT_YET, EXPIRED, LETTER_MISSING = "undecided", "not_yet", "expired", "letter_missing"
STATES = (UNDECIDED, NOT_YET, CLEARED, CONDITIONS, HOLD, NOT_SUITED, EXPIRED, LETTER_MISSING)


class Need(StrEnum):
    """What a step needs besides a person, a reason, a review date, and answers that count (`asking.still_to_ask`)."""

    NOTHING = "nothing"
    TALK = "talk"
    """A clinician has talked with the client."""


_STOPPING = {HOLD: Need.NOTHING, NOT_SUITED: Need.NOTHING}
_FREE = {CLEARED: Need.NOTHING, CONDITIONS: Need.NOTHING, **_STOPPING}
_AFTER_A_TALK = {CLEARED: Need.TALK, CONDITIONS: Need.TALK, **_STOPPING}

STEPS: dict[str, dict[str, Need]] = {
    UNDECIDED: _FREE,
    NOT_YET: _FREE,
    CLEARED: _FREE,
    CONDITIONS: _FREE,
    HOLD: _AFTER_A_TALK,
    NOT_SUITED: _AFTER_A_TALK,
    EXPIRED: _FREE,
    LETTER_MISSING: _AFTER_A_TALK,
}


def need_of(state: str, decision: str, *, is_held_by_answers: bool) -> Need:
    """What the step from `state` to `decision` needs. Raises KeyError for a state or decision that there is not.

    Answers that hold ask for a talk before any yes, whatever was decided before.
    """
    need = STEPS[state][decision]
    if is_held_by_answers and decision in {CLEARED, CONDITIONS}:
        return Need.TALK
    return need
