"""An archive with its manifest."""

import io
import json
import zipfile

import pytest

from clients.lifecycle.bundle import Bundle, NotWhole, check
from practice.contributions import Paper, Table


def archive(**files):
    out = io.BytesIO()
    bundle = Bundle(out=out, about={"kind": "record", "made_at": "2026-06-01"})
    table = Table(name="log", about="A line each.", columns={"minutes": "Whole minutes"}, rows=[[20], [None]])
    bundle.put_tables([table, Paper(name="one.pdf", content=b"%PDF")])
    for name, content in files.items():
        bundle.put(name, content)
    bundle.close()
    return out


def changed(out, change):
    """The archive with its files changed by `change` and the manifest as it was."""
    with zipfile.ZipFile(out) as before:
        files = {name: before.read(name) for name in before.namelist()}
    change(files)
    after = io.BytesIO()
    with zipfile.ZipFile(after, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return after


def test_a_whole_archive_checks():
    assert set(check(archive())["files"]) == {"record.json", "tables/log.csv", "papers/one.pdf"}


def test_the_tables_say_what_their_rows_and_columns_are():
    with zipfile.ZipFile(archive()) as whole:
        table = json.loads(whole.read("record.json"))["tables"]["log"]

    assert table == {
        "about": "A line each.",
        "columns": {"minutes": "Whole minutes"},
        "rows": [{"minutes": 20}, {"minutes": None}],
    }


def test_the_same_content_gives_the_same_bytes():
    assert archive().getvalue() == archive().getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda files: files.update({"papers/one.pdf": b"%PDX"}), "changed"),
        (lambda files: files.update({"papers/one.pdf": b"%PDF "}), "length"),
        (lambda files: files.pop("papers/one.pdf"), "missing"),
        (lambda files: files.update({"more.txt": b"x"}), "not in the manifest"),
        (lambda files: files.pop("manifest.json"), "manifest"),
        (lambda files: files.update({"manifest.json": b"[]"}), "version"),
        (lambda files: files.update({"manifest.json": b'{"format": "other"}'}), "version"),
    ],
)
def test_what_differs_is_named(change, words):
    with pytest.raises(NotWhole, match=words):
        check(changed(archive(), change))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_something_else_is_no_archive(content):
    with pytest.raises(NotWhole):
        check(io.BytesIO(content))


def test_a_file_that_is_there_twice_is_found():
    out = archive()
    with zipfile.ZipFile(out, "a") as whole, pytest.warns(UserWarning, match="Duplicate"):
        whole.writestr("papers/one.pdf", b"%PDF")

    with pytest.raises(NotWhole, match="twice"):
        check(out)
