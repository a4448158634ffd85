"""Writes the table out to the state folder, so that the help page opens with the database gone.

Two files, each whole or not at all: `rows.json`, which the product reads, and `index.html`, the page as it stands, for a web
server in front that answers when the product itself does not.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from practice.people.models import Practice
from practice.resources.models import Resource
from practice.web.helplines import COLUMNS, PAGE, ROWS, anywhere, countries, exit_to, folder

log = logging.getLogger(__name__)


def publish() -> bool:
    """Write both files as the table stands now; False, with a line in the log, where that cannot be done.

    Whoever writes holds a lock while reading the table too: of two changes at once, the file never ends with the older.
    """
    try:
        with _alone():
            _write(folder() / ROWS, json.dumps(_table(), ensure_ascii=False, indent=1))
            write_page()
    except (OSError, ValueError):  # a full disk, or styles that are not packed yet
        log.exception("the help page could not be written")
        return False
    return True


def redraw_page() -> None:
    """At each start, because styles and words come with the product. Neither a full disk nor unpacked styles stop a start."""
    try:
        write_page()
    except (OSError, ValueError):
        log.exception("the help page could not be written")


def write_page() -> None:
    """Draw the page anew from what was last written, without the database. Raises OSError."""
    first, *others = countries()
    page = {
        "country": first,
        "others": others,
        "anywhere": anywhere(),
        "exit_to": exit_to(),
        "DEMO": settings.DEMO,
    }
    folder().mkdir(mode=0o755, parents=True, exist_ok=True)
    _write(folder() / PAGE, render_to_string("help_now.html", page))


def is_current() -> bool:
    """Whether the file says what the table says."""
    try:
        return bool(json.loads((folder() / ROWS).read_text()) == _table())
    except (OSError, ValueError):
        return False


def _table() -> dict[str, Any]:
    practice = Practice.objects.first()
    rows = Resource.objects.standing().values(*COLUMNS)
    said = {"home": practice.country if practice else "", "rows": list(rows)}
    return said | {"exit_to": practice.exit_to} if practice and practice.exit_to else said


@contextmanager
def _alone() -> Iterator[None]:
    folder().mkdir(mode=0o755, parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk when this returns."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        os.fchmod(draft.fileno(), 0o644)
    os.replace(draft.name, path)
