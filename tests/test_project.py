"""Rules about the code itself: what a reviewer would otherwise have to look for every time."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from practice.people.gate import Anyone, permission_for
from practice.people.roles import EXTRA_RIGHTS, GRANTS, Permission, Role, granted
from practice.web.refusals import Refused

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("practice", "clients", "sessions")
SOURCES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]
DOORS = [path for path in WRITTEN if {path.stem, path.parent.name} & {"views", "api"}]
OPEN_DOORS = {"healthz", "readyz", "help_now", "favicon", "accept_invitation", "about_exit"} | {
    "resume",
    "resume_asked",
    "resume_saved",
    "open_resume_link",
}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def _ours() -> list[URLPattern]:
    return [pattern for pattern in _patterns(get_resolver()) if not _is_allauth(pattern)]


def _is_allauth(pattern: URLPattern) -> bool:
    return str(getattr(pattern.callback, "__module__", "")).startswith("allauth")


def _is_a(path: Path, furniture: str) -> bool:
    """A piece of furniture is a file, or a folder of the same name once it has grown."""
    return furniture in {path.stem, path.parent.name}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def _where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_every_page_names_its_permission_or_is_known_to_be_open():
    nameless = [
        pattern.name
        for pattern in _ours()
        if not hasattr(pattern.callback, "cls")
        and not isinstance(getattr(pattern.callback, "permission", None), Permission)
        and not hasattr(pattern.callback, "is_of_the_sign_in")
        and pattern.name not in OPEN_DOORS
    ]

    assert nameless == []


def test_every_endpoint_names_a_permission_for_every_method_it_answers():
    nameless = [
        (pattern.name, method)
        for pattern in _ours()
        for view in [getattr(pattern.callback, "cls", None)]
        if view is not None and issubclass(view, APIView) and not _is_for_anyone(view)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if hasattr(view, method.lower()) and permission_for(view, method) is None
    ]

    assert nameless == []


def _is_for_anyone(view: Any) -> bool:
    return list(view.permission_classes) == [Anyone]


def test_every_endpoint_names_the_scope_a_token_needs():
    scopeless = [
        pattern.name
        for pattern in _ours()
        for view in [getattr(pattern.callback, "cls", None)]
        if view is not None and not _is_for_anyone(view) and not getattr(view, "scope", "")
    ]

    assert scopeless == []


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_read_behind_a_door_starts_at_visible_to(path):
    tree = _tree(path)
    allowed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    strays = [
        _where(path, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and id(node) not in allowed
    ]

    assert strays == []


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_door_never_looks_a_model_up_by_itself(path):
    calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]

    bare = [
        _where(path, call)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in {"get_object_or_404", "get_list_or_404", "found"}
        and call.args
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[:1].isupper()
    ]

    assert bare == []


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_door_never_saves_a_row(path):
    saves = [
        _where(path, node)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    ]

    assert saves == []


def test_rules_are_plain_python():
    strangers = [
        (str(path.relative_to(ROOT)), name)
        for path in WRITTEN
        if _is_a(path, "rules")
        for name in _imports(path)
        if name.split(".")[0] in {"django", "rest_framework", "celery"}
        and not name.startswith("django.utils.translation")
    ]

    assert strangers == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_actions_take_their_arguments_by_name():
    by_place = [
        (_where(path, function), function.name)
        for path in WRITTEN
        if _is_a(path, "actions") and path.parent.name != "jobs"
        for function in _tree(path).body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        if {"by", "now"} & {argument.arg for argument in function.args.args}
    ]

    assert by_place == []


def test_no_action_reads_the_clock():
    readers = [
        _where(path, node)
        for path in WRITTEN
        if (_is_a(path, "actions") or _is_a(path, "rules")) and path.parent.name != "jobs"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in {"today", "utcnow"} or (node.func.attr == "now" and not node.args))
    ]

    assert readers == []


def test_no_function_is_longer_than_a_screen():
    long = [
        (_where(path, function), function.name)
        for path in WRITTEN
        for function in ast.walk(_tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_has_outgrown_its_room():
    long = [str(path.relative_to(ROOT)) for path in WRITTEN if _lines(path) > LONGEST_FILE]

    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_migrations_have_names():
    nameless = [path.name for path in SOURCES if "migrations" in path.parts and "_auto_" in path.name]

    assert nameless == []


def test_every_refusal_has_a_code_of_its_own():
    codes = Counter(refusal.code for refusal in _refusals(Refused) if "code" in vars(refusal))

    assert [code for code, times in codes.items() if times > 1] == []


def _refusals(base: type[Refused]) -> Iterator[type[Refused]]:
    for refusal in base.__subclasses__():
        if refusal.__module__.split(".")[0] in FLOORS:
            yield refusal
        yield from _refusals(refusal)


def test_every_permission_is_granted_to_somebody():
    assert set(Permission) - granted(list(Role), EXTRA_RIGHTS) == set()


def test_no_client_holds_a_right_of_the_staff():
    assert (
        GRANTS[Role.CLIENT]
        & {
            Permission.READ_RECORD,
            Permission.READ_NOTES,
            Permission.READ_CONTACTS,
            Permission.DECIDE_CLEARANCE,
            Permission.EXPORT_SUMMARY,
        }
        == set()
    )


def test_reception_holds_no_clinical_right():
    assert (
        GRANTS[Role.RECEPTION]
        & {
            Permission.READ_RECORD,
            Permission.READ_SCREENING,
            Permission.READ_NOTES,
            Permission.READ_RUNS,
            Permission.EXPORT_SUMMARY,
        }
        == set()
    )
