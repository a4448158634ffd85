"""What two answers have in common, once all is taken out that differs by chance."""

import re

from django.http import HttpResponse

_CHANCE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|nonce="[^"]*"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


def said(answer: HttpResponse) -> tuple[int, str, str]:
    """Status, place to go on to, and text, without ids, tokens and nonces."""
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
    place = answer.headers.get("Location", "")
    return answer.status_code, _CHANCE.sub("…", place), _CHANCE.sub("…", text)
