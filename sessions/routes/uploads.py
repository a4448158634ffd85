"""Take the bytes of a file out of an upload."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sessions.routes.refusals import FileTooLarge


def content_of(upload: UploadedFile[Any]) -> bytes:
    """All of it. Raises FileTooLarge by the size that came in, before anything is read."""
    if (upload.size or 0) > settings.LARGEST_FILE_BYTES:
        raise FileTooLarge
    content: bytes = upload.read()
    return content
