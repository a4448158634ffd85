"""What Today says in sentences."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.templatetags.towpath import duration_words
from sessions.booking.screens import SessionLine
from sessions.today import rules
from sessions.today.rules import Light


def lead(member: Member, now: datetime, lines: Sequence[SessionLine], light: Light | None) -> str:
    """Good morning, Jo. Four people today, all in daylight."""
    said = f"{greeting(member, now)} {_day_words(lines, light)}"
    return said.strip() if member.may(Permission.READ_CALENDAR) else greeting(member, now)


def greeting(member: Member, now: datetime) -> str:
    """Good morning, by the first of the member's names."""
    first = (member.name.split() or [""])[0]
    hello = {
        "morning": _("Good morning, %s."),
        "afternoon": _("Good afternoon, %s."),
        "evening": _("Good evening, %s."),
    }
    return hello[rules.part_of_day(timezone.localtime(now).hour)] % first


def _day_words(lines: Sequence[SessionLine], light: Light | None) -> str:
    people = len({line.client_uid for line in lines})
    if not people:
        return _("Nothing booked today.")
    counted = {"count": capfirst(str(apnumber(people)))}
    who = ngettext("%(count)s person today", "%(count)s people today", people) % counted
    return f"{who}{_light_words(lines, light)}."


def _light_words(lines: Sequence[SessionLine], light: Light | None) -> str:
    outings = [(line.starts_at, line.ends_at) for line in lines if line.place == "outdoors"]
    if not outings or light is None:
        return ""
    dark = rules.outside_the_light(light, outings)
    counted = {"count": str(apnumber(dark))}
    if not dark:
        return _(", all in daylight")
    return (
        ngettext(", %(count)s outing partly in the dark", ", %(count)s outings partly in the dark", dark)
        % counted
    )


def countdown(starts_at: datetime, now: datetime) -> str:
    """in 50 min; tomorrow or a day's name for what is further off; now while it is on."""
    if starts_at <= now:
        return _("now")
    days = (timezone.localdate(starts_at) - timezone.localdate(now)).days
    if days == 0:
        return _("in %s") % duration_words(rules.whole_minutes_until(starts_at, now))
    if days == 1:
        return _("tomorrow")
    return date_format(timezone.localtime(starts_at), "l j F")


def ribbon_label(lines: Sequence[SessionLine], light: Light, now: datetime) -> str:
    """What the picture of the day shows, for who does not see it."""
    times = ", ".join(clock(line.starts_at) for line in lines)
    sessions = _("Sessions at %s.") % times if times else _("No sessions.")
    said = {"first": clock(light.first), "last": clock(light.last), "sessions": sessions, "now": clock(now)}
    return _("Light from %(first)s to %(last)s. %(sessions)s It is %(now)s.") % said


def clock(moment: datetime) -> str:
    """09:30, here."""
    return time_format(timezone.localtime(moment).time(), "H:i")
