"""The API's way of saying no: RFC 9457 problem+json with a code."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from practice.audit.denials import told
from practice.encryption.problems import Erased, Unreadable
from practice.encryption.reading import sentence_for
from practice.web.parsers import TooLarge
from practice.web.refusals import Refused


def as_problem(error: Exception, context: dict[str, Any]) -> Response | HttpResponse | None:
    """Translate a refusal, a bad body or a closed door; None (a 500) for what we did not foresee."""
    told(error, context)
    if isinstance(error, Refused):
        return _problem(error.status, error.code, str(error), field=error.field)
    if isinstance(error, Unreadable):
        return _unreadable(error)
    if isinstance(error, exceptions.ValidationError):
        return _problem(400, "invalid", _("Some fields need another look."), errors=error.detail)
    error = _as_drf_says(error)
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    problem = _problem(response.status_code, str(error.get_codes()), str(error.detail))
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in response:
            problem[header] = response[header]
    return problem


def _unreadable(error: Unreadable) -> Response:
    """A part without which there is no answer; which one is for whoever looks after the machine."""
    is_erased = isinstance(error, Erased)
    return _problem(
        status.HTTP_410_GONE if is_erased else status.HTTP_500_INTERNAL_SERVER_ERROR,
        "erased" if is_erased else "damaged",
        sentence_for(error),
        damaged=[{"field": error.field, "id": error.row}],
    )


def _as_drf_says(error: Exception) -> Exception:
    """Django's own refusals in DRF's words."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return TooLarge() if isinstance(error, RequestDataTooBig) else error


def _problem(code: int, name: str, detail: str, **more: object) -> Response:
    body = {"type": "about:blank", "status": code, "title": _title(code), "code": name, "detail": detail}
    body |= {key: value for key, value in more.items() if value}
    return Response(body, status=code, content_type="application/problem+json")


def _title(code: int) -> str:
    return {
        status.HTTP_400_BAD_REQUEST: _("Not understood"),
        status.HTTP_401_UNAUTHORIZED: _("Please sign in"),
        status.HTTP_403_FORBIDDEN: _("Not allowed"),
        status.HTTP_404_NOT_FOUND: _("Not found"),
        status.HTTP_409_CONFLICT: _("Not possible as things stand"),
        status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: _("Too large"),
    }.get(code, _("Refused"))
