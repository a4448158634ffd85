"""What a person sees when something is refused or broken, and the help page that opens whatever is broken."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from practice.web.helplines import countries


@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call. Asks neither who is here nor the database; `HelpNowMiddleware` answers it before either."""
    first, *others = countries()
    return render(request, "help_now.html", {"country": first, "others": others})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere."""
    return _answer(request, "403_csrf.html", HTTPStatus.FORBIDDEN, code="form_too_old")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "400.html", HTTPStatus.BAD_REQUEST, code="bad_request")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "403.html", HTTPStatus.FORBIDDEN, code="not_permitted")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "404.html", HTTPStatus.NOT_FOUND, code="not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, so that a dead database or session cannot break it a second time."""
    return _answer(None, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR, code="broken", path=request.path)


def _answer(
    request: HttpRequest | None, template: str, status: HTTPStatus, *, code: str, path: str = ""
) -> HttpResponse:
    """A page for people, problem+json for programs."""
    asked = request.path if request is not None else path
    if asked.startswith("/api/"):
        problem: dict[str, Any] = {"title": status.phrase, "status": status.value, "code": code}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    return HttpResponse(render_to_string(template, request=request), status=status)
