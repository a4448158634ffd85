"""The key-encryption keys: strict to read, one wraps, all open."""

import pytest

from practice.encryption.keyring import Keyring, keys_from_environment
from practice.encryption.problems import KeyMissing
from practice.env import BadSetting

ONE = "first-key-of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"
TWO = "second-key-of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def given(monkeypatch):
    def set_(**names):
        for name in ("TOWPATH_KEY", "TOWPATH_KEY_FILE", "TOWPATH_OLD_KEYS", "TOWPATH_OLD_KEYS_FILE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in names.items():
            monkeypatch.setenv(name, value)

    return set_


def test_the_current_key_comes_first_and_old_ones_after_it(given):
    given(TOWPATH_KEY=ONE, TOWPATH_OLD_KEYS=f"{TWO}, {ONE}")

    assert keys_from_environment() == [ONE, TWO, ONE]


def test_a_key_may_lie_in_a_file(given, tmp_path):
    (tmp_path / "key").write_text(f"{ONE}\n")
    given(TOWPATH_KEY_FILE=str(tmp_path / "key"))

    assert keys_from_environment() == [ONE]


def test_without_a_key_nothing_starts(given):
    given()

    with pytest.raises(BadSetting, match=r"TOWPATH_KEY is not set\. Set it, or set TOWPATH_KEY_FILE"):
        keys_from_environment()


@pytest.mark.parametrize("poor", ["short", "a" * 60, "ab" * 30, f"{ONE} {TWO}"])
def test_a_key_that_could_be_guessed_is_refused(given, poor):
    given(TOWPATH_KEY=poor)

    with pytest.raises(BadSetting, match="TOWPATH_KEY holds a key"):
        keys_from_environment()


def test_an_old_key_is_looked_at_as_strictly(given):
    given(TOWPATH_KEY=ONE, TOWPATH_OLD_KEYS="short")

    with pytest.raises(BadSetting, match="TOWPATH_OLD_KEYS holds a key"):
        keys_from_environment()


def test_what_one_key_wrapped_only_that_key_unwraps():
    ring = Keyring.of([ONE, TWO])
    wrapped = ring.current.wrap(b"data key", about="key 1")

    assert ring.named(ring.current.fingerprint).unwrap(wrapped, about="key 1") == b"data key"
    assert ring.old[0].unwrap(wrapped, about="key 1") is None
    assert ring.current.unwrap(wrapped, about="key 2") is None


def test_a_fingerprint_stays_the_same_and_shows_nothing_of_its_key():
    ring, again = Keyring.of([ONE]), Keyring.of([TWO, ONE])

    assert ring.current.fingerprint == again.old[0].fingerprint
    assert ring.current.fingerprint not in ONE
    assert "first-key" not in repr(ring)


def test_a_key_that_we_do_not_have_is_named():
    with pytest.raises(KeyMissing, match="0123456789abcdef"):
        Keyring.of([ONE]).named("0123456789abcdef")
