"""What docs/promises.md says is so: every test it names is there, and what it says lies in clear does, no more and no less."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from practice.database.wall import guards
from practice.encryption import keys
from practice.encryption.fields import Encrypted
from practice.encryption.models import DataKey
from practice.encryption.sealing import About, OpenKey, opened
from tests.factories import RunLogFactory

ROOT = Path(__file__).resolve().parent.parent
PROMISES = (ROOT / "docs" / "promises.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
NUMBERED = re.compile(r"^\*\*([SN]\d+) ", re.MULTILINE)
WEAKNESS = re.compile(r"\b(?:CVE-\d{4}-\d+|GHSA(?:-\w{4}){3}|FitTrackee #\d+)")
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)


def named() -> list[tuple[str, str]]:
    return sorted({(path, names) for path, names in NAMED.findall(PROMISES)})


@lru_cache(maxsize=64)
def _tests_in(path: str) -> frozenset[str]:
    return frozenset(_names(ast.parse((ROOT / path).read_text()), ""))


def _names(node: ast.AST, above: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name.startswith("test_"):
            yield f"{above}::{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from _names(child, f"{above}::{child.name}")


@pytest.mark.parametrize(("path", "names"), named(), ids=lambda value: value.rpartition("::")[2])
def test_every_test_that_a_promise_names_is_there(path, names):
    assert (ROOT / path).exists(), path
    assert names in _tests_in(path)


def test_every_promise_names_a_test():
    parts = re.split(r"^(?=\*\*S\d+ |## )", PROMISES, flags=re.MULTILINE)

    bare = [part.split("\n")[0] for part in parts if part.startswith("**S") and not NAMED.search(part)]

    assert bare == []


def test_the_promises_are_numbered_without_a_gap():
    numbers = NUMBERED.findall(PROMISES)

    for letter in "SN":
        mine = [number for number in numbers if number.startswith(letter)]
        assert mine == [f"{letter}{count}" for count in range(1, len(mine) + 1)]


def test_every_weakness_of_others_has_its_test():
    rows = [line for line in PROMISES.splitlines() if line.startswith("|") and WEAKNESS.search(line)]

    assert len(rows) >= 20
    assert [row for row in rows if not NAMED.search(row) and "not ours yet" not in row] == []


def test_what_lies_in_clear_is_what_this_page_says():
    said = {
        record: {name.strip() for name in names.split(",")}
        for record, names in re.findall(
            r"^\| ((?:clients|therapy_sessions)\.\w+) \| ([^|]+) \|$", PROMISES, re.M
        )
    }

    assert {record: names for record, names in _in_clear() if names} == said


def _in_clear() -> Iterator[tuple[str, set[str]]]:
    """The columns that could hold words, of each table that leads to a client; choices from a list say no words."""
    leading = {guard.table for guard in guards()}
    for model in apps.get_models():
        if model._meta.db_table in leading:
            fields = [field for field in model._meta.concrete_fields if isinstance(field, WORDS)]
            yield (
                model._meta.label,
                {field.name for field in fields if not field.choices and not isinstance(field, Encrypted)},
            )


@pytest.mark.django_db
def test_who_has_the_key_and_the_database_reads_everything():
    run = RunLogFactory(journal="Slept badly.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal FROM clients_runlog WHERE id = %s", [run.pk])
        sealed = bytes(cursor.fetchone()[0])
    wrapped = DataKey.objects.get(pk=run.client.data_key_id)

    key = OpenKey.from_bytes(wrapped.uid, keys.unwrapped(wrapped))

    assert (
        opened(sealed, key=key, about=About("clients_runlog", "journal", _bound_to(run))) == b"Slept badly."
    )


def _bound_to(run) -> str:
    row: str = type(run)._meta.get_field("journal").about(run).row
    return row
