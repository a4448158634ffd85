"""How the API hands out what is no JSON."""

from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer


class AsKept(BaseRenderer):
    """Lets a caller ask for a kind of file. The bytes go out as they were kept; what is said in their place is JSON."""

    def render(self, data: Any, *_args: Any, **_more: Any) -> bytes:
        said: bytes = JSONRenderer().render(data)
        return said
