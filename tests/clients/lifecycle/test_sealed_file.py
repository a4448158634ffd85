"""A file that only its passphrase opens."""

import io
import re

import pytest

from clients.lifecycle.sealed_file import (
    PIECE,
    TAG,
    NotOurs,
    Opened,
    Sealer,
    is_sealed,
    lock_for,
    new_passphrase,
)

PASSPHRASE = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567"
LOCK = lock_for(PASSPHRASE)


def sealed(plain, lock=LOCK):
    out = io.BytesIO()
    sealer = Sealer(lock, out.write)
    sealer.write(plain)
    sealer.close()
    return out.getvalue()


def opened(content, passphrase=PASSPHRASE):
    return Opened(io.BytesIO(content), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_what_was_written_comes_back(size):
    plain = bytes(range(256)) * (size // 256 + 1)

    assert opened(sealed(plain[:size])) == plain[:size]


def test_it_is_read_from_any_place():
    plain = bytes(range(256)) * 8200
    file = Opened(io.BytesIO(sealed(plain)), PASSPHRASE)

    file.seek(-3, io.SEEK_END)
    assert file.read() == plain[-3:]
    file.seek(PIECE - 2)
    assert file.read(4) == plain[PIECE - 2 : PIECE + 2]


def test_the_passphrase_may_be_typed_in_small_letters_without_dashes():
    assert opened(sealed(b"words"), PASSPHRASE.lower().replace("-", " ")) == b"words"


def test_another_passphrase_opens_nothing():
    with pytest.raises(NotOurs):
        opened(sealed(b"words"), new_passphrase())


def test_nothing_of_the_words_shows():
    content = sealed(b"canary" * 100)

    assert b"canary" not in content
    assert is_sealed(io.BytesIO(content))


def test_the_same_words_never_look_the_same():
    assert sealed(b"words") != sealed(b"words")


@pytest.mark.parametrize("place", [3, 30, 120, -1, -TAG, -TAG - 1])
def test_a_changed_bit_is_found(place):
    content = bytearray(sealed(b"words" * 10))
    content[place] ^= 1

    with pytest.raises(NotOurs):
        opened(bytes(content))


def test_a_missing_end_is_found():
    whole = sealed(bytes(2 * PIECE + 7))

    for short in (whole[:-1], whole[: -7 - TAG], whole[: -7 - TAG - PIECE - TAG]):
        with pytest.raises(NotOurs):
            opened(short)


def test_pieces_cannot_change_places():
    whole = sealed(bytes(PIECE) + b"\1" * PIECE + b"end")
    head = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    first, second = whole[head : head + PIECE + TAG], whole[head + PIECE + TAG : head + 2 * (PIECE + TAG)]

    with pytest.raises(NotOurs):
        opened(whole[:head] + second + first + whole[head + 2 * (PIECE + TAG) :])


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", b"TOWPATH SEALED FILE 1\n", b"TOWPATH SEALED FILE 1\n{}\nxx"]
)
def test_another_file_is_not_ours(content):
    with pytest.raises(NotOurs):
        opened(content)


def test_a_file_cannot_ask_for_more_memory_than_we_use():
    content = sealed(b"words").replace(b'"n": 16384', b'"n": 99999')

    with pytest.raises(NotOurs):
        opened(content)


def test_a_passphrase_is_long_and_readable():
    assert re.fullmatch(r"([A-HJ-NP-Z2-9]{5}-){5}[A-HJ-NP-Z2-9]{5}", new_passphrase())
    assert len({new_passphrase() for _ in range(50)}) == 50
