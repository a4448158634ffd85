"""Queries whose shape never changes, turned into SQL once: on a busy door that is half of what they cost."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class _Statement:
    rows: models.QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def run(self, params: Sequence[Any]) -> list[Any]:
        """The rows as Django makes them, of a copy: the connection belongs to the thread that asks."""
        compiler, rows = copy(self.compiler), self.rows.all()
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_more: (self.sql, params)  # type: ignore[method-assign, assignment] # it is compiled already
        rows.query.get_compiler = lambda *_args, **_more: compiler  # type: ignore[method-assign] # of this copy alone
        return list(rows)


class CompiledOnce(Generic[M]):
    """`build(mark)` is the query for one value; `mark` is any value of its kind that stands nowhere else in it.

    The shape of what `build` answers must not depend on anything but the code.
    """

    def __init__(self, build: Callable[[Any], models.QuerySet[M]], *, mark: Any) -> None:
        self.build, self.mark = build, mark

    @cached_property
    def _statement(self) -> _Statement:
        rows = self.build(self.mark)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        if self.mark not in params:
            raise ValueError(f"{self.mark!r} does not reach the statement: {sql}")
        return _Statement(rows, compiler, sql, tuple(params))

    def first(self, value: Any) -> M | None:
        """The first row for this value, or None."""
        statement = self._statement
        params = [value if param == self.mark else param for param in statement.params]
        return next(iter(statement.run(params)), None)
