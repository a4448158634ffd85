"""T21, T26 and T27: whatever comes through a door for files is read as a route or refused, quickly, and lands nowhere else."""

import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django import forms

from sessions.models import Route
from tests.security.callers import undone
from tests.security.corpus import CONTENTS, LARGE, NAMES, gpx
from tests.security.ledger import Ledger
from tests.security.routes import routes
from tests.security.schema import fields, forms_with

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
MOST_CPU_S, MOST_MB = 2.0, 200


DOORS = {
    "sessions.routes.ImportRouteForm": "import_route",
    "clients.questionnaires.FileForm": "add_instrument",
}
"""The page of each form that takes a file. Each has a door for programs beside it."""
REFUSED = {400, 422}
OF_THE_OWNER = ("/practice/", "/api/v1/questionnaires/")


@pytest.fixture(scope="module")
def doors(town, callers):
    """Every door that takes a file: (address, the name of the file's field)."""
    pages = [route for route in routes() if route.name in DOORS.values()]
    return [(route.address(town.ours), "file") for route in pages] + [
        (field.route.address(town.ours), field.name)
        for field in fields(callers)
        if field.content_type == "multipart/form-data" and field.is_a("binary")
    ]


def sent(callers, door, content, name="way.gpx"):
    address, field = door
    file = BytesIO(content)
    file.name = name
    is_owners = address.startswith(OF_THE_OWNER)
    who, said = ("owner", {"statement": "permission"}) if is_owners else ("clinician", {})
    return callers.call_for_good(who, "POST", address, {field: file, **said})


def test_every_door_for_files_is_known(doors):
    """Another one wants its page in DOORS, so that it is attacked below."""
    assert forms_with(forms.FileField) == set(DOORS)
    assert len(doors) == 2 * len(DOORS)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_is_no_route_is_refused(doors, callers, content):
    ledger = Ledger()

    for door in doors:
        with undone():
            answer = sent(callers, door, content)
            assert answer.status_code in {400, 413, 422}
            assert ledger.changed() == set()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_is_kept_under_our_own_name_wherever_it_wants_to_go(doors, callers, name, tmp_path):
    before = everything_near()

    for door in doors:
        with undone():
            answer = sent(callers, door, gpx("A way"), name)
            assert answer.status_code in {201, 302, 400, 422}
            for route in Route.objects.filter(name="A way"):
                assert not set(route.file_name) & set("/\\\0\r\n")
                assert len(route.file_name) <= 120

    assert everything_near() == before


def everything_near():
    """The files of the product, and those at the places that the names point to."""
    product = {
        path
        for floor in ("practice", "clients", "sessions", "templates")
        for path in (ROOT / floor).rglob("*")
    }
    places = [Path("/tmp/tpx.gpx"), Path("/etc/cron.d/tpx"), ROOT / "tpx.gpx", ROOT.parent / "tpx.gpx"]  # noqa: S108 - where it must not be
    return {path for path in product if "__pycache__" not in path.parts} | {
        path for path in places if path.exists()
    }


def test_an_archive_is_never_unpacked(doors, callers):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../tpx.gpx", b"0" * 5_000_000)

    for door in doors:
        assert sent(callers, door, bomb.getvalue()).status_code in REFUSED


def nested():
    """An archive in an archive in an archive."""
    content = b"0" * 100_000
    for _layer in range(3):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("way.gpx", content)
        content = out.getvalue()
    return content


def flood():
    """A picture that says it is 60,000 by 60,000."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize("content", [nested(), flood()], ids=["nested archives", "pixel flood"])
def test_what_would_grow_when_it_is_opened_is_not_opened(doors, callers, content):
    for door in doors:
        assert sent(callers, door, content).status_code in REFUSED


MEASURE = """
import json, resource, sys, time
import django
django.setup()
from practice.web.refusals import Refused
from sessions.routes.files import read_recording
from tests.security.corpus import {corpus}
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + {most} * 2**20,) * 2)
said = {{}}
for name, make in {corpus}.items():
    content, began = make(), time.process_time()
    try:
        read_recording(content)
        outcome = "read"
    except Refused as refusal:
        outcome = refusal.code
    except Exception as error:
        outcome = repr(error)
    said[name] = [outcome, time.process_time() - began]
print(json.dumps(said))
"""


def measured(corpus):
    """What a process with little memory says to each file of a corpus, and how much of the processor it took."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(corpus=corpus, most=MOST_MB + 40)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "practice.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="memory can only be bounded on Linux")
def test_a_large_file_takes_little_time_and_memory():
    said = measured("LARGE")

    assert set(said) == set(LARGE)
    assert {name: outcome for name, (outcome, _cpu) in said.items() if "Error" in outcome} == {}
    assert {name: cpu for name, (_outcome, cpu) in said.items() if cpu > MOST_CPU_S} == {}


@pytest.mark.deep
@pytest.mark.skipif(sys.platform != "linux", reason="memory can only be bounded on Linux")
def test_the_largest_files_take_bounded_time_and_memory():
    said = measured("LARGEST")

    assert {name: outcome for name, (outcome, _cpu) in said.items() if "Error" in outcome} == {}
    assert {name: cpu for name, (_outcome, cpu) in said.items() if cpu > 3 * MOST_CPU_S} == {}
