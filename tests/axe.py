"""What axe finds wrong on a page of a real browser."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
IS_THERE = "typeof axe !== 'undefined'"
ASK = """async (options) => (await axe.run(document, {resultTypes: ["violations"], preload: false, ...options})).violations
  .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.html.slice(0, 160)}`))"""
"""Only what is wrong comes back: what axe is content with is a megabyte a page, and takes as long as the rest."""


def violations(page: Page, **options: Any) -> list[str]:
    """One line each: the rule, where, and the markup there. `options` are axe's own."""
    if not page.evaluate(IS_THERE):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return list(page.evaluate(ASK, options))
