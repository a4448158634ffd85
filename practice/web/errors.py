"""What a person sees when something is refused or broken, and the help page that opens whatever is broken."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from practice.audit.denials import denied, not_found
from practice.encryption.problems import Erased, Unreadable
from practice.web.helplines import anywhere, countries


@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call. Asks neither who is here nor the database; `HelpNowMiddleware` answers it before either."""
    first, *others = countries()
    page = {"country": first, "others": others, "anywhere": anywhere()}
    return render(request, "help_now.html", page)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere. What one of our own pages sent is kept and can go again."""
    match = request.resolver_match
    if _came_from_us(request) and match and getattr(match.func, "login_required", True):
        from practice.people.lock import send_again_page  # noqa: PLC0415 - names models, and URLs name this module

        return send_again_page(request, was=getattr(request, "member", None))
    return _answer(request, "403_csrf.html", HTTPStatus.FORBIDDEN, code="form_too_old")


def _came_from_us(request: HttpRequest) -> bool:
    """Only a browser sets Origin, and it never lets another site say that it is us."""
    return request.headers.get("origin") == f"{request.scheme}://{request.get_host()}"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "400.html", HTTPStatus.BAD_REQUEST, code="bad_request")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    denied("not_permitted")
    return _answer(request, "403.html", HTTPStatus.FORBIDDEN, code="not_permitted")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    not_found(request)
    return _answer(request, "404.html", HTTPStatus.NOT_FOUND, code="not_found")


def wrong_method(request: HttpRequest, refusal: HttpResponseBase) -> HttpResponse:
    """An address that is only a step of a form, opened by itself; programs have their problem+json already."""
    answer = _answer(request, "405.html", HTTPStatus.METHOD_NOT_ALLOWED, code="method_not_allowed")
    answer["Allow"] = refusal["Allow"]
    return answer


def unreadable(request: HttpRequest, problem: Unreadable) -> HttpResponse:
    """A part without which the page says nothing is damaged, or was erased."""
    if isinstance(problem, Erased):
        return _answer(request, "410.html", HTTPStatus.GONE, code="erased")
    return _answer(request, "damaged.html", HTTPStatus.INTERNAL_SERVER_ERROR, code="damaged")


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, so that a dead database or session cannot break it a second time."""
    return _answer(None, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR, code="broken", path=request.path)


def _answer(
    request: HttpRequest | None, template: str, status: HTTPStatus, *, code: str, path: str = ""
) -> HttpResponse:
    """A page for people, problem+json for programs."""
    asked = request.path if request is not None else path
    if asked.startswith("/api/"):
        problem: dict[str, Any] = {
            "type": "about:blank",
            "status": status.value,
            "title": status.phrase,
            "code": code,
            "detail": status.description or status.phrase,
        }
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    return HttpResponse(render_to_string(template, request=request), status=status)
