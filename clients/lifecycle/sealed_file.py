"""A file that only its passphrase opens: what the practice takes along when it moves.

The passphrase gives, by scrypt, a private key. Whoever writes the file knows the public half alone, so the machine
that wrote it cannot open it again. Layout: a magic line, a line of JSON that says how the key is made, then pieces of
AES-256-GCM, one after the other; each is bound to its place and to the two lines, and the last one says that it is last.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"TOWPATH SEALED FILE 1\n"
PIECE = 1 << 20
TAG = 16
KEY_BYTES = SALT_BYTES = 32
COST = {"n": 1 << 16, "r": 8, "p": 1}
MOST_HEADER = 1_000
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, IN_GROUP = 6, 5


class NotOurs(ValueError):
    """This is no sealed file of Towpath's, or not a whole one, or the passphrase is another."""


@dataclass(frozen=True, kw_only=True)
class Lock:
    """What is needed to write a sealed file, and not enough to open one."""

    public_key: bytes
    salt: bytes


def new_passphrase() -> str:
    """Thirty letters and digits in groups of five, none of which is mistaken for another: 150 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def lock_for(passphrase: str) -> Lock:
    """A lock that this passphrase opens."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Lock(public_key=_private(passphrase, salt, COST).public_key().public_bytes_raw(), salt=salt)


class Sealer:
    """Write plain bytes in, give sealed pieces to `keep`; `close` writes the last one."""

    def __init__(self, lock: Lock, keep: Callable[[bytes], object]) -> None:
        once = X25519PrivateKey.generate()
        theirs = X25519PublicKey.from_public_bytes(lock.public_key)
        self._head = _head(lock.salt, once.public_key().public_bytes_raw())
        self._cipher = AESGCM(_key(once.exchange(theirs), self._head))
        self._keep, self._waiting, self._count = keep, bytearray(), 0
        keep(self._head)

    def write(self, plain: bytes) -> int:
        self._waiting += plain
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(plain)

    def flush(self) -> None:
        """Nothing leaves before a piece is full."""

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._keep(self._cipher.encrypt(_nonce(self._count, is_last=is_last), plain, self._head))
        self._count += 1


def is_sealed(file: IO[bytes]) -> bool:
    """Whether this begins like a sealed file; the place in the file stays."""
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


def opened(file: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """The plain bytes, piece by piece. Raises NotOurs at the first piece that is not as it was written."""
    head = file.readline(len(MAGIC)) + file.readline(MOST_HEADER)
    facts = _facts(head)
    try:
        private = _private(
            passphrase, bytes.fromhex(facts["salt"]), {name: int(facts[name]) for name in COST}
        )
        theirs = X25519PublicKey.from_public_bytes(bytes.fromhex(facts["public"]))
        cipher = AESGCM(_key(private.exchange(theirs), head))
    except (KeyError, TypeError, ValueError) as problem:
        raise NotOurs from problem
    yield from _pieces(file, cipher, head)


def _pieces(file: IO[bytes], cipher: AESGCM, head: bytes) -> Iterator[bytes]:
    count, piece = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(count, is_last=not following), piece, head)
        except (InvalidTag, ValueError) as problem:
            raise NotOurs from problem
        if not following:
            return
        count, piece = count + 1, following


def _head(salt: bytes, public: bytes) -> bytes:
    facts = {"kdf": "scrypt", **COST, "salt": salt.hex(), "public": public.hex(), "cipher": "AES-256-GCM"}
    return MAGIC + json.dumps(facts).encode() + b"\n"


def _facts(head: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(head.removeprefix(MAGIC))
    except ValueError as problem:
        raise NotOurs from problem
    if not head.startswith(MAGIC) or not isinstance(facts, dict):
        raise NotOurs
    if {name: facts.get(name) for name in COST} != COST:
        raise NotOurs  # another cost could ask this machine for any amount of memory
    return facts


def _private(passphrase: str, salt: bytes, cost: dict[str, int]) -> X25519PrivateKey:
    typed = "".join(letter for letter in passphrase.upper() if letter in LETTERS)
    key = Scrypt(salt=salt, length=KEY_BYTES, **cost).derive(typed.encode())
    return X25519PrivateKey.from_private_bytes(key)


def _key(shared: bytes, head: bytes) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=head, info=b"towpath sealed file 1")
    return hkdf.derive(shared)


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
