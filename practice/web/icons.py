"""Icons and figures: read once from the vendored sprite, written into the page as plain SVG.

Inline, they need no further request, print in a PDF, and take the colour of the text around them.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "static" / "icons" / "sprite.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>')
FIGURES = {
    "sit": ("sit",),
    "walk": ("walk",),
    "run": ("run",),
    "run_walk": ("walk", "run"),
    "run-walk": ("walk", "run"),
}


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """The inside of every symbol, by name."""
    return dict(SYMBOL.findall(SPRITE.read_text()))


def drawing(name: str) -> SafeString:
    """The inside of one symbol, for use within a picture. Raises KeyError for a name that is not vendored."""
    return mark_safe(symbols()[name])  # noqa: S308 our own vendored file


@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """A lucide icon, hidden from assistive technology: the word beside it speaks. `size`: "", 16, 24 or 32."""
    css = f"icon icon-{size}" if size else "icon"
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', css, drawing(name))


@lru_cache(maxsize=16)
def glyph(mode: str) -> SafeString:
    """Our figure for a way of moving; two side by side for run-walk. Raises KeyError for an unknown mode."""
    one = '<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">{}</svg>'
    figures = [format_html(one, drawing(f"g-{figure}")) for figure in FIGURES[mode]]
    return mark_safe("".join(figures))  # noqa: S308 each went through format_html


@lru_cache(maxsize=32)
def mood_bars(value: int) -> SafeString:
    """Five bars of which `value` are filled. 1 is very low, 5 very good."""
    bars = [_bar(step, is_on=step <= value) for step in range(1, 6)]
    return format_html(
        '<svg class="mood-g m{}" viewBox="0 0 36 30" aria-hidden="true">{}</svg>',
        value,
        mark_safe("".join(bars)),  # noqa: S308 each went through format_html
    )


def _bar(step: int, *, is_on: bool) -> SafeString:
    x, y = 2 + 6.6 * (step - 1), 27 - 5 * step
    if is_on:
        return format_html(
            '<rect class="bar-on" x="{}" y="{}" width="4.6" height="{}" rx="1.2"/>', f"{x:.1f}", y, 28 - y
        )
    return format_html(
        '<rect class="bar-off" x="{}" y="{}" width="3.6" height="{}" rx="1"/>',
        f"{x + 0.5:.1f}",
        y + 0.5,
        27 - y,
    )
