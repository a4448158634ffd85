"""Queries whose shape never changes, turned into SQL once and planned once: on a busy door that is most of what they cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from practice.database.prepared import prepared_cursor

M = TypeVar("M", bound=models.Model)
Converters = tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]


@dataclass(frozen=True)
class _Shape(Generic[M]):
    """How a row becomes what Django's own iterator makes of it: the object, what is joined to it, what is annotated."""

    model: type[M]
    names: list[str]
    columns: slice
    joined: Sequence[Any]
    annotated: dict[str, int]
    converters: Converters

    @classmethod
    def of(cls, compiler: SQLCompiler) -> "_Shape[M]":
        select, info = cast(Any, compiler.select), cast(Any, compiler.klass_info)
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        converters = compiler.get_converters([expression for expression, *_ in select])
        return cls(
            model=info["model"],
            names=[expression.target.attname for expression, *_ in select[columns]],
            columns=columns,
            joined=get_related_populators(info, select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg] # the stubs are of a later Django
            annotated=compiler.annotation_col_map or {},
            converters=tuple((place, *found) for place, found in converters.items()),
        )

    def made_of(self, row: Sequence[Any]) -> M:
        values = list(row)
        for place, converters, expression in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        found: M = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values[self.columns])
        for join in self.joined:
            join.populate(values, found)
        for name, place in self.annotated.items():
            setattr(found, name, values[place])
        return found


@dataclass(frozen=True)
class _Statement(Generic[M]):
    sql: str
    params: tuple[Any, ...]
    shape: _Shape[M]


class CompiledOnce(Generic[M]):
    """`build(mark)` is the query for one value; `mark` is any value of its kind that stands nowhere else in it.

    The shape of what `build` answers must not depend on anything but the code.
    """

    def __init__(self, build: Callable[[Any], models.QuerySet[M]], *, mark: Any) -> None:
        self.build, self.mark = build, mark

    @cached_property
    def _statement(self) -> _Statement[M]:
        compiler = self.build(self.mark).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        if self.mark not in params:
            raise ValueError(f"{self.mark!r} does not reach the statement: {sql}")
        return _Statement(sql, tuple(params), _Shape.of(compiler))

    def first(self, value: Any) -> M | None:
        """The first row for this value, or None."""
        statement = self._statement
        params = [value if param == self.mark else param for param in statement.params]
        with prepared_cursor() as cursor:
            cursor.execute(statement.sql, params)
            row = cursor.fetchone()
        return None if row is None else statement.shape.made_of(row)
