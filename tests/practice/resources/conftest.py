"""A table with what ships, and a state folder of its own."""

from pathlib import Path

import pytest

from practice.models import Resource
from practice.resources.actions import ResourceWords, seed
from tests.factories import MONDAY_NOON


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.HELP_FOLDER = tmp_path / "help-now"
    return tmp_path


@pytest.fixture
def table(practice):
    """What a new practice begins with; its country is the United Kingdom."""
    Resource.objects.all().delete()
    seed(now=MONDAY_NOON)
    return Resource.objects


@pytest.fixture
def line_of():
    """What somebody types who adds a crisis line."""

    def make(**values) -> ResourceWords:
        return ResourceWords(
            **{"need": "crisis", "name": "Night line", "country": "GB", "phone": "01632 960123"} | values
        )

    return make
