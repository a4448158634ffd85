"""Towpath's template tags. A builtin of every template: nothing to load. `components/README.md` lists them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format, localize, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.web import charts, icons
from practice.web.fields import errors_of, written_field

register = template.Library()

BADGES = {
    "clear": ("circle-check", gettext_lazy("Clear")),
    "conditions": ("circle-dot", gettext_lazy("Conditions")),
    "due": ("clock", gettext_lazy("Due")),
    "hold": ("circle-pause", gettext_lazy("Hold")),
    "stop": ("octagon-x", gettext_lazy("Stop")),
    "draft": ("pencil", gettext_lazy("Draft")),
    "signed": ("signature", gettext_lazy("Signed")),
    "late": ("clock-alert", gettext_lazy("Late")),
    "info": ("info", gettext_lazy("Note")),
    "help": ("life-buoy", gettext_lazy("Help")),
    "plain": ("circle", gettext_lazy("None")),
}
LEVELS = {
    "stop": ("octagon-x", gettext_lazy("Stop")),
    "check": ("triangle-alert", gettext_lazy("Check")),
    "note": ("info", gettext_lazy("Note")),
    "clear": ("circle-check", gettext_lazy("Clear")),
}
ALERTS = {
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
    "help": "life-buoy",
}
MODES = {
    "sit": gettext_lazy("Sit"),
    "walk": gettext_lazy("Walk"),
    "run": gettext_lazy("Run"),
    "run_walk": gettext_lazy("Run-walk"),
    "run-walk": gettext_lazy("Run-walk"),
}
MESSAGE_ALERTS = {"debug": "info", "info": "info", "success": "ok", "warning": "warn", "error": "danger"}
# The first mark found counts: every browser claims to be the older ones as well.
BROWSERS = (
    ("Firefox", "Firefox"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
MINUTES_IN_HOUR, METRES_IN_KM = 60, 1000

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.glyph, name="glyph")


@register.simple_tag
def glyph_disc(mode: str) -> SafeString:
    """The figure of a mode on its tinted disc."""
    tint = "walk" if mode in {"run_walk", "run-walk"} else mode
    figure = "run" if mode in {"run_walk", "run-walk"} else mode
    return format_html('<span class="glyph-disc g-{}">{}</span>', tint, icons.glyph(figure))


@register.simple_tag
def mode(name: str, word: str = "") -> SafeString:
    """The figure and the word of a mode."""
    return format_html('<span class="mode">{}{}</span>', icons.glyph(name), word or MODES[name])


@register.simple_tag
def mood(value: int, words: bool = True) -> SafeString:  # noqa: FBT001, FBT002 a template writes words=False
    """Bars, number and word; with words=False the word is for screen readers only."""
    said, css = charts.mood_words(value), "" if words else "vh"
    return format_html(
        '<span class="mood">{}<span>{} <span class="{}">{}</span></span></span>',
        icons.mood_bars(value),
        value,
        css,
        said,
    )


@register.simple_tag
def badge(kind: str, word: str = "") -> SafeString:
    """A state as icon and word, never as colour alone."""
    drawn, usual = BADGES[kind]
    return format_html('<span class="badge badge-{}">{}{}</span>', kind, icons.icon(drawn), word or usual)


@register.simple_tag
def button(word: str, kind: str = "primary", icon: str = "", size: str = "", **attributes: str) -> SafeString:
    """A submit button; further attributes (name, value, formaction, form) go onto it."""
    attributes.setdefault("type", "submit")
    return format_html(
        "<button{}>{}{}</button>", _button_attributes(kind, size, attributes), _small(icon), word
    )


@register.simple_tag
def link_button(
    word: str, url: str, kind: str = "secondary", icon: str = "", size: str = "", **attributes: str
) -> SafeString:
    """A link that looks like a button."""
    written = _button_attributes(kind, size, {"href": url, **attributes})
    return format_html("<a{}>{}{}</a>", written, _small(icon), word)


def _button_attributes(kind: str, size: str, attributes: dict[str, str]) -> str:
    names = ["btn", f"btn-{kind}" if kind != "secondary" else "", f"btn-{size}" if size else ""]
    css = " ".join(name for name in names if name)
    return flatatt({"class": css, **{key.replace("_", "-"): value for key, value in attributes.items()}})


def _small(name: str) -> SafeString:
    return icons.icon(name, "16") if name else SafeString("")


@register.simple_tag
def alert_icon(level: str) -> SafeString:
    """The icon of an alert's level."""
    return icons.icon(ALERTS.get(level, "info"), "24")


