"""Where letters reach a client. One answer for every room."""

from clients.record.models import Client


def reaches(client: Client) -> bool:
    """Whether a letter that says "look at your pages" helps: only who can sign in finds what it is about."""
    member = client.member
    return member is not None and member.is_active and member.is_confirmed and member.user.is_active


def sign_in_address(client: Client) -> str:
    """The address that the client signs in with, "" for who cannot.

    It is theirs: they proved it when they took their invitation up. The one in their details is typed at the desk, for
    calls and appointments, and brings no letter about care to somebody else.
    """
    return client.member.user.email if client.member is not None and reaches(client) else ""
