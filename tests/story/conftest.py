"""One running product and one browser for the stories."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from practice.machine.system import chromium
from tests.story.people import LAPTOP, PHONE, Person, somebody
from tests.story.product import Product, running

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder: Path = tmp_path_factory.mktemp("product")
    for passed in (folder, *folder.parents[:2]):
        passed.chmod(0o755)  # the database server is another user where the tests run as root
    with running(folder / "home") as product:
        yield product


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    assert program, "no Chromium here: `make test` brings one"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=as_root)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def therapist(browser: Browser, product: Product) -> Iterator[Person]:
    """At a laptop."""
    person = somebody(browser, product, on=LAPTOP, prefix="therapist")
    yield person
    person.context.close()
    assert person.errors == []


@pytest.fixture(scope="module")
def client_on_phone(browser: Browser, product: Product) -> Iterator[Person]:
    """At a phone of 360 px."""
    person = somebody(browser, product, on=PHONE, prefix="client")
    yield person
    person.context.close()
    assert person.errors == []


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story is told in its own order, whatever shuffles the rest of the suite."""
    places = [place for place, item in enumerate(items) if item.path.parent == HERE]
    told = sorted((items[place] for place in places), key=_as_written)
    for place, item in zip(places, told, strict=True):
        items[place] = item


def _as_written(item: pytest.Item) -> tuple[str, int, str]:
    line = item.location[1] or 0
    return item.path.name, line, item.name
