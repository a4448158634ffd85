"""Somebody at a screen: signs in, looks, and is shown to be able to."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.axe import violations
from tests.story.product import PASSWORD, ROOT, Product

SHOTS = Path(os.environ.get("TOWPATH_SCREENSHOTS", ROOT / "artefacts" / "screenshots"))
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}


RULES: dict[str, dict[str, Any]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""What axe is asked: everything once, and in the dark what can be different there."""


@dataclass(kw_only=True)
class Person:
    """`look(name)` takes a picture in light and in dark, and lets axe judge both."""

    page: Page
    context: BrowserContext
    product: Product
    prefix: str
    errors: list[str] = field(default_factory=list)

    def sign_in(self, email: str) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def sign_out(self) -> None:
        self.go("/accounts/logout/")
        self.page.locator("main").get_by_role("button", name="Sign out").click()

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.product.url}{path}")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def open_record(self, search: str, name: str) -> None:
        """A client's page, found as people find it: by a word of the name."""
        self.go(f"/clients/?q={quote(search)}")
        self.follow(name)

    def look(self, name: str, *, of: str = "") -> None:
        """A picture and a judgement in light and in dark; nothing runs over the edge of the screen."""
        if of:
            self.go(of)
        faults = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{self.prefix}-{name}-{scheme}.png", full_page=True)
            faults += [f"{scheme}: {fault}" for fault in violations(self.page, **RULES[scheme])]
        self.page.emulate_media(color_scheme="light")
        assert faults == [], f"{name}: {faults}"
        assert self._overflow() <= 0, f"{name} is wider than the screen"

    def _overflow(self) -> int:
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wider))


def somebody(browser: Browser, product: Product, *, on: dict[str, int], prefix: str) -> Person:
    """A fresh browser of a person; what its console complains about is kept in `errors`."""
    context = browser.new_context(viewport=on, locale="en-GB", timezone_id="Europe/London")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    person = Person(page=page, context=context, product=product, prefix=prefix)
    page.on("console", lambda said: person.errors.append(said.text) if _is_fault(said) else None)
    page.on("pageerror", lambda error: person.errors.append(str(error)))
    return person


def _is_fault(said: ConsoleMessage) -> bool:
    """A form that comes back with a no in words is none, though the browser notes its status."""
    return said.type == "error" and "422 (Unprocessable" not in said.text


def group(person: Person, name: str) -> Locator:
    """Radios that belong together, by the words above them."""
    return person.page.get_by_role("radiogroup", name=re.compile(name))


def answer(person: Person, word: str) -> None:
    """The answer with this word to the one question on the page, and on."""
    person.page.get_by_role("radio", name=word, exact=True).check()
    person.press("Continue")
