"""What happens in the fictional practice when answers call for a new look: they talk, decide, and go on."""

from collections.abc import Callable
from datetime import datetime

from clients.models import Client, Rescreen
from practice.models import Member
from sessions.models import TherapySession
from sessions.onhold.actions import choose


def look_again(client: Client, decide: Callable[[datetime, None], None], *, by: Member, at: datetime) -> None:
    """Where something waits for a decision, decide, and let the sessions that went on hold go ahead again."""
    if not Rescreen.objects.filter(client=client).still_open().exists():
        return
    decide(at, None)
    if TherapySession.objects.filter(client=client).on_hold().exists():
        choose(client=client, choice="go_ahead", by=by, now=at)
