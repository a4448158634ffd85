"""The key-encryption keys: the current one wraps, old ones only open what they wrapped before. No Django here."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from practice import env
from practice.encryption.problems import KeyMissing

LEAST_CHARACTERS = 43  # 32 random bytes in base64
LEAST_VARIETY = 12
NONCE_BYTES = 12
HOW_TO_MAKE_ONE = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


def keys_from_environment() -> list[str]:
    """TOWPATH_KEY, then TOWPATH_OLD_KEYS. Raises BadSetting when there is none, or one that could be guessed."""
    keys = [env.text("TOWPATH_KEY"), *env.words("TOWPATH_OLD_KEYS")]
    for place, key in enumerate(keys):
        name = "TOWPATH_OLD_KEYS" if place else "TOWPATH_KEY"
        if len(key) < LEAST_CHARACTERS or len(set(key)) < LEAST_VARIETY:
            raise env.BadSetting(
                name, f"holds a key of fewer than {LEAST_CHARACTERS} random characters. {HOW_TO_MAKE_ONE}"
            )
        if "," in key or len(key.split()) != 1:
            raise env.BadSetting(name, "holds a key with a comma or a space in it; keys have neither.")
    return keys


@dataclass(frozen=True)
class Kek:
    """One key-encryption key. `fingerprint` names it and tells nothing about it."""

    fingerprint: str
    _cipher: AESGCM

    @classmethod
    def from_text(cls, text: str) -> "Kek":
        return cls(_derived(text, "fingerprint", 8).hex(), AESGCM(_derived(text, "wrap", 32)))

    def wrap(self, key: bytes, *, about: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, about.encode())

    def unwrap(self, wrapped: bytes, *, about: str) -> bytes | None:
        """The key; None when it was not wrapped like that by us."""
        try:
            return self._cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            return None


@dataclass(frozen=True)
class Keyring:
    current: Kek
    old: tuple[Kek, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Keyring":
        return _keyring(tuple(texts))

    @property
    def fingerprints(self) -> list[str]:
        return [kek.fingerprint for kek in (self.current, *self.old)]

    def named(self, fingerprint: str) -> Kek:
        """The key of that fingerprint. Raises KeyMissing when we were not given it."""
        for kek in (self.current, *self.old):
            if kek.fingerprint == fingerprint:
                return kek
        raise KeyMissing(fingerprint)


@lru_cache(maxsize=8)
def _keyring(texts: tuple[str, ...]) -> Keyring:
    current, *old = (Kek.from_text(text) for text in texts)
    return Keyring(current, tuple(old))


def _derived(text: str, purpose: str, length: int) -> bytes:
    info = f"towpath key-encryption key: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(text.encode())
