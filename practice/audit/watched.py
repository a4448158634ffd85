"""Which tables the database itself keeps a trail of, and how each leads to a client."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from practice.database.wall import CLIENTS, ways_to_a_client
from practice.encryption.models import DataKey
from practice.people.models import ApiToken, Member, Practice, User

OF_THE_PRACTICE: tuple[type[models.Model], ...] = (Practice, User, Member, ApiToken, Authenticator, DataKey)
"""Who may sign in, with which rights, keys and factors: they decide who sees a client."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A table of the trail. `steps` lead from it to the clients: (column, the table it points at), one after another."""

    model: type[models.Model]
    steps: tuple[tuple[str, str], ...] | None

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """What the trail calls a row of it."""
        return str(self.model._meta.model_name)

    @property
    def has_uid(self) -> bool:
        return any(field.column == "uid" for field in self.model._meta.concrete_fields)

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return str(self.model._meta.pk.column)

    def client(self, row: str) -> tuple[str, str]:
        """How SQL gets from `row` to the client: the alias that holds `uid` and `reference`, and the joins for it."""
        if self.steps is None:
            return "", ""
        at, joins = row, []
        for number, (column, table) in enumerate(self.steps):
            joins.append(f'LEFT JOIN "{table}" up{number} ON up{number}.id = {at}."{column}"')
            at = f"up{number}"
        return at, " ".join(joins)


@cache
def watched() -> tuple[Watched, ...]:
    """Every table with a path to a client, the clients themselves, and those of OF_THE_PRACTICE."""
    return tuple(sorted(_all(), key=lambda one: one.table))


def _all() -> Iterator[Watched]:
    ways, models_of = ways_to_a_client(), {model._meta.db_table: model for model in _models()}
    yield Watched(model=models_of[CLIENTS], steps=())
    for table in ways:
        yield Watched(model=models_of[table], steps=tuple(_steps(table, ways)))
    for model in OF_THE_PRACTICE:
        if model._meta.db_table not in {CLIENTS, *ways}:
            yield Watched(model=model, steps=None)


def _models() -> list[type[models.Model]]:
    return apps.get_models(include_auto_created=True)


def _steps(table: str, ways: "dict[str, models.ForeignKey[Any, Any]]") -> Iterator[tuple[str, str]]:
    while table != CLIENTS:
        way = ways[table]
        table = way.related_model._meta.db_table
        yield way.column, table
