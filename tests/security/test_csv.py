"""T19: no cell of an exported table is taken for a formula, and each can be read back as it was typed."""

import ast
import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.web.csv import SafeWriter, read_rows

ROOT = Path(__file__).resolve().parent.parent.parent
FORMULAS = [
    "=1+1",
    "+1",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    '=HYPERLINK("http://x.example")',
]
SEPARATORS = [",", ";", "\t", "|", "\n", "\r", '"', '";"', '", ']
cells = st.text(
    alphabet=st.sampled_from("=+-@%'\"|,;\t\r\n ＝aß1") | st.characters(exclude_categories=["Cs"])
)


def written(*row):
    file = io.StringIO(newline="")
    SafeWriter(file).row(row)
    return file.getvalue()


def pieces(text):
    """The cells that a spreadsheet makes of a text, whichever separator its country uses."""
    return re.split(r'[,;|\t\r\n"]', text)


def is_formula(piece):
    return piece.lstrip(" \x0b\x0c\xa0\u3000")[:1] in set("=+-@＝＋－＠")


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", *(f"Sam{separator}" for separator in SEPARATORS)])
def test_a_formula_in_a_cell_stays_text(formula, before):
    line = written(before + formula)

    assert not any(is_formula(piece) for piece in pieces(line))


@given(st.lists(cells, min_size=1))
def test_whatever_is_written_comes_back_as_it_was_typed(row):
    assert list(read_rows(io.StringIO(written(*row), newline=""))) == [row]


@given(st.lists(cells, min_size=1))
def test_no_text_at_all_makes_a_formula(row):
    assert not any(is_formula(piece) for piece in pieces(written(*row)))


def test_numbers_and_moments_stay_what_they_are():
    assert (
        written(-5, Decimal("-1.5"), 2.5, date(2026, 6, 1), None) == '"-5","-1.5","2.5","2026-06-01",""\r\n'
    )


def test_rows_follow_each_other():
    file = io.StringIO(newline="")

    SafeWriter(file).rows([["a", 1], ["b", 2]])

    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [["a", "1"], ["b", "2"]]


def test_nobody_writes_a_table_in_another_way():
    strangers = [
        str(path.relative_to(ROOT))
        for floor in ("practice", "clients", "sessions")
        for path in sorted((ROOT / floor).rglob("*.py"))
        if path != ROOT / "practice/web/csv.py" and "csv" in _imported(path)
    ]

    assert strangers == []


def _imported(path):
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
