"""Every address of the product, found in its resolver, and what to put into each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from tests.security.town import Home

# What the uid in an address stands for: by the name of the route, or by the beginning of its path.
BY_NAME = {
    "complete_session": "past",
    "no_show_session": "past",
    "put_back_session": "done",
    "api_complete_session": "past",
    "api_no_show_session": "past",
    "api_put_back_session": "done",
    "api_session_notes": "drafted",
    "api_sign_note": "draft",
    "retry_summary": "waiting summary",
    "summary_progress": "waiting summary",
    "sign_note": "drafted",
    "save_note": "drafted",
    "write_note": "drafted",
    "note": "done",
    "add_addendum": "done",
    "my_section": "intake",
    "api_screening_tasks": "intake",
    "api_screening_task": "intake",
    "api_check_answers": "intake",
    "api_tell": "intake",
    "cosign_note": "done",
    "resume_measure_plan": "resting plan",
    "api_resume_measure_plan": "resting plan",
    "undo_choice": "held",
    "api_undo_choice": "held",
}
BY_PATH = {
    "clients/": "client",
    "my/questions/": "screening",
    "my/log/": "run",
    "screenings/": "screening",
    "clearances/": "clearance",
    "override-wishes/": "wish",
    "overrides/": "wish",
    "letters/": "letter",
    "my/letters/": "letter",
    "alerts/": "alert",
    "sessions/": "session",
    "notes/": "note",
    "routes/": "route",
    "runs/": "run",
    "summaries/": "summary",
    "jobs/": "job",
    "exports/": "export",
    "practice/export/": "practice export",
    "erasures/": "erasure",
    "holds/": "hold",
    "people/clients/": "client",
    "keys/": "token",
    "people/": "clinician",
    "break-glass/": "emergency",
    "results/": "result",
    "resources/": "resource",
    "my/agreements/": "consent",
    "consents/": "consent",
    "plans/": "measure plan",
    "measure-plans/": "measure plan",
    "together/": "form",
}
OTHERS = {"run_uid": "staff run", "copy": "consent"}
PLAIN = {
    "form": "csv",
    "number": 1,
    "version": 1,
    "pk": 1,
    "key": "1-x",
    "uidb36": "1",
    "which": "auditc",
    "section": "about",
    "task": "about",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, kw_only=True)
class Route:
    """One named pattern of the resolver. `path` is its template without the API's prefix."""

    name: str
    path: str
    is_api: bool
    parameters: dict[str, Any]
    view: Any

    @property
    def verbs(self) -> list[str]:
        """Of an endpoint those that it answers, of a page those that a browser sends."""
        return (
            [verb for verb in METHODS if hasattr(self.view, verb.lower())] if self.is_api else ["GET", "POST"]
        )

    @property
    def ids(self) -> list[str]:
        """The parameters that name a row."""
        return [name for name, converter in self.parameters.items() if isinstance(converter, UUIDConverter)]

    def kind(self, parameter: str) -> str:
        """Which of a home's rows the parameter stands for; "" for a kind of address that nobody has told us."""
        if parameter in OTHERS:
            return OTHERS[parameter]
        if self.name in BY_NAME:
            return BY_NAME[self.name]
        return next((kind for start, kind in BY_PATH.items() if self.path.startswith(start)), "")

    def address(self, home: Home, **instead: str) -> str:
        """Where the route stands with the rows of a home; `instead` puts another id for one of them."""
        filled = {name: instead.get(name) or self._value(name, home) for name in self.parameters}
        return reverse(self.name, kwargs=filled)

    def _value(self, parameter: str, home: Home) -> object:
        if parameter not in self.ids:
            return PLAIN.get(parameter, "unknown")
        row = home.rows.get(self.kind(parameter))
        return str(row.uid) if row else random_id()


def routes() -> list[Route]:
    """Every route of the product, by path. A pattern without a name cannot be reached by `reverse` and is named so."""
    found = (
        Route(
            name=pattern.name or f"nameless {path}",
            path=path.removeprefix("api/v1/"),
            is_api=path.startswith("api/v1/"),
            parameters=parameters or dict.fromkeys(_groups(pattern)),
            view=getattr(pattern.callback, "cls", pattern.callback),
        )
        for path, pattern, parameters in _patterns(get_resolver(), "", {})
    )
    return sorted(found, key=lambda route: (route.is_api, route.path, route.name))


def random_id() -> str:
    return str(uuid4())


def _groups(pattern: URLPattern) -> list[str]:
    return list(getattr(pattern.pattern.regex, "groupindex", {}))


def _patterns(
    resolver: URLResolver, before: str, outer: dict[str, Any]
) -> Iterator[tuple[str, URLPattern, dict[str, Any]]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        parameters = outer | pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, path, parameters)
        else:
            yield path, pattern, parameters
