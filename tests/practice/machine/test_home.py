"""One folder for all state, one machine in it, secrets for nobody else."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from practice.machine.environment import complete
from practice.machine.home import Home, RunningElsewhere, only_one, who_holds, write_private
from practice.machine.terminal import Trouble

HOLD = """
import sys
from pathlib import Path
from practice.machine.home import Home, only_one
with only_one(Home(Path(sys.argv[1])), about={"pid": 42, "address": "http://127.0.0.1:8000/"}):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_secret_is_made_once_and_read_by_its_owner_alone(home):
    first = home.secret("secret_key")

    assert home.secret("secret_key") == first
    assert len(first) >= 50
    assert _mode(home.secrets / "secret_key") == 0o600
    assert _mode(home.secrets) == 0o700


def test_a_private_file_is_replaced_whole(tmp_path):
    write_private(tmp_path / "environment", "A=1\n")
    write_private(tmp_path / "environment", "B=2\n")

    assert [(path.name, path.read_text(), _mode(path)) for path in tmp_path.iterdir()] == [
        ("environment", "B=2\n", 0o600)
    ]


def test_what_the_start_chose_is_noted_where_only_the_owner_reads_it(home, monkeypatch):
    secrets = ("TOWPATH_SECRET_KEY", "TOWPATH_SECRET_KEY_FILE", "TOWPATH_KEY", "TOWPATH_KEY_FILE")
    for name in ("DATABASE_URL", "TOWPATH_HOME", *secrets):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)

    complete(home, database={"DATABASE_URL": "postgresql://towpath:word@/towpath?host=/tmp/x"})

    noted = home.settings.read_text()
    assert "DATABASE_URL=postgresql://towpath:word@/towpath?host=/tmp/x\n" in noted
    assert f"TOWPATH_SECRET_KEY_FILE={home.secrets / 'secret_key'}\n" in noted
    assert os.environ["TOWPATH_HOME"] == str(home.path)
    assert _mode(home.settings) == 0o600


def test_a_home_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Trouble, match="TOWPATH_HOME cannot be used"):
        Home(tmp_path / "file" / "home").prepare()


def test_a_second_machine_is_told_where_the_first_one_is(home):
    says = r"already running at http://127.0.0.1:8000/ \(process 42\)"

    with _held_elsewhere(home), pytest.raises(RunningElsewhere, match=says), only_one(home, about={}):
        pass


def test_who_holds_a_home_is_told_as_long_as_it_is_held(home):
    with _held_elsewhere(home):
        assert who_holds(home)["pid"] == 42

    assert who_holds(home) == {}


def test_a_machine_that_was_killed_leaves_the_home_free(home):
    holder = _held_elsewhere(home)
    holder.kill()
    holder.communicate()

    with only_one(home, about={}) as before:
        assert before["pid"] == 42


def _held_elsewhere(home: Home) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder
