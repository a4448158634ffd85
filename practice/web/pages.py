"""Long lists a page at a time, by cursor: constant cost however far one reads."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """`{next, previous, results}`; an endpoint names its `ordering`, which ends in the key."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-pk"
