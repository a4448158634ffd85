"""What every answer carries, and the one page that needs nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from practice.web.errors import help_now

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HelpNowMiddleware:
    """Answer the help page before sessions and sign-in are looked at, so that it opens with the database gone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.path = reverse("help_now")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == self.path and request.method in {"GET", "HEAD"}:
            return help_now(request)
        return self.get_response(request)


class PrivateCacheMiddleware:
    """A page for a signed-in person is kept in no cache, not even the browser's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "member", None) is not None:
            add_never_cache_headers(response)
        return response
