"""A decision says by which version of the rules it was made: a changed rule is a new version."""

import ast
from hashlib import sha256
from pathlib import Path

from clients.screening import rules

ROOM = Path(rules.__file__).parent
READ = (*sorted((ROOM / "table").glob("*.py")), ROOM / "triggers.py", ROOM / "points.py")
KNOWN = {"3": "bd60c007f6af35c9"}
"""Version → what the rules of that version say. Raise VERSION with every change of a rule, and put its line here."""


def without_words_about_it(source):
    """The code as it runs: comments, layout and docstrings say nothing about a rule."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return ast.dump(tree)


def test_a_changed_rule_is_a_new_version():
    said = "".join(without_words_about_it(path.read_text(encoding="utf-8")) for path in READ)

    assert {rules.VERSION: sha256(said.encode()).hexdigest()[:16]} == KNOWN
