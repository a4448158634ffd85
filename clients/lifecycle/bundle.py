"""An export as one ZIP: tables as JSON and CSV, papers as they are, plain words about it, and a manifest with hashes."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import IO, Any

from practice.contributions import Paper, Table
from practice.web.csv import Cell, SafeWriter

FORMAT, VERSION = "towpath-export", 1
MANIFEST = "manifest.json"
MOST_BYTES = 1 << 34
PIECE = 1 << 20


class NotWhole(ValueError):
    """The archive is not what its manifest says; the message names the first file that differs."""


@dataclass
class Bundle:
    """A ZIP under way: `put` files into it, then `close` it with its manifest. `out` need not be seekable."""

    out: IO[bytes]
    about: dict[str, str]
    _files: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)

    def put(self, path: str, content: bytes) -> None:
        """One file. Every file bears the same date, so that the same content gives the same bytes."""
        self._files[path] = {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
        self._zip.writestr(_entry(path), content, compress_type=zipfile.ZIP_DEFLATED)

    def put_tables(self, given: Iterable[Table | Paper], *, folder: str = "") -> None:
        """`record.json` with every table, a CSV file for each, and the papers."""
        tables: dict[str, Any] = {}
        for one in given:
            if isinstance(one, Paper):
                self.put(f"{folder}papers/{one.name}", one.content)
                continue
            rows = [[*row] for row in one.rows]
            tables[one.name] = as_json(one, rows)
            self.put(f"{folder}tables/{one.name}.csv", as_csv(one, rows))
        whole = {"format": FORMAT, "version": VERSION, **self.about, "tables": tables}
        self.put(f"{folder}record.json", _json(whole))

    def close(self) -> None:
        manifest = {"format": FORMAT, "version": VERSION, **self.about, "files": self._files}
        self._zip.writestr(_entry(MANIFEST), _json(manifest), compress_type=zipfile.ZIP_DEFLATED)
        self._zip.close()


def as_json(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """What a row is, what each column is, and the rows as objects. Moments are ISO 8601."""
    return {
        "about": str(table.about),
        "columns": {name: str(words) for name, words in table.columns.items()},
        "rows": [dict(zip(table.columns, (_plain_json(cell) for cell in row), strict=True)) for row in rows],
    }


def as_csv(table: Table, rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read the letters; no cell becomes a formula."""
    text = io.StringIO(newline="")
    writer = SafeWriter(text)
    writer.row(table.columns)
    writer.rows(rows)
    return text.getvalue().encode("utf-8-sig")


def check(file: IO[bytes]) -> dict[str, Any]:
    """The manifest of an archive whose every file is as it was written. Raises NotWhole."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as problem:
        raise NotWhole(str(problem) or "this is no archive") from problem


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest = json.loads(archive.read(MANIFEST))
    if not isinstance(manifest, dict) or (manifest.get("format"), manifest.get("version")) != (
        FORMAT,
        VERSION,
    ):
        raise NotWhole(f"this is not version {VERSION} of {FORMAT}")
    files: dict[str, Any] = manifest["files"]
    names = archive.namelist()
    if len(names) != len(set(names)):
        raise NotWhole("a file is in it twice")
    for name in sorted({*names, *files} - {MANIFEST}):
        _check_file(archive, name, files)
    return manifest


def _check_file(archive: zipfile.ZipFile, name: str, files: dict[str, Any]) -> None:
    if name not in files:
        raise NotWhole(f"{name} is not in the manifest")
    if name not in archive.namelist():
        raise NotWhole(f"{name} is missing")
    if archive.getinfo(name).file_size != files[name]["bytes"] or files[name]["bytes"] > MOST_BYTES:
        raise NotWhole(f"{name} has another length")
    with archive.open(name) as content:
        digest = sha256()
        for piece in iter(lambda: content.read(PIECE), b""):
            digest.update(piece)
    if digest.hexdigest() != files[name]["sha256"]:
        raise NotWhole(f"{name} was changed")


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o600 << 16
    return entry


def _json(whole: dict[str, Any]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _plain_json(cell: Cell) -> Any:
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell


Tell = Callable[[int, str], None]
"""Hears how far the work is: a percentage and a step."""