@register.filter
def alert_level(tags: str) -> str:
    """From Django's message tags to an alert's level."""
    known = [MESSAGE_ALERTS[tag] for tag in tags.split() if tag in MESSAGE_ALERTS]
    return known[-1] if known else "info"


@register.inclusion_tag("components/check_row.html")
def check_row(level: str, text: str, rule: str = "", detail: str = "", url: str = "") -> dict[str, Any]:
    """One line of a checks panel: its level as icon and word, what was found, and by which rule."""
    drawn, word = LEVELS[level]
    return {
        "level": level,
        "icon": drawn,
        "word": word,
        "text": text,
        "rule": rule,
        "detail": detail,
        "url": url,
    }


@register.simple_tag
def stones(days: Sequence[str], label: str = "") -> SafeString:
    """Days as stepping stones."""
    return charts.stones(days, label=label)


@register.inclusion_tag("components/figure.html")
def figure(
    svg: SafeString,
    table: charts.ChartTable | None = None,
    finding: str = "",
    note: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """A picture under the sentence that it shows, with the same facts as a table."""
    return {"svg": svg, "table": table, "finding": finding, "note": note, "level": level}


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, **options: Any) -> SafeString:
    """A form field with label, hint, error and control; see components/README.md for the options."""
    return written_field(bound, **options)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every visible field of a form, and the hidden ones."""
    hidden = [str(bound) for bound in form.hidden_fields()]
    shown = [str(written_field(bound)) for bound in form.visible_fields()]
    return mark_safe("".join(hidden + shown))  # noqa: S308 both come from templates


@register.simple_tag
def error_summary(*forms: "BaseForm | BaseFormSet[Any]") -> SafeString:
    """Every error of these forms at the top, each a link to its field. Nothing when there are none."""
    errors = [error for form in forms for error in errors_of(form)]
    if not errors:
        return SafeString("")
    return mark_safe(render_to_string("components/error_summary.html", {"errors": errors}))  # noqa: S308 - rendered by a template


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's own query string with these values changed; None takes one out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def when(value: datetime | date | time, kind: str = "datetime") -> SafeString:
    """A time element in local words, the full date in its title. kind: datetime, date or time."""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    if isinstance(local, time):
        return format_html(
            '<time datetime="{}">{}</time>', local.isoformat("minutes"), time_format(local, "H:i")
        )
    shown = date_format(local, {"time": "H:i", "date": "j F Y"}.get(kind, "D j M, H:i"))
    full = date_format(local, "l j F Y, H:i" if isinstance(local, datetime) else "l j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, shown)


@register.filter
def duration_words(minutes: float) -> str:
    """75 is "1 h 15 min", 60 is "1 h", 20 is "20 min"."""
    hours, rest = divmod(round(minutes), MINUTES_IN_HOUR)
    parts = [_("%d h") % hours if hours else "", _("%d min") % rest if rest or not hours else ""]
    return " ".join(part for part in parts if part)


@register.filter
def km(metres: float | None) -> str:
    """4210 is "4.2 km"; nothing for None."""
    return "" if metres is None else f"{localize(round(metres / METRES_IN_KM, 1))} km"


@register.filter
def device_words(user_agent: str) -> str:
    """Browser and system of a User-Agent header, as a person would say them: "Firefox on Linux"."""
    names = [next((word for mark, word in table if mark in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    if not all(names):
        return names[0] or names[1] or _("A device that does not say what it is")
    return _("%(browser)s on %(system)s") % {"browser": names[0], "system": names[1]}


@register.simple_tag
def url_or_none(name: str, *args: Any) -> str:
    """The address of a named page, or "" where this installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def nav_count(context: Context, key: str) -> SafeString:
    """How many things wait behind a navigation entry, from the page's `nav_counts`; nothing for none."""
    count = (context.get("nav_counts") or {}).get(key)
    if not count:
        return SafeString("")
    css = "count count-danger" if key == "today" else "count"
    return format_html('<span class="{}">{}<span class="vh"> {}</span></span>', css, count, _("waiting"))


@register.inclusion_tag("components/scene.html")
def scene() -> dict[str, Any]:
    """The dawn landscape: once per screen at most, small, never behind text."""
    return {}


@register.inclusion_tag("components/mark.html")
def mark() -> dict[str, Any]:
    """The Towpath mark."""
    return {}
