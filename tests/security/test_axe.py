"""Every page of the product, found in its resolver, judged by axe in a real browser, and no wider than its screen.

Staff pages as on a laptop in light, the clients' and the open ones as on a phone in the dark; the other combinations wait
for the night. A new page is judged without anybody adding it here.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from practice.machine.system import chromium
from tests.axe import SCRIPT, violations
from tests.practice.web.looking import ORIGIN, answer
from tests.security.matrix import opens
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
STAFF = ("clinician", "owner", "reception", "supervisor")
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FEWEST = {"staff": 60, "client": 40, "anonymous": 8}
"""So that a change of the town cannot empty the suite unseen."""
WHOLE = "<!doctype"
"""A piece that replaces a part of a page is judged with the page that it stands on."""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A page as the server sent it to somebody."""

    who: str
    name: str
    markup: str


@pytest.fixture(scope="module")
def pages(town, callers) -> list[Sent]:
    """Fetched before any browser runs: each route as the first of the staff who may, as the client, as a stranger."""
    return [sent for route in routes() for sent in _sent(route, town, callers)]


def _sent(route, town, callers) -> Iterator[Sent]:
    if route.is_api or route.name == "readyz":
        return
    staff = [role for role in STAFF if opens(role, route.name)][:1]
    others = [role for role in ("client", "anonymous") if opens(role, route.name)]
    for role in staff + others:
        got = callers.call(role, "GET", route.address(town.ours))
        if got.status_code == 200 and got.headers.get("Content-Type", "").startswith("text/html"):
            markup, who = got.content.decode(), "staff" if role in STAFF else role
            if markup.lstrip().lower().startswith(WHOLE):
                yield Sent(who=who, name=f"{route.name} as {role}", markup=markup)


ALL = [
    (who, screen, scheme)
    for who in ("staff", "client", "anonymous")
    for screen in ("laptop", "phone")
    for scheme in ("light", "dark")
]
EVERY_TIME = {("client", "phone", "dark"), ("anonymous", "phone", "dark")}


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("who", "screen", "scheme"),
    [pytest.param(*one, marks=() if one in EVERY_TIME else pytest.mark.deep) for one in ALL],
)
def test_axe_finds_nothing_on_any_page(pages, who, screen, scheme):
    mine = [page for page in pages if page.who == who]
    assert len(mine) >= FEWEST[who]

    size = LAPTOP if screen == "laptop" else PHONE
    with one_browser(viewport=size, color_scheme=scheme, reduced_motion="reduce") as show:
        faults = {page.name: found for page in mine if (found := _faults(show(page.markup)))}

    assert faults == {}


def _faults(page: Page) -> list[str]:
    over = int(page.evaluate(WIDER))
    return violations(page) + ([f"{over} px wider than the screen"] if over > 0 else [])


@contextmanager
def one_browser(**context: Any) -> Iterator[Callable[[str], Page]]:
    """Shows one page after the other in the same tab, their files from our folders."""
    program = chromium()
    assert program, "no Chromium here: `make test` brings one"
    markup = ""
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=as_root)
        page = browser.new_context(**context).new_page()
        page.add_init_script(path=SCRIPT)

        def serve(route: Route) -> None:
            answer(route, markup, "")

        def show(text: str) -> Page:
            nonlocal markup
            markup = text
            page.goto(f"{ORIGIN}/page/")
            return page

        page.route("**/*", serve)
        yield show
        browser.close()
