"""Where to turn, for the pages that must always open: numbers that answer, by country, and nothing else.

Asks no database. It reads the file that the practice's table was last written out to (`practice.resources.publishing`), and
says what was shipped where there is none or it cannot be read.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from practice.resources import shipped
from practice.resources.countries import ANYWHERE, EUROPEAN_UNION, IN_THE_UNION, name_of
from practice.web.refusals import Words

log = logging.getLogger(__name__)
ROWS, PAGE = "rows.json", "index.html"
COLUMNS = ("country", "need", "name", "phone", "sms", "sms_word", "link", "hours", "who_for")


class Reachable(Protocol):
    """A row of the table, of the shipped ones, or of the file."""

    @property
    def country(self) -> str: ...
    @property
    def need(self) -> str: ...
    @property
    def name(self) -> Words: ...
    @property
    def phone(self) -> str: ...
    @property
    def sms(self) -> str: ...
    @property
    def sms_word(self) -> str: ...
    @property
    def link(self) -> str: ...
    @property
    def hours(self) -> Words: ...
    @property
    def who_for(self) -> Words: ...


@dataclass(frozen=True, kw_only=True)
class Line:
    """A number to call, with `scheme="sms"` to text, with `scheme="link"` a page whose address is `number`."""

    name: Words
    number: str
    scheme: str = "tel"
    send: str = ""
    hours: Words = ""
    who_for: Words = ""

    @property
    def href(self) -> str:
        """The link that dials: digits only. A page's own address."""
        if self.scheme == "link":
            return self.number
        return f"{self.scheme}:{''.join(mark for mark in self.number if mark.isdigit() or mark == '+')}"

    @property
    def shown(self) -> str:
        """The number as it is written; the address of a page without what every address has."""
        return self.number.removeprefix("https://").removeprefix("http://").rstrip("/")

    @property
    def how(self) -> str:
        """What one does with the number, for whom it is and when it answers."""
        verbs = {"tel": _("Call"), "sms": _("Text"), "link": _("Website")}
        verb = _("Text %s to") % self.send if self.send and self.scheme == "sms" else verbs[self.scheme]
        return " · ".join(str(words) for words in (verb, self.who_for, self.hours) if words)


@dataclass(frozen=True, kw_only=True)
class Country:
    """The lines of one country: in danger, in a crisis, and for troubles that run alongside."""

    code: str
    name: Words
    emergencies: tuple[Line, ...]
    crisis: tuple[Line, ...]
    eating: tuple[Line, ...] = ()
    addiction: tuple[Line, ...] = ()
    other: tuple[Line, ...] = ()

    @property
    def emergency(self) -> str:
        """The first emergency number, "" where none is known."""
        return self.emergencies[0].number if self.emergencies else ""

    @property
    def emergency_line(self) -> Line | None:
        return self.emergencies[0] if self.emergencies else None

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.emergencies, *self.crisis, *self.alongside)

    @property
    def alongside(self) -> tuple[Line, ...]:
        return (*self.eating, *self.addiction, *self.other)


def lines_of(row: Reachable) -> Iterator[Line]:
    """Every way to reach a row: call first, then text, then a page."""
    about: dict[str, Any] = {"name": row.name, "hours": row.hours, "who_for": row.who_for}
    if row.phone:
        yield Line(number=row.phone, **about)
    if row.sms:
        yield Line(number=row.sms, scheme="sms", send=row.sms_word, **about)
    if row.link:
        yield Line(number=row.link, scheme="link", **about)


def country_of(code: str, rows: Iterable[Reachable]) -> Country:
    """What the rows hold for a country; in the European Union also the Union's emergency number."""
    rows = list(rows)
    mine = [row for row in rows if row.country == code]
    if code in IN_THE_UNION and not any(row.need == "emergency" for row in mine):
        mine += [row for row in rows if row.country == EUROPEAN_UNION]
    found = {
        need: tuple(line for row in mine if row.need == need for line in lines_of(row))
        for need in ("emergency", "crisis", "eating", "addiction", "other")
    }
    return Country(code=code, name=name_of(code), emergencies=found.pop("emergency"), **found)


COUNTRIES: tuple[Country, ...] = tuple(
    country_of(code, shipped.ROWS)
    for code in dict.fromkeys(row.country for row in shipped.ROWS)
    if code not in {ANYWHERE, EUROPEAN_UNION}
)
"""What was shipped."""


def countries() -> tuple[Country, ...]:
    """Every country that has a line, that of the practice first; before anything was written, that of the language."""
    home, rows = _written() or (_of_the_language(), shipped.ROWS)
    codes = dict.fromkeys([home, *(row.country for row in rows)])
    found = [country_of(code, rows) for code in codes if code not in {ANYWHERE, EUROPEAN_UNION}]
    known = [country for country in found if country.lines or country.code == home]
    return tuple(known) if known[0].lines else (*known[1:],)


def anywhere() -> tuple[Country, ...]:
    """What helps in countries that are not named: the Union's number, and what is there for everybody."""
    _home, rows = _written() or ("", shipped.ROWS)
    found = [country_of(code, rows) for code in (EUROPEAN_UNION, ANYWHERE)]
    return tuple(country for country in found if country.lines)


def exit_to() -> str:
    """Where "Exit quickly" leads, as last written; "" where it is off or nothing can be read."""
    try:
        return str(json.loads((folder() / ROWS).read_text()).get("exit_to", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def folder() -> Path:
    """Where the table is written out to: in the state folder."""
    return Path(settings.HELP_FOLDER)


def _written() -> tuple[str, tuple[Reachable, ...]] | None:
    """The country of the practice and the rows, as last written; None without a file that can be read."""
    try:
        said = json.loads((folder() / ROWS).read_text())
        rows = tuple(_row(row) for row in said["rows"])
        return (str(said["home"]), rows) if rows else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        log.exception("the numbers of the help page cannot be read: those that were shipped are shown")
        return None


def _row(said: dict[str, Any]) -> Reachable:
    words: dict[str, Any] = {column: str(said[column]) for column in COLUMNS}
    return shipped.Shipped(**words)


def _of_the_language() -> str:
    """The country of an installation's language (en-gb: the United Kingdom), if it was shipped; else the first."""
    here = settings.LANGUAGE_CODE.partition("-")[2].upper()
    return here if any(country.code == here for country in COUNTRIES) else COUNTRIES[0].code
