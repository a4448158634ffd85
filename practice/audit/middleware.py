"""Knows where each request comes from, and writes what it was shown and what was refused before the answer leaves."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from practice.audit.denials import write_denial
from practice.audit.origin import Visit, begin_visit, end_visit
from practice.database.inserting import insert

FORMS = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


class TrailMiddleware:
    """An answer that shows a record does not leave unless the line about it is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        here = begin_visit(request)
        try:
            response = self.get_response(request)
            if here.reads and _shows_something(response):
                _write_reads(here)
            if here.denial is not None:
                write_denial(request, here.denial)
        finally:
            end_visit()
        response.headers["X-Request-ID"] = here.request_id
        return response


def _shows_something(response: HttpResponseBase) -> bool:
    """A page, an answer, or a form with what is wrong in it: neither a redirect nor a refusal."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code < HTTPStatus.MULTIPLE_CHOICES or (is_page and response.status_code in FORMS)


def _write_reads(here: Visit) -> None:
    """One by one, each a statement that is planned already: it is nearly always one, and many need no transaction."""
    for key, line in here.reads.items():
        if key not in here.told:
            insert(line)
