"""How much of an upload is taken in."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(FileUploadHandler):
    """Take one byte more of a file than is allowed, read the rest off the wire and drop it.

    So a form can say at its field that the file is too large, with everything else typed kept, and neither memory
    nor disk holds more than `LARGEST_FILE_BYTES` for it. Stands before the handlers that keep the bytes.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        room = settings.LARGEST_FILE_BYTES + 1 - start
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one make the file."""
