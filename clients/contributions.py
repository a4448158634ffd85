"""What the client rooms contribute to the pages about a client."""


def register() -> None:
    """Each room registers its givers here, once."""
