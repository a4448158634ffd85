"""The rules of a note."""

from datetime import UTC, datetime, timedelta

from sessions.notes.rules import Sealed, canonical, is_late, merged, says_something, seal_of

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def sealed(**changes):
    values = {
        "note": "n",
        "session": "s",
        "client": "TP-0001",
        "author": "a",
        "format": "dap",
        "body": {"plan": "Rest", "data": "Ünd"},
        "walk": {},
        "version": 2,
        "signed_at": NOON,
        "signed_by": "a",
    }
    return Sealed(**{**values, **changes})


def test_the_canonical_form_is_the_same_whatever_the_order_of_the_sections():
    turned = sealed(body={"data": "Ünd", "plan": "Rest"})

    assert canonical(turned) == canonical(sealed())


def test_one_changed_letter_changes_the_seal():
    assert seal_of(sealed(body={"plan": "rest", "data": "Ünd"})) != seal_of(sealed())


def test_the_time_of_signing_is_part_of_the_seal():
    assert seal_of(sealed(signed_at=NOON + timedelta(seconds=1))) != seal_of(sealed())


def test_what_is_not_sent_stays_and_what_is_sent_empty_goes():
    assert merged({"plan": "Rest", "data": "x"}, {"data": " "}) == {"plan": "Rest"}


def test_blanks_say_nothing():
    assert not says_something({"plan": " \n"})


def test_a_note_signed_at_48_hours_is_not_late_yet():
    assert not is_late(ended_at=NOON, signed_at=NOON + timedelta(hours=48))
    assert is_late(ended_at=NOON, signed_at=NOON + timedelta(hours=48, seconds=1))
