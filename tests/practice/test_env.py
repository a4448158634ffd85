"""Settings are strict: a bad value stops the start and says why."""

import os
import re
from pathlib import Path

import pytest

from practice import env

ROOT = Path(__file__).resolve().parent.parent.parent
READ_IN_CODE = re.compile(
    r"""(?:env\.)?\b(?:text|switch|number|words|environ\.get|has)\(\s*["']((?:TOWPATH|DATABASE|REDIS)_[A-Z_]+)["']"""
)


def test_a_missing_setting_says_how_to_set_it(monkeypatch):
    monkeypatch.delenv("TOWPATH_SECRET_KEY", raising=False)

    with pytest.raises(
        env.BadSetting, match=r"TOWPATH_SECRET_KEY is not set\. Set it, or set TOWPATH_SECRET_KEY_FILE"
    ):
        env.text("TOWPATH_SECRET_KEY")


def test_an_empty_value_is_a_missing_one(monkeypatch):
    monkeypatch.setenv("TOWPATH_LANGUAGE", "")

    assert env.text("TOWPATH_LANGUAGE", default="en-gb") == "en-gb"


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("long and secret\n")
    monkeypatch.setenv("TOWPATH_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env.text("TOWPATH_SECRET_KEY") == "long and secret"


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), (" \n", "empty file")])
def test_a_secret_file_that_gives_nothing_stops_the_start(monkeypatch, tmp_path, content, says):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("TOWPATH_SECRET_KEY_FILE", str(path))

    with pytest.raises(env.BadSetting, match=says):
        env.text("TOWPATH_SECRET_KEY", default="never used")


@pytest.mark.parametrize("value", ["yes", "1", "True", "on"])
def test_a_switch_takes_true_and_false_alone(monkeypatch, value):
    monkeypatch.setenv("TOWPATH_DEMO", value)

    with pytest.raises(env.BadSetting, match="Write true or false"):
        env.switch("TOWPATH_DEMO", default=False)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8e3", "eighty", "٨٠٠٠"])
def test_a_number_stays_between_its_bounds(monkeypatch, value):
    monkeypatch.setenv("TOWPATH_PORT", value)

    with pytest.raises(env.BadSetting, match="a whole number from 1 to 65535"):
        env.number("TOWPATH_PORT", default=8000, least=1, most=65535)


def test_the_bounds_themselves_are_good_numbers(monkeypatch):
    monkeypatch.setenv("TOWPATH_PORT", "65535")

    assert env.number("TOWPATH_PORT", default=8000, least=1, most=65535) == 65535


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("TOWPATH_HOSTS", "towpath.example, ,www.towpath.example")

    assert env.words("TOWPATH_HOSTS") == ["towpath.example", "www.towpath.example"]


def test_a_file_fills_in_what_the_environment_leaves_open(monkeypatch, tmp_path):
    monkeypatch.setenv("TOWPATH_PORT", "9000")
    monkeypatch.setenv("TOWPATH_LANGUAGE", "")
    monkeypatch.delenv("TOWPATH_LANGUAGE")
    (tmp_path / ".env").write_text("# ours\n\nTOWPATH_PORT=8001\nTOWPATH_LANGUAGE='de'\n")

    env.fill_from(tmp_path / ".env")

    assert (env.text("TOWPATH_PORT"), env.text("TOWPATH_LANGUAGE")) == ("9000", "de")


@pytest.mark.parametrize(
    ("given", "in_file"), [("TOWPATH_KEY", "TOWPATH_KEY_FILE"), ("TOWPATH_KEY_FILE", "TOWPATH_KEY")]
)
def test_a_value_and_a_file_that_holds_one_are_the_same_setting(monkeypatch, tmp_path, given, in_file):
    for name in ("TOWPATH_KEY", "TOWPATH_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(given, "what was said")
    (tmp_path / ".env").write_text(f"{in_file}=something else\n")

    env.fill_from(tmp_path / ".env")

    assert in_file not in os.environ


def test_a_folder_of_ones_own_is_closed_to_others(tmp_path):
    folder = env.private_folder(tmp_path / "home" / "tmp")

    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700


def test_where_no_folder_can_be_made_the_system_chooses(tmp_path):
    (tmp_path / "home").write_text("a file")

    assert env.private_folder(tmp_path / "home" / "tmp") is None


def test_a_line_that_sets_nothing_is_pointed_at(tmp_path):
    (tmp_path / ".env").write_text("# ours\nTOWPATH_PORT 8001\n")

    with pytest.raises(env.BadSetting, match="line 2 is not NAME=value"):
        env.fill_from(tmp_path / ".env")


def test_the_example_explains_every_setting_that_is_read_and_no_other():
    read = {name for path in _sources() for name in READ_IN_CODE.findall(path.read_text())}

    assert env.names_in(ROOT / ".env.example") == read


def _sources() -> list[Path]:
    floors = [path for floor in ("practice", "clients", "sessions") for path in (ROOT / floor).rglob("*.py")]
    return [*floors, ROOT / "tests" / "conftest.py", *(ROOT / "tests" / "bench").glob("*.py")]
