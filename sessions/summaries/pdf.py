"""From a document to PDF bytes. Nothing is fetched but our own fonts; the same document gives the same bytes."""

import atexit
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from practice.web import charts
from sessions.summaries.document import Document
from sessions.summaries.rules import MOST_PAGES

PAPER = Path(__file__).resolve().parent / "paper"
STYLE = PAPER / "paper.css"


class PaperReachedOut(Exception):
    """Something in the paper asked for a file or an address that is not one of our fonts."""


class TooManyPages(Exception):
    """Even the shortest form of the document does not fit."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A finished PDF. `sha256` is of its bytes, in hexadecimal; `document` is what was printed."""

    document: Document
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class _Press:
    """The engine, warm: its style sheet read and its fonts loaded once for a process."""

    html: Callable[..., Any]
    fonts: Any
    sheet: Any
    fetcher: Any
    refusal: type[BaseException]


def warm() -> None:
    """Load the engine before it is needed: a worker does so when it starts."""
    _press()
    atexit.register(
        _press.cache_clear
    )  # its fonts want the engine's library, which goes before them at the end


@cache
def _press() -> _Press:
    from weasyprint import CSS, HTML  # noqa: PLC0415 - takes a second, which a web process need not spend
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - a second of imports that only a worker needs
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415 - a second of imports that only a worker needs

    class OnlyOurFonts(URLFetcher):  # type: ignore[misc]
        """Refuses every address but the vendored font files."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not is_our_font(url):
                raise FatalURLFetchingError("only our own fonts are read")
            return super().fetch(url, headers)

    atexit.register(_press.cache_clear)  # or its fonts outlive, at the end, the library that frees them
    fonts, fetcher = FontConfiguration(), OnlyOurFonts(allowed_protocols=["file"], allow_redirects=False)
    sheet = CSS(filename=STYLE, font_config=fonts, url_fetcher=fetcher)
    return _Press(html=HTML, fonts=fonts, sheet=sheet, fetcher=fetcher, refusal=FatalURLFetchingError)


def is_our_font(url: str) -> bool:
    """Whether this is the address of one of the font files that come with Towpath."""
    return url in {path.as_uri() for path in PAPER.glob("*.woff2")}


def printed(document: Document) -> Paper:
    """The document as a tagged PDF (PDF/UA), however many pages it takes."""
    html = render_to_string("sessions/summaries/paper.html", {"doc": document, **_pictures(document)})
    content, pages = pressed(html)
    return Paper(document=document, content=content, pages=pages)


def pressed(html: str) -> tuple[bytes, int]:
    """Markup as PDF bytes, and how many pages they are. Raises PaperReachedOut when it asks for anything."""
    press = _press()
    try:
        paper = press.html(string=html, url_fetcher=press.fetcher).render(
            stylesheets=[press.sheet], font_config=press.fonts
        )
        content = paper.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    except press.refusal as refusal:
        raise PaperReachedOut from refusal
    return content, len(paper.pages)


def fitted(documents: Iterable[Document]) -> Paper:
    """The first of the documents that fits on four pages. Raises TooManyPages when none does."""
    for document in documents:
        paper = printed(document)
        if paper.pages <= MOST_PAGES:
            return paper
    raise TooManyPages


def _pictures(document: Document) -> dict[str, Any]:
    """The charts, drawn for paper: each carries its own style, since the sheet does not reach into it."""
    moods = document.moods if document.moods and document.moods.pairs else None
    return {
        "measure_figures": [
            (series.finding, charts.measure_chart(series, for_print=True)) for series in document.measures
        ],
        "week_strip": _week_strip(document),
        "mood_finding": charts.mood_finding(moods) if moods else "",
        "mood_chart": charts.mood_dumbbell(moods, for_print=True) if moods else "",
        "mood_note": charts.mood_note(moods) if moods else "",
    }


def _week_strip(document: Document) -> SafeString:
    if not document.weeks:
        return SafeString("")
    return charts.week_strip(document.weeks, label=document.weeks_label, for_print=True)
