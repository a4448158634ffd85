"""One value: it opens where it was sealed and nowhere else."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.encryption.problems import Damaged
from practice.encryption.sealing import OVERHEAD, About, OpenKey, key_of, new_key, opened, seal

HERE = About("clients_runlog", "journal", "7f1c")
KEY = OpenKey.from_bytes(UUID(int=1), new_key())
OTHER_PLACES = [
    About("therapy_sessions_note", "journal", "7f1c"),
    About("clients_runlog", "body", "7f1c"),
    About("clients_runlog", "journal", "7f1d"),
]


@given(plain=st.binary(max_size=2_000))
def test_what_was_sealed_comes_back_and_cannot_be_seen(plain):
    sealed = seal(plain, key=KEY, about=HERE)

    assert opened(sealed, key=KEY, about=HERE) == plain
    assert len(sealed) == len(plain) + OVERHEAD
    assert len(plain) < 4 or plain not in sealed


def test_the_same_words_are_never_sealed_the_same_way_twice():
    assert seal(b"by the lock", key=KEY, about=HERE) != seal(b"by the lock", key=KEY, about=HERE)


@pytest.mark.parametrize("elsewhere", OTHER_PLACES, ids=["table", "field", "row"])
def test_a_value_moved_elsewhere_is_damaged(elsewhere):
    sealed = seal(b"by the lock", key=KEY, about=HERE)

    with pytest.raises(Damaged) as damage:
        opened(sealed, key=KEY, about=elsewhere)

    assert (damage.value.table, damage.value.field, damage.value.row) == (
        elsewhere.table,
        elsewhere.field,
        elsewhere.row,
    )
    assert "lock" not in str(damage.value)


def is_found_out(sealed: bytes) -> bool:
    """Does it name another key, or fail to open?"""
    try:
        return key_of(sealed, about=HERE) != KEY.uid or not opened(sealed, key=KEY, about=HERE)
    except Damaged:
        return True


@given(place=st.integers(0, OVERHEAD + 10), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(place, bit):
    sealed = bytearray(seal(b"by the lock", key=KEY, about=HERE))

    sealed[place] ^= 1 << bit

    assert is_found_out(bytes(sealed))


@given(length=st.integers(0, OVERHEAD + 10))
def test_a_cut_value_is_found(length):
    sealed = seal(b"by the lock", key=KEY, about=HERE)

    assert is_found_out(sealed[:length])


def test_another_key_does_not_open_it():
    sealed = seal(b"by the lock", key=KEY, about=HERE)

    with pytest.raises(Damaged):
        opened(sealed, key=OpenKey.from_bytes(uuid4(), new_key()), about=HERE)
