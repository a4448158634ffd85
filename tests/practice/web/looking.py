"""Look at a page in a real browser: its markup as the server sent it, its files from our folders, nothing else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from practice.machine.system import chromium

ORIGIN = "http://practice.example"


@contextmanager
def looking_at(markup: str, *, policy: str = "", **context: object) -> Iterator[Page]:
    """A page that shows `markup`; what it says on its console as an error is raised at the end."""
    program = chromium()
    assert program, "no Chromium here: `make test` brings one"
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.route("**/*", lambda route: answer(route, markup, policy))
        page.goto(f"{ORIGIN}/page/")
        yield page
        browser.close()
    assert wrong == []


def answer(route: Route, markup: str, policy: str) -> None:
    """The page itself, a file of ours, or nothing: no page asks anybody else."""
    path = urlsplit(route.request.url).path
    if path == "/page/":
        headers = {"Content-Security-Policy": policy} if policy else {}
        route.fulfill(body=markup, content_type="text/html; charset=utf-8", headers=headers)
        return
    if not path.startswith("/static/"):
        route.fulfill(status=204)  # what a page asks by itself, such as whether its sign-in still holds
        return
    found = finders.find(path.removeprefix("/static/"))
    if found:
        kind = guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)
