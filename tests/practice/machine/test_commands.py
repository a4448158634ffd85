"""Everything the machine can do is one command, and a throw-away house is thrown away."""

import os
import shutil
import signal
import sys
from pathlib import Path

import psycopg
import pytest

from practice.machine import account, bootstrap, children, running, scratch, system
from practice.machine.__main__ import COMMANDS, main
from practice.machine.environment import has
from practice.machine.home import PROJECT, Home
from practice.machine.terminal import Trouble


def test_an_unknown_command_is_told_what_there_is():
    with pytest.raises(Trouble, match=r"say one of: run, stop, web, worker"):
        main(["fly"])


def test_a_command_gets_its_words_without_the_dashes_that_make_puts_before_them(monkeypatch):
    heard: list[str] = []
    monkeypatch.setitem(COMMANDS, "test", heard.extend)

    main(["test", "--", "-k", "walk"])

    assert heard == ["-k", "walk"]


def test_a_throw_away_house_meets_no_real_setting_and_leaves_nothing(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://real/one")
    monkeypatch.setenv("TOWPATH_MAIL_HOST", "mail.practice.example")

    with scratch.prepared(scratch.FOR_TESTS) as environment:
        home = Path(environment["TOWPATH_HOME"])
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            assert connection.execute(
                "SELECT count(*) FROM pg_class WHERE relname LIKE 'practice%'"
            ).fetchone() == (0,)
        assert home.is_dir()

    assert not home.exists()
    assert "TOWPATH_MAIL_HOST" not in environment
    assert environment["TOWPATH_DEMO"] == "true"


def test_ctrl_c_in_a_throw_away_house_ends_it_in_order(capsys):
    before = signal.getsignal(signal.SIGTERM)

    with scratch.prepared(scratch.FOR_TESTS) as environment:
        home = Path(environment["TOWPATH_HOME"])
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, before)
    assert not home.exists()
    assert "Ended." in capsys.readouterr().out


def test_pins_that_changed_are_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", Path("/bin/sh"))
    assert not bootstrap._has("requirements.txt")

    bootstrap._stamp("requirements.txt").write_text(bootstrap._fingerprint("requirements.txt"))
    assert bootstrap._has("requirements.txt")

    monkeypatch.setattr(bootstrap, "PYTHON", Path("/usr/bin/env"))
    assert not bootstrap._has("requirements.txt")


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))

    with pytest.raises(Trouble, match=r"Towpath needs 3\.11 or newer"):
        bootstrap.bootstrap(dev=False, browser=False)


def test_the_libraries_for_pdfs_are_looked_for_by_loading_them(monkeypatch):
    monkeypatch.setattr(system, "LINUX_LIBRARIES", ("libc.so.6", "libnowhere.so.1"))
    monkeypatch.setattr(sys, "platform", "linux")

    assert "libnowhere.so.1" in system.missing_libraries()


def test_a_chosen_browser_is_taken(monkeypatch):
    monkeypatch.setenv("TOWPATH_CHROMIUM", "/opt/chromium")

    assert system.chromium() == "/opt/chromium"


def test_nothing_is_installed_without_the_right_to(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert not system.install_venv_support()


def test_an_account_of_an_ordinary_user_is_reached_without_changing_hands():
    ours = account.ourselves()

    assert ours.as_user == {}
    assert ours.can_reach(PROJECT)
    assert not ours.can_reach(Path("/nowhere"))


def test_a_file_handed_over_is_gone_afterwards(tmp_path):
    with account.private_file(tmp_path, account.ourselves(), "word") as path:
        assert (path.read_text(), path.stat().st_mode & 0o777) == ("word", 0o600)

    assert not path.exists()


def test_a_setting_counts_whether_it_stands_in_the_environment_or_in_a_file(monkeypatch):
    monkeypatch.setenv("TOWPATH_MAIL_PASSWORD_FILE", "/run/secrets/mail")

    assert has("TOWPATH_MAIL_PASSWORD")
    assert not has("TOWPATH_MAIL_USER_THAT_NOBODY_SET")


def test_stopping_where_nothing_runs_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TOWPATH_HOME", str(tmp_path))

    running.stop()

    assert "Nothing runs here." in capsys.readouterr().out


def test_old_rings_of_the_doorbell_are_swept_away(tmp_path):
    home = Home(tmp_path)
    home.prepare()
    (home.broker / "1.celery.msg").touch()

    running._empty(home.broker)

    assert list(home.broker.glob("*.msg")) == []


@pytest.mark.parametrize(
    ("hosts", "first"), [(".towpath.example,other", "towpath.example"), ("127.0.0.1", "127.0.0.1")]
)
def test_the_machine_asks_itself_by_a_name_it_answers_to(monkeypatch, hosts, first):
    monkeypatch.setenv("TOWPATH_HOSTS", hosts)

    assert running.a_host() == first


def test_beat_keeps_its_notes_in_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("TOWPATH_HOME", str(tmp_path))

    assert children.schedule_file() == tmp_path / "beat" / "schedule"
