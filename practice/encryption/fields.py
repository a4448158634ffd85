"""Model fields that are sealed in the database and plain on the instance, opened when somebody reads the attribute.

    journal = EncryptedText(blank=True, key="client")          # sealed with self.client's data key
    answers = EncryptedJSON(default=dict, key="screening__client")

A page that lists rows opens nothing. What is blank stays blank in the database, so that a constraint can still say
"has text"; nothing else about a value can be asked in SQL. Values are written by saving the row.
"""

import json
import logging
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from practice.encryption import keys
from practice.encryption.problems import Damaged, Unreadable
from practice.encryption.reading import stand_in
from practice.encryption.sealing import HEAD, About, OpenKey, key_of, opened, seal

log = logging.getLogger(__name__)
T = TypeVar("T")

if TYPE_CHECKING:
    Base = models.Field
else:

    class Base(models.Field, Generic[T]):
        """Django's field, which takes no types while it runs."""

        def __class_getitem__(cls, types: Any) -> type["Base"]:
            return cls


class Sealed:
    """A value as the database has it, not opened yet."""

    __slots__ = ("value",)

    def __init__(self, value: bytes) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"<sealed, {len(self.value)} bytes>"


class SealedAttribute(DeferredAttribute):
    """Opens the value at the first look; brings it first where a query left it out."""

    field: "Encrypted[Any]"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.__dict__[name] = self._brought(instance)
        value = instance.__dict__[name]
        if type(value) is not Sealed:
            return value
        try:
            value = instance.__dict__[name] = self.field.open(value, instance)
        except Unreadable as problem:
            return self.field.stand_in(problem)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    def _brought(self, instance: models.Model) -> Any:
        rows = type(instance)._base_manager.using(instance._state.db).filter(pk=instance.pk)
        return rows.values_list(self.field.attname, flat=True).get()


class Encrypted(Base[T, T]):
    """What the kinds share. `key` leads from the row to the client (`note__session__client`; "" is the row itself).

    `bound_to` names what a value is bound to besides its table and field: the row's public id, which never changes.
    """

    descriptor_class = SealedAttribute
    empty: Any = None

    def __init__(
        self, *args: Any, key: str = "", bound_to: tuple[str, ...] = ("uid",), **options: Any
    ) -> None:
        self.key, self.bound_to = key, tuple(bound_to)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options["key"] = self.key
        if self.bound_to != ("uid",):
            options["bound_to"] = self.bound_to
        return name, path, args, options

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        names = {field.attname for field in self.model._meta.concrete_fields}
        lost = sorted(set(self.bound_to) - names)
        problems = [
            checks.Error(f"{self} is bound to {name}, which its row has not.", id="towpath.E010")
            for name in lost
        ]
        return [*super().check(**options), *problems]

    @property
    def _as_kept(self) -> str:
        """Where the instance remembers (sealed, plain, about), as they are in the database."""
        return f"_{self.attname}_as_kept"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def stand_in(self, problem: Unreadable) -> Any:
        """What is shown instead, which is never kept. Raises the problem where nothing can stand in."""
        raise problem

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        if value is None:
            return None
        raw = bytes(value)
        if len(raw) >= HEAD:
            keys.will_need(UUID(bytes=raw[1:HEAD]))
        return Sealed(raw)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: FBT001 - Django's signature
        """The value as it is kept. One that nobody changed goes back as it came, so no trigger sees a change."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, Sealed):
            return held
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        if value == self.empty:
            return Sealed(b"")
        plain, about = self.to_bytes(value), self.about(model_instance)
        if model_instance.__dict__.get(self._as_kept, (None, None))[1:] == (plain, about):
            return cast(Sealed, model_instance.__dict__[self._as_kept][0])
        sealed = Sealed(seal(plain, key=self._key(model_instance, about), about=about))
        model_instance.__dict__[self._as_kept] = sealed, plain, about
        return sealed

    def get_prep_value(self, value: Any) -> Any:
        """Raises TypeError for words in the clear: they are sealed when their row is saved, and cannot be searched."""
        if value is None or type(value) is Sealed:
            return value
        if value in (self.empty, b""):  # b"" is what Django puts into the rows of a new column
            return Sealed(b"")
        raise TypeError(f"{self} is sealed: save() the row to write it; only blank can be looked for.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        value = value if prepared else self.get_prep_value(value)
        return connection.Database.Binary(value.value) if type(value) is Sealed else value

    def about(self, instance: models.Model) -> About:
        return self.place(instance._meta.db_table, [getattr(instance, name) for name in self.bound_to])

    def place(self, table: str, bound_to: Iterable[Any]) -> About:
        return About(table, str(self.column), "|".join(map(str, bound_to)))

    def open(self, sealed: Sealed, instance: models.Model) -> Any:
        """What was sealed. Raises Damaged (and says so in the log) or Erased."""
        if not sealed.value:
            return self.blank_value()
        about = self.about(instance)
        try:
            key = keys.key_for(key_of(sealed.value, about=about), about=about)
            plain = opened(sealed.value, key=key, about=about)
        except Damaged as damage:
            log.error("%s", damage)  # noqa: TRY400 - a traceback would show where it was read, not what is wrong
            raise
        instance.__dict__[self._as_kept] = sealed, plain, about
        return self.from_bytes(plain)

    def sealed(self, value: Any, *, key: OpenKey, bound_to: Iterable[Any]) -> bytes:
        """The value as it is kept, for those who write very many rows past the ORM."""
        if value == self.empty:
            return b""
        return seal(self.to_bytes(value), key=key, about=self.place(self.model._meta.db_table, bound_to))

    def blank_value(self) -> Any:
        return self.empty

    def _key(self, instance: models.Model, about: About) -> OpenKey:
        """The key of the value that stood here before, where it was looked at; else that of the client."""
        if before := instance.__dict__.get(self._as_kept):
            return keys.key_for(key_of(before[0].value, about=about), about=about)
        owner: Any = instance
        for step in filter(None, self.key.split("__")):
            owner = getattr(owner, step)
        return keys.key_of_owner(owner, about=about)


class EncryptedText(Encrypted[str]):
    empty = ""

    def stand_in(self, problem: Unreadable) -> str | None:
        return stand_in(problem)

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()


class EncryptedBytes(Encrypted[bytes | None]):
    empty = b""

    def to_bytes(self, value: bytes) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain


class EncryptedDate(Encrypted[date | None]):
    """A day, kept as 2026-11-22."""

    def stand_in(self, problem: Unreadable) -> None:
        stand_in(problem)

    def to_bytes(self, value: date) -> bytes:
        return value.isoformat().encode()

    def from_bytes(self, plain: bytes) -> date:
        return date.fromisoformat(plain.decode())


class EncryptedJSON(Encrypted[Any]):
    """Plain values that JSON has. An empty dict is blank."""

    empty: dict[str, Any] = {}

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)

    def sealed(self, value: Any, *, key: OpenKey, bound_to: Iterable[Any]) -> bytes:
        """The value as it is kept, for those who write very many rows past the ORM."""
        if value == self.empty:
            return b""
        return seal(self.to_bytes(value), key=key, about=self.place(self.model._meta.db_table, bound_to))

    def blank_value(self) -> dict[str, Any]:
        return {}
