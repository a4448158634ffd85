"""At the door: pages and answers that only read go on where a part is damaged; a request that writes does not."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from practice.encryption.problems import Unreadable
from practice.encryption.reading import calmly
from practice.web import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ONLY_READ = {"GET", "HEAD"}


class ReadingMiddleware:
    """`request.unread` says what did not open. What cannot be gone without becomes a page of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.method not in ONLY_READ:
            return self.get_response(request)
        with calmly(for_people=not request.path.startswith("/api/")) as request.unread:
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.unreadable(request, exception) if isinstance(exception, Unreadable) else None
