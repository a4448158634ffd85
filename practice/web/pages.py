"""Long lists a page at a time, by cursor: constant cost however far one reads."""

from rest_framework import exceptions
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

LARGEST_KEY = 2**63 - 1


class NewestFirst(CursorPagination):
    """`{next, previous, results}`; an endpoint names its `ordering`, which ends in the key."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-pk"


class ByKey(NewestFirst):
    """In the order of the key alone, or against it."""

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Where the caller had come to; a cursor that we did not write is no page (404)."""
        cursor = super().decode_cursor(request)
        position = str(cursor.position or 0) if cursor else "0"
        if not (position.isascii() and position.isdigit() and int(position) <= LARGEST_KEY):
            raise exceptions.NotFound
        return cursor
