"""The paper the charts are drawn on: escaped SVG elements, sizes, and the print style.

On screen a picture is coloured by its classes (`components.css`). A PDF engine does not let a page's
CSS into a picture, so a printed one carries `PRINT_STYLE`, with the colours of the print tokens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PRINT_STYLE = (
    'text{font-family:"Atkinson Hyperlegible Next",sans-serif;font-size:8px;fill:#1F2A2E}'
    ".c-m{fill:#55605F}.c-b{font-weight:600}"
    ".b0{fill:#F7F5F0}.b1{fill:#EFECE4}.b2{fill:#E6E2D7}.b3{fill:#DCD7C9}.b4{fill:#D2CCBB}"
    ".grid-l{stroke:#D9D5CA;stroke-width:.6}.axis-l{stroke:#77736A;stroke-width:.6}"
    ".c1-l{stroke:#1F6458;stroke-width:1.8;fill:none}.c2-l{stroke:#B0560F;stroke-width:1.4;fill:none}"
    ".c1-f,.sq-move,.after,.stone-on,.stone-core{fill:#1F6458}.c2-f,.sq-session{fill:#B0560F}"
    ".pt-hollow,.before{fill:#FFFFFF;stroke:#1F6458;stroke-width:1.5}"
    ".sq-rest,.rest-f{fill:#1F2A2E}.sq-blank{fill:#B9B4A7}"
    ".dash{stroke:#1F2A2E;stroke-width:.8;stroke-dasharray:4 3;fill:none}"
    ".dash-m{stroke:#77736A;stroke-width:.8;stroke-dasharray:1.5 2;fill:none}"
    ".arrow{stroke:#1F6458;stroke-width:1.4;fill:none}.own{stroke:#1F6458;stroke-width:1.2;fill:none}"
    ".own-edge{fill:none;stroke:#1F6458;stroke-width:1}"
    ".area{fill:#E3EFEA}.mp-land{fill:#F3F1EB}.mp-case{stroke:#FFFFFF;fill:none}.mp-line{stroke:#1F6458;fill:none}"
    ".mp-pin{fill:#FFFFFF;stroke:#1F2A2E;stroke-width:1}.mp-pin-turn{fill:#1F2A2E}"
    ".mp-pin-t{text-anchor:middle;font-weight:600}.mp-pin-turn-t{fill:#FFFFFF}"
)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How wide the picture is and how high its text, in the picture's own units."""

    width: float
    text: float
    css: str
    is_print: bool = False

    @property
    def is_narrow(self) -> bool:
        return self.css == "chart-narrow"


WIDE = Frame(width=640, text=13, css="chart-wide")
MIDDLE = Frame(width=640, text=13, css="chart-middle")
NARROW = Frame(width=340, text=13, css="chart-narrow")
PRINT = Frame(width=470, text=8, css="ch", is_print=True)
FIGURE_WIDTH = 0.6  # of the text size: the advance of a tabular digit or an average letter


def number(value: float) -> str:
    """At most one decimal, and none when it says nothing; no minus before a zero."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def el(name: str, *inside: str, **attributes: str | float | None) -> str:
    """One element. `class_` and `stroke_width` become `class` and `stroke-width`; None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(inside)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def words(text: str, x: float, y: float, css: str = "", anchor: str | None = None) -> str:
    """A line of text, escaped, its baseline at `y`."""
    return el("text", escape(text), class_=css or None, x=x, y=y, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """A straight line."""
    return el("path", class_=css, d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")


def path(points: list[tuple[float, float]]) -> str:
    """The `d` of a line through all points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def text_width(text: str, frame: Frame) -> float:
    """About how wide a line of text will be."""
    return len(text) * frame.text * FIGURE_WIDTH


def day_words(day: date) -> str:
    """2 Jun."""
    return date_format(day, "j M")


def own_id(prefix: str, *facts: object) -> str:
    """An id that is the same for the same picture and differs between pictures of one page."""
    return f"{prefix}-{crc32(repr(facts).encode()):08x}"


def picture(*inside: str, frame: Frame, height: float, label: str, detail: str = "") -> str:
    """The `<svg>` itself: an image with a sentence as its name, and its own style when printed."""
    style = el("style", PRINT_STYLE) if frame.is_print else ""
    described = el("desc", escape(detail)) if detail else ""
    return el(
        "svg",
        described,
        style,
        *inside,
        class_=frame.css if frame.is_print else f"chart {frame.css}",
        viewBox=f"0 0 {number(frame.width)} {number(height)}",
        role="img",
        aria_label=label,
    )


def each_size(draw: Callable[[Frame], str], *, for_print: bool) -> SafeString:
    """One picture for print; on screen a wide and a narrow one, of which the CSS shows the one that fits."""
    frames = [PRINT] if for_print else [WIDE, NARROW]
    return mark_safe("".join(draw(frame) for frame in frames))  # noqa: S308 every text went through escape()
