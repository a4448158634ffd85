"""What pages, letters and papers say about where to turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practice.people.models import Member, Practice
from practice.people.roles import Permission
from practice.resources import shipped
from practice.resources.countries import name_of
from practice.resources.models import Resource
from practice.resources.publishing import is_current
from practice.resources.querysets import ResourceQuerySet
from practice.web.helplines import Country, Line, Reachable, country_of

PER_PAGE = 25
Need = Resource.Need


@dataclass(frozen=True, kw_only=True)
class ResourceCard:
    """One row of the table, in words. `checked` says when it was last confirmed; `is_due` that somebody should call."""

    uid: UUID
    version: int
    name: str
    need: str
    country: str
    lines: Sequence[Line]
    words: str
    hours: str
    who_for: str
    checked: str
    is_due: bool
    is_archived: bool


@dataclass(frozen=True, kw_only=True)
class ResourcePage:
    """The table as it was asked for. `due` counts what has to be confirmed around the practice's own country."""

    cards: Sequence[ResourceCard]
    next_after: str
    home: str
    due: int
    archived: int
    may_keep: bool
    is_written_out: bool


@dataclass(frozen=True, kw_only=True)
class PaperPart:
    """One kind of need on the list for a client."""

    title: str
    cards: Sequence[ResourceCard]


def home_country() -> str:
    """The country of the practice, as a code."""
    practice = Practice.objects.first()
    return practice.country if practice else ""


def for_country(country: str | None = None) -> Country:
    """Every line of a country, the practice's own if none is named: what the table says, else what was shipped."""
    code = home_country() if country is None else country
    kept: list[Reachable] = list(Resource.objects.standing().around(code))
    found = country_of(code, kept)
    return found if found.lines else country_of(code, shipped.ROWS)


def for_need(need: str, country: str | None = None) -> list[ResourceCard]:
    """What to give somebody with this need, near ones first: of the country, of the Union, for everybody."""
    code = home_country() if country is None else country
    rows = Resource.objects.standing().around(code).filter(need=need).select_related("verified_by")
    nearest = sorted(rows, key=lambda row: (row.country == "", row.country != code, row.pk))
    return cards_of(nearest, date.min)


def resource_page(
    rows: ResourceQuerySet, member: Member, today: date, *, archived: bool, after: Resource | None
) -> ResourcePage:
    """25 rows in the order in which they were written down."""
    home = home_country()
    asked = rows.after(after) if after else rows
    shown = list(asked.select_related("verified_by")[: PER_PAGE + 1])
    table = Resource.objects.visible_to(member)
    return ResourcePage(
        cards=cards_of(shown[:PER_PAGE], today),
        next_after=str(shown[PER_PAGE - 1].uid) if len(shown) > PER_PAGE else "",
        home=name_of(home),
        due=table.standing().around(home).due(today).count(),
        archived=0 if archived else table.archived().count(),
        may_keep=member.may(Permission.KEEP_RESOURCES),
        is_written_out=is_current(),
    )


def paper_parts(rows: ResourceQuerySet, country: str, needs: Iterable[str], today: date) -> list[PaperPart]:
    """The list for a client: the needs in their usual order, each with what serves this country."""
    asked, found = set(needs), list(rows.standing().around(country).select_related("verified_by"))
    parts = []
    for need in (Need.EMERGENCY, Need.CRISIS, Need.EATING, Need.ADDICTION, Need.OTHER):
        mine = [row for row in found if row.need == need and need in asked]
        if mine:
            parts.append(PaperPart(title=str(need.label), cards=cards_of(mine, today)))
    return parts


def cards_of(rows: Iterable[Resource], today: date) -> list[ResourceCard]:
    """Rows in words."""
    return [
        ResourceCard(
            uid=row.uid,
            version=row.version,
            name=row.name,
            need=row.get_need_display(),
            country=row.country_name,
            lines=row.lines,
            words=row.words,
            hours=row.hours,
            who_for=row.who_for,
            checked=_checked(row),
            is_due=row.is_due(today),
            is_archived=row.is_archived,
        )
        for row in rows
    ]


def _checked(row: Resource) -> str:
    if row.verified_on is None:
        return _("Nobody has confirmed it yet")
    day = date_format(row.verified_on, "j F Y")
    if row.verified_by is None:
        return _("Checked in a published source on %s, before it came to you") % day
    return _("Confirmed on %(day)s by %(name)s") % {"day": day, "name": row.verified_by.name}
