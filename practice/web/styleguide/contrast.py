"""Contrast after WCAG 2.2, computed from `tokens.css` itself: the style page shows it, the tests hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
BLOCKS = {
    "light": "/* light */\n:root {",
    "dark": ':root[data-theme="dark"] {',
    "dark by device": ':root:not([data-theme="light"]) {',
    "print": ":root:root {",
}
COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});")
TEXT, MARK = 4.5, 3.0

GROUNDS = ("bg", "surface", "sunken")
SOFT = ("primary-soft", "info-soft", "success-soft", "warn-soft", "danger-soft", "help-soft")
BANDS = tuple(f"band-{number}" for number in range(5))
MOODS = tuple(f"mood-{number}" for number in range(1, 6))


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An ink on a ground, and the least contrast it needs: 4.5 for text, 3 for marks and edges."""

    ink: str
    ground: str
    least: float


def tokens(theme: str) -> dict[str, str]:
    """The colours of one block of the file, by name, as #RRGGBB."""
    css = TOKENS.read_text()
    start = css.index(BLOCKS[theme])
    return dict(COLOUR.findall(css[start : css.index("}", start)]))


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0 (black) to 1 (white)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    limit = 0.04045
    return channel / 12.92 if channel <= limit else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> Iterator[Pair]:
    """Every ink on every ground that the components use it on."""
    yield from _text_pairs()
    marks: list[tuple[str, tuple[str, ...]]] = [
        ("control", GROUNDS),
        ("focus", GROUNDS),
        ("danger", GROUNDS),
        ("help", GROUNDS),
    ]
    marks += [(f"chart-{number}", GROUNDS) for number in (1, 2, 3)]
    marks += [("chart-1", BANDS), ("chart-2", BANDS), ("primary", ("primary-soft",))]
    marks += [(mood, ("surface", "sunken")) for mood in MOODS]
    marks += [("chart-3", ("sit",)), ("chart-1", ("walk",)), ("chart-2", ("run",))]
    for ink, grounds in marks:
        yield from (Pair(ink=ink, ground=ground, least=MARK) for ground in grounds)


def _text_pairs() -> Iterator[Pair]:
    inks = ("text", "muted", "primary", "link", "success", "warn", "danger", "help")
    words: list[tuple[str, tuple[str, ...]]] = [(ink, GROUNDS) for ink in inks]
    words += [("text", (*SOFT, *BANDS, "sit", "walk", "run")), ("muted", SOFT)]
    words += [(ink, (f"{ink}-soft",)) for ink in ("primary", "success", "warn", "danger", "help")]
    words += [("link", ("info-soft",)), ("on-primary", ("primary", "primary-hover"))]
    words += [("on-danger", ("danger",)), ("on-help", ("help",))]
    for ink, grounds in words:
        yield from (Pair(ink=ink, ground=ground, least=TEXT) for ground in grounds)
