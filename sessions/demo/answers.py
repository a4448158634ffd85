"""What the people of the fictional practice say about themselves."""

from clients.instruments import load
from clients.record.actions import EmergencyContactWords
from sessions.demo.people import Life


def on_the_way(totals: tuple[int, ...], came: float) -> int:
    """The check-in total of somebody who has come that part of the way, 0 to 1."""
    return totals[int(came * (len(totals) - 1))]


def answers_for(instrument_key: str, totals: dict[str, int]) -> dict[str, int]:
    """Quiet answers to every question, or answers that add up to the total asked for, the last one left at nought."""
    items = [item for item in load(instrument_key).items if item.is_required and not item.is_conditional]
    left = totals.get(instrument_key, 0)
    sheet = {}
    for item in items:
        may_rise = not item.safety
        sheet[item.key] = min(item.highest, left) if may_rise else item.lowest
        left -= sheet[item.key]
    return sheet


def contact_of(life: Life) -> EmergencyContactWords | None:
    name, relation, phone = life.contact
    return EmergencyContactWords(name=name, relation=relation, phone=phone) if name else None
