"""Days that moved and days that rested: the week strip, the minutes, the stepping stones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practice.web.charts.canvas import (
    Frame,
    day_words,
    each_size,
    el,
    line,
    number,
    own_id,
    picture,
    text_width,
    words,
)
from practice.web.charts.scale import Scale, ticks
from practice.web.charts.shapes import ChartTable, Day, Week

LEAST_AXIS_MINUTES = 60  # so that a small week does not look tiny
KEY_ORDER = (Day.SESSION, Day.MOVED, Day.REST, Day.BLANK)


def week_strip(weeks: Sequence[Week], *, label: str, for_print: bool = False) -> SafeString:
    """Seven marks a week: tall for a session or own movement, a square for chosen rest, a speck for nothing."""
    return each_size(lambda frame: _strip(weeks, label, frame), for_print=for_print)


def week_minutes(
    weeks: Sequence[Week], *, label: str, ceiling: int | None = None, for_print: bool = False
) -> SafeString:
    """Minutes a week, sessions solid and own hatched; `ceiling` is an agreed most, never a goal."""
    return each_size(lambda frame: _minutes(weeks, label, ceiling, frame), for_print=for_print)


def week_table(weeks: Sequence[Week]) -> ChartTable:
    """What each week held, in days and minutes."""
    head = [
        _("Week of"),
        _("Sessions"),
        _("Days moved"),
        _("Rest days"),
        _("Minutes, session"),
        _("Minutes, own"),
    ]
    return ChartTable(caption=_("Moving and resting"), head=head, rows=[_week_row(week) for week in weeks])


def _week_row(week: Week) -> list[str]:
    held = Counter(week.days)
    counts = [held[Day.SESSION], held[Day.MOVED], held[Day.REST], week.session_minutes, week.own_minutes]
    return [day_words(week.starts_on), *map(str, counts)]


def days_sentence(days: Sequence[Day]) -> str:
    """Last 14 days: moved on 6, sessions on 2, rest chosen on 1."""
    held = Counter(days)
    said = ngettext("Last %(count)d day", "Last %(count)d days", len(days)) % {"count": len(days)}
    parts = [
        (held[Day.MOVED], _("moved on %d")),
        (held[Day.SESSION], _("sessions on %d")),
        (held[Day.REST], _("rest chosen on %d")),
    ]
    told = [text % count for count, text in parts if count]
    return f"{said}: {', '.join(told) if told else _('nothing recorded')}"


def stones(days: Sequence[Day | str], *, label: str = "") -> SafeString:
    """Presence as stepping stones over water, oldest first: moved, session, chosen rest, nothing recorded."""
    kinds = [Day(day) for day in days]
    marks = "".join(_stone(kind, 14 + 23.2 * index, 14 + 5 * (index % 2)) for index, kind in enumerate(kinds))
    width = 28 + 23.2 * max(len(kinds) - 1, 0)
    svg = el(
        "svg",
        marks,
        class_="stones",
        viewBox=f"0 0 {number(width)} 33",
        role="img",
        aria_label=label or days_sentence(kinds),
    )
    return mark_safe(svg)  # noqa: S308 the label went through escape()


def _stone(kind: Day, x: float, y: float) -> str:
    match kind:
        case Day.MOVED:
            return el("circle", class_="stone-on", cx=x, cy=y, r=7.5)
        case Day.SESSION:
            ring = el("circle", class_="stone-ring", cx=x, cy=y, r=7)
            return ring + el("circle", class_="stone-core", cx=x, cy=y, r=3)
        case Day.REST:
            return line(x - 7, y, x + 7, y, "stone-rest")
        case _:
            return el("circle", class_="stone-blank", cx=x, cy=y, r=3)


def _key_word(kind: Day) -> str:
    return {
        Day.SESSION: _("session"),
        Day.MOVED: _("moved between sessions"),
        Day.REST: _("rest, chosen"),
        Day.BLANK: _("nothing recorded"),
    }[kind]


def _strip(weeks: Sequence[Week], label: str, frame: Frame) -> str:
    """Weeks side by side; the narrow picture breaks them into rows of six."""
    a_row = 6 if frame.is_narrow else max(len(weeks), 6)
    rows, unit = max(ceil(len(weeks) / a_row), 1), frame.text
    width, row_height = frame.width / a_row, unit * 6
    inside = [
        _strip_week(week, (index % a_row) * width, index // a_row * row_height + unit * 0.6, width, frame)
        for index, week in enumerate(weeks)
    ]
    inside += [
        _strip_day(week, (index % a_row) * width, index // a_row * row_height + unit * 5.1, width, frame)
        for index, week in enumerate(weeks)
        if (len(weeks) - 1 - index) % _weeks_a_word(width, frame) == 0
    ]
    key = _key(KEY_ORDER, rows * row_height + unit * 0.2, frame)
    height = rows * row_height + unit * (3.4 if frame.is_narrow else 1.8)
    return picture(*inside, *key, frame=frame, height=height, label=label)


def _strip_week(week: Week, x: float, y: float, width: float, frame: Frame) -> str:
    unit, step = frame.text, width * 0.84 / 7
    marks = [
        _mark(kind, x + step * index, y, step * 0.72, unit * 2.8) for index, kind in enumerate(week.days)
    ]
    return "".join(marks)


def _strip_day(week: Week, x: float, y: float, width: float, frame: Frame) -> str:
    """The day a week begins, below its marks, kept inside the picture."""
    said = day_words(week.starts_on)
    half = text_width(said, frame) / 2
    middle = min(max(x + width * 0.41, half), frame.width - half)
    return words(said, middle, y, "c-m", "middle")


def _weeks_a_word(width: float, frame: Frame) -> int:
    """Every how many weeks there is room for a day, counted from the last."""
    return ceil(text_width("30 Jun ", frame) / width)


def _mark(kind: Day, x: float, y: float, width: float, height: float) -> str:
    """One day, standing on the line y + height."""
    width = min(width, height * 0.25)
    match kind:
        case Day.SESSION | Day.MOVED:
            return el("rect", class_=f"sq-{_mark_class(kind)}", x=x, y=y, width=width, height=height)
        case Day.REST:
            return el("rect", class_="sq-rest", x=x, y=y + height * 0.4, width=width, height=width)
        case _:
            return el("rect", class_="sq-blank", x=x, y=y + height * 0.92, width=width, height=height * 0.08)


def _mark_class(kind: Day) -> str:
    return "session" if kind is Day.SESSION else "move"


def _key(kinds: Sequence[Day], y: float, frame: Frame) -> Iterator[str]:
    """In one line where there is room, else in two columns."""
    unit, x = frame.text, 0.0
    for index, kind in enumerate(kinds):
        top = y
        if frame.is_narrow:
            x, top = index % 2 * frame.width / 2, y + index // 2 * unit * 1.6
        yield _mark(kind, x, top, unit * 0.5, unit * 1.1)
        yield words(_key_word(kind), x + unit * 1.1, top + unit, "c-m")
        x += text_width(_key_word(kind), frame) + unit * 2.6


def _minutes(weeks: Sequence[Week], label: str, ceiling: int | None, frame: Frame) -> str:
    unit, bottom = frame.text, frame.text * 13
    most = max(
        [LEAST_AXIS_MINUTES, ceiling or 0, *(week.session_minutes + week.own_minutes for week in weeks)]
    )
    y, left = Scale(0, most, bottom, unit * 1.2), unit * 2.8
    width = (frame.width - left - unit) / max(len(weeks), 1)
    hatch = own_id("own", frame.css, label)
    inside = [_hatch(hatch), *_minute_lines(most, y, left, frame)]
    every = _weeks_a_word(width, frame)
    for index, week in enumerate(weeks):
        inside.append(_bar(week, left + width * index, width, y, f"url(#{hatch})", frame))
        if (len(weeks) - 1 - index) % every == 0:
            middle = left + width * (index + 0.5)
            inside.append(words(day_words(week.starts_on), middle, bottom + unit * 3, "c-m", "middle"))
    if ceiling is not None:
        inside.append(line(left, y(ceiling), frame.width, y(ceiling), "dash"))
        inside.append(
            words(_("agreed most, %s min") % ceiling, frame.width, y(ceiling) - unit * 0.4, "", "end")
        )
    inside.extend(_minute_key(f"url(#{hatch})", bottom + unit * 4.6, frame))
    return picture(*inside, frame=frame, height=bottom + unit * 6.2, label=label)


def _hatch(name: str) -> str:
    stripe = el("path", class_="own", d="M0 0v5")
    return el(
        "defs",
        el(
            "pattern",
            stripe,
            id=name,
            width=5,
            height=5,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def _minute_lines(most: float, y: Scale, left: float, frame: Frame) -> Iterator[str]:
    for value in ticks(0, most, 4):
        yield line(left, y(value), frame.width, y(value), "grid-l" if value else "axis-l")
        yield words(number(value), left - frame.text * 0.6, y(value) + frame.text * 0.35, "c-m", "end")


def _bar(week: Week, x: float, width: float, y: Scale, hatch: str, frame: Frame) -> str:
    unit, wide = frame.text, width * 0.6
    session, total = y(week.session_minutes), y(week.session_minutes + week.own_minutes)
    left = x + width * 0.2
    solid = el("rect", class_="c1-f", x=left, y=session, width=wide, height=y.start - session)
    own = el("rect", class_="own-edge", fill=hatch, x=left, y=total, width=wide, height=session - total)
    step = wide / 7
    days = [
        _mark(kind, left + step * index, y.start + unit * 0.5, step * 0.72, unit * 1.1)
        for index, kind in enumerate(week.days)
    ]
    return solid + (own if week.own_minutes else "") + "".join(days)


def _minute_key(hatch: str, y: float, frame: Frame) -> Iterator[str]:
    unit = frame.text
    yield el("rect", class_="c1-f", x=0, y=y, width=unit, height=unit)
    yield words(_("in sessions"), unit * 1.6, y + unit * 0.9, "c-m")
    yield el("rect", class_="own-edge", fill=hatch, x=unit * 10, y=y, width=unit, height=unit)
    yield words(_("on their own"), unit * 11.6, y + unit * 0.9, "c-m")
