"""What every page's shell needs: where one may go, where one is, and whether this is the demo."""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from practice import contributions
from practice.audit.printing import mark_for
from practice.contributions import Banner
from practice.house.screens import way_out
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web import helplines


@cache
def _address(url_name: str) -> str:
    """Looked up once: a page shows each of these a dozen times, and they never change."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of a navigation: its URL is looked up by name, its right is a permission (None: everybody)."""

    key: str
    word: str | Promise
    url_name: str
    icon: str
    permission: Permission | None = None

    @property
    def url(self) -> str:
        """The address, or "" where the page does not exist in this installation."""
        return _address(self.url_name)


STAFF_PLACES = (
    Place(key="today", word=_("Today"), url_name="today", icon="sun", permission=Permission.SEE_TODAY),
    Place(
        key="calendar",
        word=_("Calendar"),
        url_name="calendar",
        icon="calendar-days",
        permission=Permission.READ_CALENDAR,
    ),
    Place(
        key="clients",
        word=_("Clients"),
        url_name="caseload",
        icon="users",
        permission=Permission.READ_CONTACTS,
    ),
    Place(
        key="review",
        word=_("To review"),
        url_name="review_queue",
        icon="clipboard-check",
        permission=Permission.READ_SCREENING,
    ),
    Place(key="routes", word=_("Routes"), url_name="routes", icon="route", permission=Permission.READ_ROUTES),
    Place(
        key="summaries",
        word=_("Summaries"),
        url_name="summaries",
        icon="chart-no-axes-column",
        permission=Permission.EXPORT_SUMMARY,
    ),
    Place(
        key="resources",
        word=_("Where to turn"),
        url_name="resources",
        icon="life-buoy",
        permission=Permission.READ_RESOURCES,
    ),
    Place(
        key="people",
        word=_("People"),
        url_name="people",
        icon="user-check",
        permission=Permission.KEEP_PEOPLE,
    ),
    Place(
        key="practice",
        word=_("Practice"),
        url_name="keep_practice",
        icon="house",
        permission=Permission.KEEP_PEOPLE,
    ),
    Place(
        key="trail",
        word=_("Audit trail"),
        url_name="trail",
        icon="scroll-text",
        permission=Permission.READ_TRAIL,
    ),
    Place(
        key="agreements",
        word=_("Agreements"),
        url_name="agreements",
        icon="signature",
        permission=Permission.KEEP_AGREEMENTS,
    ),
    Place(
        key="retention",
        word=_("Data"),
        url_name="retention",
        icon="archive",
        permission=Permission.KEEP_RETENTION,
    ),
    Place(
        key="instruments",
        word=_("Questionnaires"),
        url_name="instruments",
        icon="clipboard-list",
        permission=Permission.KEEP_INSTRUMENTS,
    ),
)
NEW_PLACES = (
    Place(
        key="new_session",
        word=_("Session"),
        url_name="book_session",
        icon="calendar-plus",
        permission=Permission.BOOK_SESSION,
    ),
    Place(
        key="new_client",
        word=_("Client"),
        url_name="register_client",
        icon="user-plus",
        permission=Permission.REGISTER_CLIENT,
    ),
    Place(
        key="new_route",
        word=_("Route"),
        url_name="import_route",
        icon="route",
        permission=Permission.KEEP_ROUTES,
    ),
)
PORTAL_PLACES = (
    Place(key="home", word=_("Home"), url_name="portal_home", icon="sun"),
    Place(key="log", word=_("Log"), url_name="portal_log", icon="footprints"),
    Place(key="history", word=_("History"), url_name="portal_history", icon="calendar-days"),
    Place(key="plan", word=_("Plan"), url_name="portal_plan", icon="route"),
)
BELOW = (("/sessions/", "calendar"), ("/screenings/", "review"), ("/alerts/", "today"))
"""Pages whose address does not begin with that of the entry they belong to."""
IN_BOTTOM_BAR = 4


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place this member may go to, with its address."""

    key: str
    word: str
    url: str
    icon: str


class Shell:
    """The frame around a page. Nothing is looked up before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        came_by_link = getattr(request, "resumed", False)
        self._member: Member | None = None if came_by_link else getattr(request, "member", None)
        chosen = request.COOKIES.get("theme", "")
        self._theme = chosen if chosen in {"light", "dark"} else ""
        self._is_private = request.COOKIES.get("private") == "on"
        self._path = request.path

    @property
    def theme(self) -> str:
        """The chosen side, "light" or "dark"; "" follows the device."""
        return self._theme

    @property
    def is_private(self) -> bool:
        """Whether names are blurred, for a screen read outdoors."""
        return self._is_private

    @property
    def print_mark(self) -> str:
        """What the page sends back when it is printed, "" where it shows nobody's record."""
        return mark_for(self._member) if self._member else ""

    @property
    def search_url(self) -> str:
        """Where the search box leads, "" for those who may not look people up."""
        return next((link.url for link in self.staff if link.key == "clients"), "")

    @property
    def home_url(self) -> str:
        """The first page of this visitor."""
        return Place(key="", word="", url_name="home", icon="").url or "/"

    @property
    def member(self) -> Member | None:
        return self._member

    @property
    def frame(self) -> str:
        """The shell around a page that everybody has, such as the password page: for `extends shell.frame`."""
        if self._member is None:
            return "shells/plain.html"
        return "shells/portal.html" if self._member.is_client else "shells/staff.html"

    @cached_property
    def exit_to(self) -> str:
        """Where "Exit quickly" leads, "" where it is not shown: to staff, who have no use for it, and where it is off.

        The help page asks the file beside it, never the database.
        """
        if self._member is not None and not self._member.is_client:
            return ""
        if self._path == _address("help_now"):
            return helplines.exit_to()
        try:
            return way_out().to
        except DatabaseError:  # a page that says that something broke does not break over this
            return ""

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def version(self) -> str:
        return product_version()

    @property
    def staff(self) -> list[Link]:
        return self._links(STAFF_PLACES)

    @property
    def staff_first(self) -> list[Link]:
        return self.staff[:IN_BOTTOM_BAR]

    @property
    def staff_more(self) -> list[Link]:
        return self.staff[IN_BOTTOM_BAR:]

    @cached_property
    def banners(self) -> list[Banner]:
        """What this member must see on every page."""
        return list(contributions.banners(self._member, timezone.now())) if self._member else []

    @property
    def new(self) -> list[Link]:
        return self._links(NEW_PLACES)

    @property
    def portal(self) -> list[Link]:
        return self._links(PORTAL_PLACES)

    @property
    def current(self) -> str:
        """The navigation entry that the page belongs to: the one whose address its own begins with, "" for none."""
        places = (*STAFF_PLACES, *PORTAL_PLACES)
        starts = [(place.url, place.key) for place in places if place.url] + [*BELOW]
        above = [(len(start), key) for start, key in starts if self._path.startswith(start)]
        return max(above, default=(0, ""))[1]

    def _links(self, places: tuple[Place, ...]) -> list[Link]:
        return [
            Link(key=place.key, word=str(place.word), url=place.url, icon=place.icon)
            for place in places
            if self._may(place.permission) and place.url
        ]

    def _may(self, permission: Permission | None) -> bool:
        return permission is None or (self._member is not None and self._member.may(permission))


@lru_cache(maxsize=1)
def product_version() -> str:
    """The version that pyproject.toml names: there is no second place to keep it."""
    described = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(described["project"]["version"])


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor named in the settings."""
    return {"shell": Shell(request), "DEMO": settings.DEMO}
