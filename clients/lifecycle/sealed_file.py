"""A file that only its passphrase opens: what the practice takes along when it moves.

The passphrase gives, by scrypt, a private key. Whoever writes the file knows the public half alone, so the machine
that wrote it cannot open it again. Layout: a magic line, a line of JSON that says how the key is made, then pieces of
AES-256-GCM, one after the other; each is bound to its place and to the two lines, and the last one says that it is last.
"""

import io
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, cast

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
COST = {"n": 1 << 14, "r": 8, "p": 1}  # a passphrase of 150 random bits needs no more
MOST_HEADER = 1_000
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, IN_GROUP = 6, 5


class NotOurs(ValueError):
    """This is no sealed file of Towpath's, or not a whole one, or the passphrase is another."""

    def __init__(self) -> None:
        super().__init__("the passphrase is another, or the file is not whole")


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


class Opened(io.RawIOBase):
    """The plain bytes of a sealed file, to read from any place; nothing of them is written anywhere.

    Raises NotOurs at once when the passphrase is another or the end is missing, later at a piece that was changed.
    """

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._file, self._place, self._held = file, 0, (-1, b"")
        self._head = file.readline(len(MAGIC)) + file.readline(MOST_HEADER)
        self._cipher = _cipher_of(self._head, passphrase)
        sealed = file.seek(0, io.SEEK_END) - len(self._head)
        self._count = -(-sealed // (PIECE + TAG))
        self._size = sealed - self._count * TAG
        self._piece(self._count - 1)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(start + offset, 0)
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Any) -> int:
        filled = 0
        while filled < len(buffer) and self._place < self._size:
            number, within = divmod(self._place, PIECE)
            some = self._piece(number)[within : within + len(buffer) - filled]
            buffer[filled : filled + len(some)] = some
            filled, self._place = filled + len(some), self._place + len(some)
        return filled

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(len(self._head) + max(number, 0) * (PIECE + TAG))
            nonce = _nonce(max(number, 0), is_last=number == self._count - 1)
            try:
                plain = self._cipher.decrypt(nonce, self._file.read(PIECE + TAG), self._head)
            except (InvalidTag, ValueError) as problem:
                raise NotOurs from problem
            self._held = (number, plain)
        return self._held[1]


def opened(file: IO[bytes], passphrase: str) -> IO[bytes]:
    """A sealed file to read as if it were plain. Raises NotOurs."""
    return cast("IO[bytes]", Opened(file, passphrase))


def _cipher_of(head: bytes, passphrase: str) -> AESGCM:
    facts = _facts(head)
    try:
        private = _private(passphrase, bytes.fromhex(facts["salt"]), COST)
        theirs = X25519PublicKey.from_public_bytes(bytes.fromhex(facts["public"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise NotOurs from problem
    return AESGCM(_key(private.exchange(theirs), head))


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
