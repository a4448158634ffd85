"""What the session rooms contribute to the pages about a client, and the work they do in the background."""


def register() -> None:
    """Each room registers its givers here, once."""
