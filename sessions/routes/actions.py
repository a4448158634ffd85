"""What a clinician does with routes: bring one in from a file, describe it, put it away and take it out again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from unicodedata import category

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing
from sessions.onhold.changed_routes import with_its_sessions
from sessions.routes.files import read_recording
from sessions.routes.models import OWN_KINDS, Route
from sessions.routes.refusals import FileTooLarge, TooManyFiles

LONGEST_NAME = 120
MOST_A_DAY = 50


class FileInUse(Refused):
    """A file makes one route; once that is archived, the file may come again."""

    code = "file_in_use"
    message = _("This file is a route already.")
    field = "file"
    route: Route | None = None


class ChangedMeanwhile(Refused):
    """The form was filled from an older version than the one that stands."""

    code = "changed_meanwhile"
    message = _("Somebody changed this route since you opened it. Have a look at it below, then save again.")


def import_route(
    *,
    name: str,
    meeting_place: str,
    description: str,
    file_name: str,
    content: bytes,
    kinds: Collection[str] = (),
    by: Member,
    now: datetime,
) -> Route:
    """Keep a route read from a GPX or FIT file. Without a name it takes the file's own.

    Raises TooManyFiles, UnreadableFile in one of its kinds, and FileInUse, which names the route.
    """
    if Route.objects.filter(added_by=by, added_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyFiles
    if len(content) > settings.LARGEST_FILE_BYTES:
        raise FileTooLarge
    found, digest = read_recording(content), sha256(content).hexdigest()
    route = Route(
        name=name.strip() or _usual_name(found.name, file_name),
        meeting_place=meeting_place,
        description=description,
        kinds=_in_order(kinds),
        file_name=_tidy(file_name),
        file_sha256=digest,
        added_by=by,
        added_at=now,
        **vars(found.line),
    )
    try:
        _keep(route, "route_imported", by, now)
    except FileInUse:
        raise _in_use(digest) from None
    return route


@transaction.atomic
def edit_route(
    *,
    route: Route,
    by: Member,
    now: datetime,
    name: str | None = None,
    meeting_place: str | None = None,
    description: str | None = None,
    kinds: Collection[str] | None = None,
    version: int | None = None,
) -> Route:
    """Change what is given; None leaves as it is. Walks and runs whose clearance asks for what the route no longer is go
    on hold. Raises ChangedMeanwhile if `version` no longer stands.
    """
    given = {"name": name, "meeting_place": meeting_place, "description": description}

    def change(found: Route) -> None:
        if version is not None and version != found.version:
            raise ChangedMeanwhile
        for field, text in given.items():
            setattr(found, field, getattr(found, field) if text is None else text)
        found.kinds = found.kinds if kinds is None else _in_order(kinds)
        found.version += 1
        found.save(update_fields=[*given, "kinds", "version"])
        record("route_edited", on=found, by=by, at=now)

    with_its_sessions(route=route, by=by, now=now, change=change)
    return Route.objects.get(pk=route.pk)


@transaction.atomic
def archive_route(*, route: Route, by: Member, now: datetime) -> Route:
    """Offer it no longer for new sessions; those booked on it keep it. Twice does no harm."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    if not route.is_archived:
        route.archived_at = now
        route.save(update_fields=["archived_at"])
        record("route_archived", on=route, by=by, at=now)
    return route


@transaction.atomic
def restore_route(*, route: Route, by: Member, now: datetime) -> Route:
    """Undo archiving. Raises FileInUse if its file has come back as another route meanwhile."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    if route.is_archived:
        route.archived_at = None
        try:
            _keep(route, "route_restored", by, now)
        except FileInUse:
            raise _in_use(route.file_sha256) from None
    return route


@transaction.atomic
def _keep(route: Route, action: str, by: Member, now: datetime) -> None:
    with refusing(route_file_is_in_use_once=FileInUse):
        route.save()
    record(action, on=route, by=by, at=now, metres=route.distance_m)


def _in_use(digest: str) -> FileInUse:
    """The refusal that names the route which the file is already."""
    route = Route.objects.filter(file_sha256=digest, archived_at=None).first()
    refusal = FileInUse(_("This file is already the route “%s”.") % route.name if route else None)
    refusal.route = route
    return refusal


def _in_order(kinds: Collection[str]) -> list[str]:
    return [kind for kind in OWN_KINDS if kind in kinds]


def _usual_name(own: str, file_name: str) -> str:
    return _tidy(own) or _tidy(PurePath(file_name).stem) or str(_("Route"))


def _tidy(text: str) -> str:
    """Without control characters, which a device or a sender may have put there, and no longer than a name."""
    return "".join(letter for letter in text if category(letter) != "Cc").strip()[:LONGEST_NAME]
