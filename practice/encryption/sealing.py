"""One sealed value: `version (1 byte) | id of its data key (16) | nonce (12) | ciphertext and tag`. No Django here."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from practice.encryption.problems import Damaged

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
HEAD = 1 + 16
OVERHEAD = HEAD + NONCE_BYTES + 16


@dataclass(frozen=True)
class About:
    """Where a value lives. It opens there and nowhere else."""

    table: str
    field: str
    row: str

    @property
    def bytes(self) -> bytes:
        return f"{self.table}|{self.row}|{self.field}|{VERSION}".encode()


@dataclass(frozen=True)
class OpenKey:
    """A data key ready for work."""

    uid: UUID
    cipher: AESGCM

    @classmethod
    def from_bytes(cls, uid: UUID, key: bytes) -> "OpenKey":
        return cls(uid, AESGCM(key))


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: bytes, *, key: OpenKey, about: About) -> bytes:
    """The value as it is kept; another one every time."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([VERSION]) + key.uid.bytes + nonce + key.cipher.encrypt(nonce, plain, about.bytes)


def key_of(sealed: bytes, *, about: About) -> UUID:
    """The id of the key that opens it. Raises Damaged when this is no sealed value."""
    if len(sealed) < OVERHEAD or sealed[0] != VERSION:
        raise Damaged(about.table, about.field, about.row)
    return UUID(bytes=sealed[1:HEAD])


def opened(sealed: bytes, *, key: OpenKey, about: About) -> bytes:
    """What was sealed. Raises Damaged when one bit, the row, the field or the key is another."""
    try:
        return key.cipher.decrypt(
            sealed[HEAD : HEAD + NONCE_BYTES], sealed[HEAD + NONCE_BYTES :], about.bytes
        )
    except InvalidTag:
        raise Damaged(about.table, about.field, about.row) from None
