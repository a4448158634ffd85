"""A whole client, the people around them, and a home of their own for what is written outside the database."""

from pathlib import Path
from typing import Any

import pytest

from clients.models import Client
from practice.models import Member
from tests.clients.lifecycle.whole import whole_client


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Nothing that a test erases is written beside the product."""
    settings.TOWPATH_HOME = tmp_path
    return tmp_path


@pytest.fixture
def whole(clinician: Member) -> Client:
    """Treated by `clinician` until the work ended; everything is kept about them."""
    return whole_client(clinician)
