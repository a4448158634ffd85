"""Start-up checks of our own settings: what would be unsafe, or would fail later, is said at the start."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError
from django.utils import timezone

from practice import env
from practice.encryption.starting import why_records_stay_shut
from practice.house.screens import are_numbers_confirmed
from practice.machine.system import missing_libraries
from practice.people.models import Practice

LEAST_KEY_CHARACTERS = 50
INTERNAL = {"TOWPATH_SUPERVISED"}
LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}


def _public_hosts() -> list[str]:
    return [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]


@register(Tags.security)
def secret_key_is_long(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """A key that somebody could guess or type is no key."""
    if len(settings.SECRET_KEY) < LEAST_KEY_CHARACTERS or len(set(settings.SECRET_KEY)) < 8:  # noqa: PLR2004 - the alphabet of a typed word
        yield Error(
            f"TOWPATH_SECRET_KEY is shorter than {LEAST_KEY_CHARACTERS} characters, or hardly varied.",
            hint="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'",
            id="towpath.E001",
        )


@register(Tags.security)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """A wildcard lets anybody's domain speak for the practice, password resets included."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("TOWPATH_HOSTS holds *.", hint="Name the hosts people use.", id="towpath.E002")


@register(Tags.security)
def only_this_machine_goes_without_https(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Clinical records never cross a network in clear text."""
    if not settings.HTTPS and not settings.DEMO and _public_hosts():
        yield Error(
            f"TOWPATH_HTTPS is false, but {', '.join(_public_hosts())} can be reached from elsewhere.",
            hint="Put HTTPS in front and set TOWPATH_HTTPS=true, or keep TOWPATH_HOSTS to 127.0.0.1 and localhost.",
            id="towpath.E003",
        )


@register(Tags.security)
def demo_stays_at_home(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """The demo's password is printed in its manual."""
    if settings.DEMO and _public_hosts():
        yield Caution(
            f"TOWPATH_DEMO is true, and {', '.join(_public_hosts())} can be reached from elsewhere.",
            hint="Everybody knows the demo's password. Set TOWPATH_DEMO=false before real people use this.",
            id="towpath.W001",
        )


@register(Tags.database)
def records_can_be_opened(app_configs: Any, databases: Any = None, **kwargs: Any) -> Iterable[CheckMessage]:
    """Asked by `migrate` and `check --database default`; the web server and the worker ask for themselves."""
    try:
        why = why_records_stay_shut() if "default" in (databases or ()) else ""
    except DatabaseError:  # no tables yet
        return
    if why:
        yield Error(why, id="towpath.E005")


@register(Tags.database)
def clients_are_told_who_reads(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> Iterable[CheckMessage]:
    """Until an owner has said who reads answers and by when, no client is invited."""
    try:
        practice = Practice.objects.first() if "default" in (databases or ()) else None
    except DatabaseError:  # no tables yet
        return
    if practice is not None and not practice.response_words:
        yield Caution(
            "Nobody has said who reads what clients answer, and by when.",
            hint="An owner says it on the page Practice (/house/). Until then no client can be invited.",
            id="towpath.W004",
        )


@register(Tags.database)
def what_clients_call_is_confirmed(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> Iterable[CheckMessage]:
    """Until somebody has called the numbers of the help page, no client is invited."""
    try:
        is_open = are_numbers_confirmed(timezone.localdate()) if "default" in (databases or ()) else True
    except DatabaseError:  # no tables yet
        return
    if not is_open and Practice.objects.exists():
        yield Caution(
            "Nobody here has confirmed the emergency and crisis numbers that clients are shown.",
            hint="Call each once and confirm it on the page Resources. Until then no client can be invited.",
            id="towpath.W007",
        )


@register()
def home_can_be_written(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Files, logs and the doorbell of the jobs live there."""
    nearest = next(path for path in (settings.TOWPATH_HOME, *settings.TOWPATH_HOME.parents) if path.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield Error(
            f"TOWPATH_HOME ({settings.TOWPATH_HOME}) cannot be written to.",
            hint="Choose a folder that belongs to the user who runs Towpath.",
            id="towpath.E004",
        )


@register()
def pdf_libraries_are_here(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Without Pango everything works but the documents."""
    missing = missing_libraries()
    if missing:
        yield Caution(
            f"PDFs cannot be made: {', '.join(missing)} not found.",
            hint="Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango.",
            id="towpath.W002",
        )


@register()
def settings_have_names(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """A misspelt name would leave a setting at its default, unnoticed."""
    known = env.names_in(settings.BASE_DIR / ".env.example") | INTERNAL
    given = {name.removesuffix("_FILE") for name in os.environ if name.startswith("TOWPATH_")}
    for name in sorted(given - known if known > INTERNAL else ()):
        near = get_close_matches(name, known, n=1)
        yield Caution(
            f"{name} is no setting of Towpath.",
            hint=f"Did you mean {near[0]}?" if near else "See .env.example for all there are.",
            id="towpath.W003",
        )
