"""Which address "Exit quickly" may lead to: plain values."""

from urllib.parse import SplitResult, urlsplit

LONGEST = 300


def leads_away(address: str, *, own_host: str = "") -> bool:
    """An https address of somebody else's page, without a name or password in it, as one types it into a browser.

    A page of our own is no way out: its name in the bar says where one was.
    """
    parts = _parts(address)
    if parts is None or len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return False
    host = (parts.hostname or "").rstrip(".").lower()
    is_plain = parts.scheme == "https" and "@" not in parts.netloc and " " not in address
    return is_plain and _is_a_name(host) and host != own_host.partition(":")[0].lower()


def host_of(address: str) -> str:
    """The name that stands in the browser's bar, "" where there is none."""
    parts = _parts(address)
    return (parts.hostname or "") if parts else ""


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is how urlsplit checks it
    except ValueError:
        return None
    return parts


def _is_a_name(host: str) -> bool:
    """Two words with a dot between at least, and letters at the end: no number of a machine in one's own rooms."""
    words = host.split(".")
    allowed = all(word and all(mark.isalnum() or mark == "-" for mark in word) for word in words)
    return len(words) > 1 and allowed and words[-1].isalpha()
