"""Every piece in every state on one page, for those who build and those who check."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web import icons
from practice.web.styleguide import pictures, samples
from practice.web.styleguide.contrast import contrast, pairs, tokens
from practice.web.styleguide.forms import SampleForm


@needs(Permission.READ_STYLE)
def style(request: MemberRequest) -> HttpResponse:
    """The page is made of sample values; it reads no record."""
    messages.success(request, samples.SAVED)
    return render(request, "practice/web/style.html", _context())


def _context() -> dict[str, Any]:
    wrong = SampleForm(samples.WRONG_ANSWERS, prefix="wrong")
    wrong.refuse(samples.refusal())
    return {
        "sizes": samples.TYPE_SIZES,
        "sides": [_side(theme) for theme in ("light", "dark")],
        "icon_names": sorted(name for name in icons.symbols() if not name.startswith("g-")),
        "forms": [SampleForm(prefix="first", initial=samples.FIRST_ANSWERS), wrong],
        "pictures": pictures.every_chart(),
        "map_svg": pictures.route_picture(),
        "ribbon": pictures.ribbon(),
        "stones": samples.DAYS,
        "jobs": samples.JOBS,
        "modes": samples.MODES,
        "page": samples.PAGER,
        "timeline": samples.timeline(),
        "now": samples.NOON,
    }


def _side(theme: str) -> dict[str, Any]:
    """The colours of light or dark, and how well each ink reads on each ground."""
    colours = tokens(theme)
    rows = [
        {
            "ink": pair.ink,
            "ground": pair.ground,
            "ink_colour": colours[pair.ink],
            "ground_colour": colours[pair.ground],
            "ratio": contrast(colours[pair.ink], colours[pair.ground]),
            "least": pair.least,
        }
        for pair in pairs()
    ]
    return {"theme": theme, "colours": sorted(colours.items()), "rows": rows}
