"""T04 and a few more: what the source may not hold, so that whole classes of holes cannot open."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("practice", "clients", "sessions")
SOURCES = [
    path
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN_BASES = {"ModelSerializer", "HyperlinkedModelSerializer", "ModelForm", "ModelViewSet"}
FORBIDDEN_CALLS = {"eval", "exec", "pickle.loads", "yaml.load", "os.system"}


def named(node):
    return ast.unparse(node)


def test_no_form_or_serializer_takes_its_fields_from_a_model():
    derived = [
        (str(path.relative_to(ROOT)), node.name)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and {named(base).rpartition(".")[2].partition("[")[0] for base in node.bases} & FORBIDDEN_BASES
    ]

    assert derived == []
    assert [path for path in SOURCES if re.search(r"fields\s*=\s*[\"']__all__", path.read_text())] == []


def test_nothing_is_run_or_rebuilt_from_words():
    found = [
        (str(path.relative_to(ROOT)), named(node.func))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and named(node.func) in FORBIDDEN_CALLS
    ]

    assert found == []


def test_no_template_calls_words_safe():
    """But its own: a literal may be."""
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if re.search(r"[^'\"]\|\s*safe|autoescape off", path.read_text())
    ]

    assert found == []
