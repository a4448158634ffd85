"""What every answer carries, and the one page that needs nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from practice.web.errors import help_now, wrong_method

GetResponse = Callable[[HttpRequest], HttpResponseBase]


POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
"""For what is no page of ours: a file, a redirect of the server's. A page has its own, with what it may load."""
FEATURES = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")
ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
}


class HeadersMiddleware:
    """What every answer carries, of whatever kind: the first to see the request and the last to see the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        for name, value in ON_EVERY_ANSWER.items():
            response.headers[name] = value
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", _hsts())
        return response


def _hsts() -> str:
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


class HelpNowMiddleware:
    """Answer the help page before sessions and sign-in are looked at, so that it opens with the database gone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.path = reverse("help_now")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == self.path and request.method in {"GET", "HEAD"}:
            return help_now(request)
        return self.get_response(request)


class WrongMethodMiddleware:
    """Django refuses a wrong method with an empty answer, which a browser shows as a broken page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return wrong_method(request, response)
        return response


class PrivateCacheMiddleware:
    """A page for a signed-in person is kept in no cache, not even the browser's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "member", None) is not None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        return response
