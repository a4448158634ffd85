"""What has to be done before the first page is done once."""

import os
from dataclasses import replace

import pytest

from practice.machine import preparing
from practice.machine.home import Home
from practice.machine.terminal import Trouble


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def _step(name: str = "tidy", command: tuple[str, ...] = ("-c", "pass")) -> preparing.Step:
    return preparing.Step(name, command, "as it is", f"{name} is done.")


def _take(home: Home, *steps: preparing.Step, asked_to_end: bool = False) -> None:
    preparing.take(home, list(steps), dict(os.environ), asked_to_end=lambda: asked_to_end)


def test_a_step_is_taken_once(home, capsys):
    _take(home, _step())
    _take(home, _step())

    assert capsys.readouterr().out.count("tidy is done.") == 1


def test_a_step_is_taken_again_when_what_it_depends_on_changed(home):
    _take(home, _step())

    assert not replace(_step(), fingerprint="as it became").is_done(home)


def test_forgetting_is_for_another_database(home):
    _take(home, _step("migrate"), _step("static"))

    preparing.forget(home)

    assert not _step("migrate").is_done(home)
    assert _step("static").is_done(home)


def test_a_step_that_failed_shows_the_end_of_its_log_and_is_not_noted(home):
    wrong = _step("wrong", ("-c", "raise SystemExit('no room')"))

    with pytest.raises(Trouble, match=r"did not work[\s\S]*no room"):
        _take(home, wrong)

    assert not wrong.is_done(home)


def test_a_step_is_broken_off_when_somebody_asks(home):
    slow = _step("slow", ("-c", "import time; time.sleep(600)"))

    _take(home, slow, asked_to_end=True)

    assert not slow.is_done(home)


def test_a_fingerprint_tells_a_file_that_changed_its_name_or_its_content(tmp_path):
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("one")
    (tmp_path / "c").write_text("two")

    prints = {preparing.fingerprint_of([tmp_path / name], "") for name in "abc"}

    assert len(prints) == 3


def test_the_fictional_practice_moves_in_only_where_it_is_wanted():
    names = [step.name for together in preparing.steps(database="x", with_demo=False) for step in together]

    assert names == ["migrate", "static"]
