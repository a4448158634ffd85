"""Made-up values for the style page."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from practice.web.charts import Day
from practice.web.refusals import Refused

NOON = datetime(2026, 8, 18, 12, 0, tzinfo=UTC)
SAVED = _("Saved. A message stands on top until the next page.")
TYPE_SIZES = ("33", "27", "22", "18", "16", "14", "13")
DAYS = [Day.MOVED, Day.BLANK, Day.MOVED, Day.SESSION, Day.BLANK, Day.MOVED, Day.REST] * 2
MODES = [
    {"mode": "sit", "word": _("Sit"), "kind": "clear", "until": _("always open")},
    {"mode": "walk", "word": _("Walk"), "kind": "conditions", "until": _("until 3 Nov")},
    {"mode": "run", "word": _("Run"), "kind": "hold", "until": _("talk first")},
]
PAGER = {"previous_url": "#newer", "next_url": "#older"}
JOBS = [
    {"id": "a", "state": "waiting", "progress": 0},
    {"id": "b", "state": "running", "progress": 40, "step": _("Drawing the charts")},
    {"id": "c", "state": "done", "progress": 100, "result_url": "#result"},
    {"id": "d", "state": "failed", "error": _("The file could not be read. Nothing was changed.")},
]
FIRST_ANSWERS = {"what": "run_walk", "how_long": 20, "mood": 4, "minutes": 50, "shared": True}
WRONG_ANSWERS = {
    "wrong-name": "",
    "wrong-email": "sam at example",
    "wrong-born_on_day": "31",
    "wrong-born_on_month": "2",
    "wrong-born_on_year": "1988",
    "wrong-starts_at": "tomorrow",
    "wrong-minutes": "900",
    "wrong-pace": "sprint",
    "wrong-note": "<b>kept as typed</b> & safe",
    "wrong-agreed": "talk",
}


def refusal() -> Refused:
    """A rule that says no, as an action would raise it."""
    return Refused(str(_("Robin Vale is with somebody else until 10:20.")))


def timeline() -> list[dict[str, Any]]:
    """One row of each look."""
    return [
        {"kind": "walk", "title": _("Walked together"), "text": _("River loop, 4.2 km"), "badge": "signed"},
        {"kind": "run_walk", "title": _("Run-walk on their own"), "text": _("25 min, could chat")},
        {"kind": "sit", "title": _("Sat together"), "text": "", "url": "#session", "badge": "draft"},
        {"icon": "clipboard-check", "title": _("Screening decided"), "text": _("Walk with conditions")},
        {"icon": "octagon-alert", "title": _("Safety answer"), "text": _("Spoken with on the same day")},
    ]
