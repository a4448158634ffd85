"""How often something may be tried: counted in the database, so that it holds in parallel and outlives every cache."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil

from allauth.core.internal.httpkit import get_client_ip
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from practice.people.models import Attempts
from practice.web.refusals import Refused

IPV6_PREFIX = 64
KEPT = timedelta(days=2)
_COUNT = """
INSERT INTO practice_attempts AS a (key, began_at, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN a.began_at <= %(over)s THEN 1 ELSE a.count + 1 END,
  began_at = CASE WHEN a.began_at <= %(over)s THEN %(now)s ELSE a.began_at END
RETURNING count, began_at
"""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` tries within `minutes`, counted from the first."""

    name: str
    most: int
    minutes: int


SIGN_IN = Limit(name="sign_in", most=10, minutes=15)
"""Per e-mail address, whether anybody signs in with it or not. A passkey signs in all the same."""
SIGN_IN_FROM = Limit(name="sign_in_from", most=40, minutes=15)
CODE = Limit(name="code", most=5, minutes=15)
CODE_IN_A_DAY = Limit(name="code_in_a_day", most=30, minutes=24 * 60)
CONFIRM = Limit(name="confirm", most=10, minutes=15)
LETTER = Limit(name="letter", most=5, minutes=60)
LETTER_FROM = Limit(name="letter_from", most=20, minutes=60)
LINK_FROM = Limit(name="link_from", most=30, minutes=60)


class TooManyTries(Refused):
    """Wait: `seconds` says how long."""

    code = "too_many_tries"
    status = 429

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        self.minutes = max(1, ceil(seconds / 60))
        super().__init__(
            _("That was tried too often. Please wait %(minutes)s min.") % {"minutes": self.minutes}
        )


def take(limit: Limit, whom: str) -> None:
    """Count one try. Raises TooManyTries when there are none left.

    Call it outside any transaction that may be rolled back, and before the try is looked at.
    """
    now = timezone.now()
    over = now - timedelta(minutes=limit.minutes)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _key(limit, whom), "now": now, "over": over})
        count, began_at = cursor.fetchone()
    if count > limit.most:
        raise TooManyTries(seconds=ceil((began_at - over).total_seconds()))


def give_back(limit: Limit, whom: str) -> None:
    """The try was a good one: it is not counted. The others stay counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE practice_attempts SET count = count - 1 WHERE key = %s AND count > 0", [_key(limit, whom)]
        )


@contextmanager
def counted(*tries: tuple[Limit, str]) -> Iterator["Tried"]:
    """Count a try of each limit; those of a good one, told by `.was_good()`, are given back."""
    for limit, whom in tries:
        take(limit, whom)
    tried = Tried()
    yield tried
    if tried.good:
        for limit, whom in tries:
            give_back(limit, whom)


class Tried:
    """Whether what was tried was right."""

    good = False

    def was_good(self) -> None:
        self.good = True


def origin_of(request: HttpRequest) -> str:
    """Where a request comes from, to count by: the address, of IPv6 the network. Only trusted proxies may name another."""
    said = get_client_ip(request) or ""
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address)


def forget_old() -> None:
    """Rows that no limit looks at any more."""
    Attempts.objects.filter(began_at__lt=timezone.now() - KEPT).delete()


def _key(limit: Limit, whom: str) -> str:
    return salted_hmac("towpath.attempts", f"{limit.name}:{whom}", algorithm="sha256").hexdigest()
