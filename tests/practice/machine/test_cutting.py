"""T09: the server that Towpath is served by breaks a download off; it does not make a whole-looking file of it."""

import http.client
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from practice.machine.children import GUNICORN_CONFIG
from tests.practice.machine.cutting import PIECE

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def server():
    """gunicorn as it is set up for Towpath, at a socket of ours; its port."""
    with socket.create_server(("127.0.0.1", 0)) as ours:
        bind = ["--config", str(GUNICORN_CONFIG), "--bind", f"fd://{ours.fileno()}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *bind, "tests.practice.machine.cutting:application"],
            cwd=ROOT,
            env=os.environ | {"TOWPATH_WEB_PROCESSES": "1"},
            pass_fds=[ours.fileno()],
            stderr=subprocess.DEVNULL,
        )
        yield ours.getsockname()[1]
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("path", ["/measured", "/of-unknown-length"])
def test_what_is_cut_is_a_broken_download(server, path):
    wire = http.client.HTTPConnection("127.0.0.1", server, timeout=30)
    wire.request("GET", path)
    answer = wire.getresponse()

    with pytest.raises(http.client.IncompleteRead) as broken:
        answer.read()

    wire.close()
    assert broken.value.partial.count(b"x") <= len(PIECE)
