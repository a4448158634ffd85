"""What a form is bound to."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The body of a POST, even an empty one: nothing chosen is an answer to be refused, not a fresh page."""
    return request.POST if request.method == "POST" else None
