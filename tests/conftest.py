"""The cast: clinician, colleague, reception, supervisor, owner, a client in care and a stranger."""

import os
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient
from xdist.scheduler import LoadFileScheduling

from clients.models import Client
from practice.models import Member, Practice
from practice.resources.models import Resource
from tests.database import django_db_setup, owner_first  # noqa: F401 - fixtures
from tests.factories import ClientFactory, MemberFactory, PracticeFactory, confirm_every_number

# Pages are tested without packing their static files first; the stories run the packed product.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]

# Hundreds of sign-ins, each of which would take a tenth of a second and a hundred megabytes, as it should elsewhere.
settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]

# `make test-deep` asks for this profile by name.
hypothesis_settings.register_profile(
    "deep", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

# How fast a machine draws examples says nothing about us: no test fails for being slow.
hypothesis_settings.register_profile(
    "patient", hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")


STORIES = "tests/story/"
LONGEST = (
    STORIES,
    "tests/practice/machine/",
    "tests/practice/web/",
    "tests/security/",
    "tests/sessions/",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left alone with it at the end."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.location[0]
    return next((turn for turn, folder in enumerate(LONGEST) if path.startswith(folder)), len(LONGEST))


class StoriesTogether(LoadFileScheduling):
    """A file stays on one worker, and all the stories stay on one: they are told in the same running product."""

    def _split_scope(self, nodeid: str) -> str:
        return STORIES if nodeid.startswith(STORIES) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> StoriesTogether | None:
    return StoriesTogether(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each xdist worker has its own database; TOWPATH_TEST_DB names it."""
    name = os.environ.get("TOWPATH_TEST_DB")
    if name:
        suffix = os.environ.get("PYTEST_XDIST_WORKER", "")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{name}{suffix}"


@pytest.fixture(autouse=True)
def _nothing_is_remembered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a process keeps in its cache ends with the test, and so does what it wrote out for the help page."""
    cache.clear()
    settings.HELP_FOLDER = tmp_path_factory.getbasetemp() / f"help-{uuid4().hex}"


@pytest.fixture
def practice(db: None) -> Any:
    return PracticeFactory()


@pytest.fixture
def open_to_clients(owner: Member) -> None:
    """Somebody has called every number of the help page."""
    confirm_every_number(owner)


@pytest.fixture
def settled_house(open_to_clients: None) -> None:
    """A practice in which Today asks nobody about the house."""
    Practice.objects.update(exit_is_decided=True)
    Resource.objects.update(verified_on=timezone.localdate())


@pytest.fixture
def clinician(practice: Any) -> Member:
    """Treats `client`."""
    return MemberFactory(name="Robin Vale", roles=["clinician"])


@pytest.fixture
def colleague(practice: Any) -> Member:
    """A clinician of the same practice who does not treat `client`."""
    return MemberFactory(name="Jo Marsh", roles=["clinician"])


@pytest.fixture
def reception(practice: Any) -> Member:
    return MemberFactory(name="Kit Lowe", roles=["reception"])


@pytest.fixture
def owner(practice: Any) -> Member:
    return MemberFactory(name="Alex Brook", roles=["owner"])


@pytest.fixture
def client_person(clinician: Member) -> Client:
    """A client with the portal, in the care of `clinician`."""
    return ClientFactory(name="Sam Wood", portal=True, treated_by=clinician)


@pytest.fixture
def stranger(practice: Any) -> Client:
    """Another client with the portal, treated by somebody else."""
    return ClientFactory(name="Lee Stone", portal=True, treated_by=MemberFactory())


def sign_in_freshly(browser: Browser, member: Member) -> None:
    """Sign in, and note it in the session as the sign-in page does."""
    browser.force_login(member.user)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.user.pk)
    session.save()


@pytest.fixture
def browser_of() -> Callable[[Member], Browser]:
    """A signed-in browser for a member."""

    def sign_in(member: Member) -> Browser:
        browser = Browser(enforce_csrf_checks=False)
        sign_in_freshly(browser, member)
        return browser

    return sign_in


@pytest.fixture
def api_of() -> Callable[[Member], APIClient]:
    """A signed-in API caller for a member (the browser's session, CSRF not checked)."""

    def sign_in(member: Member) -> APIClient:
        caller = APIClient()
        sign_in_freshly(caller, member)
        return caller

    return sign_in
