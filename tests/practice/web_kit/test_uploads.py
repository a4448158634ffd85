"""However much is sent, no more than allowed is taken in."""

import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from practice.machine.children import drop_broken_uploads

MEGABYTE = 1024 * 1024


@pytest.fixture
def send():
    """Send a file of a size with what is typed beside it; what came in is closed after the test."""
    requests = []

    def sending(size, **typed):
        file = BytesIO(b"x" * size)
        file.name = "large.gpx"
        requests.append(RequestFactory().post("/", {"file": file, **typed}))
        return requests[-1]

    yield sending
    for request in requests:
        request.close()


def test_a_small_file_comes_in_whole():
    request: Any = RequestFactory().post("/", {"file": SimpleUploadedFile("a.gpx", b"<gpx/>"), "name": "Far"})

    assert request.FILES["file"].read() == b"<gpx/>"
    assert request.POST["name"] == "Far"


@pytest.mark.parametrize("size", [0, 1, settings.LARGEST_FILE_BYTES])
def test_a_file_up_to_the_limit_keeps_its_size(send, size):
    assert send(size).FILES["file"].size == size


def test_a_file_beyond_the_limit_is_cut_one_byte_after_it(send):
    file = send(40 * MEGABYTE).FILES["file"]

    assert file.size == settings.LARGEST_FILE_BYTES + 1
    assert isinstance(file, TemporaryUploadedFile)


def test_what_is_typed_beside_a_large_file_is_kept(send):
    request = send(21 * MEGABYTE, name="Far", zone="after the file")

    assert request.POST["zone"] == "after the file"


def test_a_large_file_is_not_read_into_memory(send):
    request = send(40 * MEGABYTE)
    tracemalloc.start()

    request.FILES["file"]

    assert tracemalloc.get_traced_memory()[1] < 5 * MEGABYTE
    tracemalloc.stop()


def test_a_large_file_lies_in_our_own_folder_and_is_gone_with_the_request(send):
    request = send(3 * MEGABYTE)
    file = request.FILES["file"]

    path = Path(file.temporary_file_path())
    assert path.parent == settings.FILE_UPLOAD_TEMP_DIR
    assert path.stat().st_mode & 0o077 == 0

    request.close()
    assert not path.exists()


def test_what_a_killed_server_left_half_way_is_dropped_at_the_next_start(tmp_path):
    (tmp_path / "tmp1234.upload.gpx").write_text("half")
    (tmp_path / "somebody-elses").write_text("whole")

    drop_broken_uploads(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["somebody-elses"]
