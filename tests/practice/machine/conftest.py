"""Folders that the database's own user can reach, as a state folder of the product is."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """Directly under the temporary folder, where others may pass through: pytest's own folders are closed to them."""
    folder = Path(tempfile.mkdtemp(prefix="towpath-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
