"""Whether whoever asked is still who they were, while an answer to them is under way.

The same that the doors ask of the next request: the sign-in or the key stands, the person is active, staff have a second
factor. A sign-in that has only locked stands: the lock asks who sits there now, and the answer was asked for before.
"""

from collections.abc import Callable
from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone

from practice.people import clock
from practice.people.factors import lacks_second_factor
from practice.people.middleware import member_of
from practice.people.models import ApiToken, Member

Asker = Callable[[], Member | None]


def asker_of(request: HttpRequest) -> Asker:
    """What to call, as often as one likes, for the member as they stand now; None once they may not ask any more."""
    auth = getattr(request, "auth", None)
    if isinstance(auth, ApiToken):
        return partial(_by_key, auth.pk)
    key = str(request.session.session_key)
    device = UserSession.objects.filter(session_key=key).values_list("pk", flat=True).first()
    return partial(_by_session, key, device)


def _by_key(pk: int) -> Member | None:
    token = ApiToken.objects.select_related("member__user").filter(pk=pk).first()
    return _standing(token.member) if token and token.is_good_at(timezone.now()) else None


def _by_session(key: str, device: int | None) -> Member | None:
    """A sign-in that was proved again meanwhile goes on under another key, which its device knows."""
    if device is not None:
        found = UserSession.objects.filter(pk=device).values_list("session_key", flat=True).first()
        if found is None:
            return None
        key = found
    asked = HttpRequest()
    asked.session = SessionStore(key)
    asked.user = get_user(asked)
    member = member_of(asked)
    if member is None or clock.state_of(asked.session, member) is clock.State.ENDED:
        return None
    return _standing(member)


def _standing(member: Member) -> Member | None:
    return member if member.is_active and not lacks_second_factor(member, member.user) else None
