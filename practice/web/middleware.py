"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers


class PrivateCacheMiddleware:
    """A page for a signed-in person is kept in no cache, not even the browser's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "member", None) is not None:
            add_never_cache_headers(response)  # type: ignore[arg-type]
        return response
