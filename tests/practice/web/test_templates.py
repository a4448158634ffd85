"""Laws that every template keeps, so that the strict content security policy never has to be loosened."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
DATA_BLOCK = re.compile(r'type="application/json"')
SCRIPT = re.compile(r"<script\b[^>]*>")
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
STYLE_ATTRIBUTE = re.compile(r"""\sstyle\s*=""")
HANDLER = re.compile(r"""\son[a-z]+\s*=\s*["']""")
TEMPLATE_CODE = re.compile(r"\{[%{#].*?[%}#]\}", re.S)


def name_of(path: Path) -> str:
    return str(path.relative_to(FOLDER))


def tags_in(path: Path) -> list[str]:
    """HTML tags with the template code taken out, which may hold > and quotes of its own."""
    return TAG.findall(TEMPLATE_CODE.sub("", path.read_text()))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_styles_inline(path: Path) -> None:
    assert [tag for tag in tags_in(path) if STYLE_ATTRIBUTE.search(tag)] == []
    assert "<style" not in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_handles_events_inline(path: Path) -> None:
    assert [tag for tag in tags_in(path) if HANDLER.search(tag)] == []
    assert "javascript:" not in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_script_comes_from_a_file(path: Path) -> None:
    """A data block is no script: the browser does not run it."""
    scripts = SCRIPT.findall(path.read_text())

    assert [tag for tag in scripts if " src=" not in tag and not DATA_BLOCK.search(tag)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_fetched_from_another_host(path: Path) -> None:
    fetched = re.findall(r'(?:src|srcset|action|hx-get|hx-post)="(https?:[^"]*)', path.read_text())
    linked = re.findall(r'<link[^>]*href="(https?:[^"]*)', path.read_text())

    assert fetched + linked == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_can_be_read(path: Path) -> None:
    engines["django"].get_template(name_of(path))


def test_the_policy_allows_no_inline_script_or_style() -> None:
    policy: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[assignment]

    assert "'unsafe-inline'" not in [*policy["script-src"], *policy["style-src"]]
    assert policy["default-src"] == ["'none'"]
