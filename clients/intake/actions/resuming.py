"""Come back to open questions by a link: asked for, sent, and taken up once by whoever knows the date of birth.

Whether an address is known is never told: asking for a link has the same answer for everybody.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from clients.intake import letters, rules
from clients.intake.models import ResumeLink
from clients.record.models import Client
from clients.screening.models import Screening
from practice.audit import record
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.web.refusals import Refused

log = logging.getLogger(__name__)
WHY = "whoever comes back by a link has not said yet who they are"
MOST_AN_HOUR = 5
HOUR = timedelta(hours=1)


class LinkOver(Refused):
    """Used, too old, tried too often, closed in the meantime, or none of ours: all the same answer."""

    code = "link_over"
    status: ClassVar[int] = 404
    message = _("This link has ended. A new one is on its way to you in one tap.")


class DoesNotMatch(Refused):
    """Another date of birth."""

    code, field = "another_birth_date", "born_on"
    message = _("That is not the date we have written down. Please look again.")


@dataclass(frozen=True, kw_only=True)
class ComeBack:
    """Who is there, and what they came back to."""

    member: Member
    screening: Screening


def ask_link(*, email: str, now: datetime) -> None:
    """Let a link be sent to whoever signs in with this address and has questions open. Says nothing either way."""
    with beyond_the_wall(WHY):
        rows = Client.objects.filter(member__is_active=True, member__is_confirmed=True)
        _let_wait(rows.filter(member__user__email=email.strip().lower()).first(), now)


def ask_again(*, token: str, now: datetime) -> None:
    """A new link to where the old one went, used or over as it may be. Says nothing either way."""
    with beyond_the_wall(WHY):
        old = (
            ResumeLink.objects.filter(digest=rules.digest_of(token)).select_related("client__member").first()
        )
        stands = old is not None and old.client.member is not None and old.client.member.is_active
        _let_wait(old.client if old is not None and stands else None, now)


def send_waiting(*, now: datetime) -> int:
    """Send the links that wait; those that could not be sent in time are let go. How many were sent."""
    with beyond_the_wall(WHY):
        ResumeLink.objects.to_send().filter(asked_at__lt=now - rules.LINK_LASTS).delete()
        waiting = list(ResumeLink.objects.to_send().values_list("pk", flat=True))
    return sum(_send(key, now) for key in waiting)


def look_at(*, token: str, now: datetime) -> None:
    """Raises LinkOver where the link opens nothing any more."""
    with beyond_the_wall(WHY):
        _good(token, now)


def take_up(*, token: str, born_on: date | None, now: datetime) -> ComeBack:
    """Use the link up: once, by whoever knows the date of birth. Raises LinkOver, DoesNotMatch; five wrong ones end it."""
    with beyond_the_wall(WHY):
        link = _good(token, now)
        mine = ResumeLink.objects.filter(pk=link.pk, tries__lt=rules.MOST_TRIES)
        if not mine.update(tries=F("tries") + 1):
            raise LinkOver
    if born_on is None or born_on != link.client.born_on:
        with beyond_the_wall(WHY):
            record("resume_refused", on=link, by=None, at=now, client=link.client, stranger=True)
        raise DoesNotMatch
    with beyond_the_wall(WHY):
        return _use(link, now)


def _let_wait(client: Client | None, now: datetime) -> None:
    """A row that waits to be sent; one at a time, five in an hour."""
    if client is None or client.born_on is None:
        return
    asked = ResumeLink.objects.filter(client=client, asked_at__gt=now - HOUR).count()
    screening = _open_questions(client)
    if screening is None or asked >= MOST_AN_HOUR:
        return
    ResumeLink.objects.get_or_create(
        client=client, sent_at=None, defaults={"screening": screening, "asked_at": now}
    )
    transaction.on_commit(_ring)


def _open_questions(client: Client) -> Screening | None:
    """The intake first, else what was asked last."""
    rows = list(
        Screening.objects.filter(client=client).still_open().for_the_client().order_by("-asked_at", "-pk")
    )
    return next((row for row in rows if row.purpose == Screening.Purpose.INTAKE), next(iter(rows), None))


def _ring() -> None:
    from clients.intake.tasks import send_links  # noqa: PLC0415 - the task calls back into this module

    try:
        send_links.delay()
    except Exception:  # noqa: BLE001 - a dead broker loses a doorbell, never a row: the beat sends what waits
        log.warning("doorbell unanswered for a link")


def _send(key: int, now: datetime) -> bool:
    """In one transaction, so that a link is marked as sent only when its letter has left."""
    try:
        with beyond_the_wall(WHY):
            rows = ResumeLink.objects.to_send().select_for_update(skip_locked=True, of=("self",))
            link = rows.select_related("client__member__user").filter(pk=key).first()
            if link is None:
                return False
            token = rules.new_token()
            link.digest, link.sent_at, link.ends_at = rules.digest_of(token), now, now + rules.LINK_LASTS
            link.save(update_fields=["digest", "sent_at", "ends_at"])
            record("resume_link_sent", on=link, by=None, at=now, client=link.client)
            letters.send_link(link.client, token=token)
    except OSError:
        log.warning("a link was not sent")
        return False
    return True


def _good(token: str, now: datetime) -> ResumeLink:
    """Raises LinkOver."""
    rows = ResumeLink.objects.select_related("client__member__user", "screening")
    link = rows.filter(digest=rules.digest_of(token)).first()
    if link is None or not link.is_good_at(now) or not link.screening.is_open:
        raise LinkOver
    member = link.client.member
    if member is None or not (member.is_active and member.is_confirmed and member.user.is_active):
        raise LinkOver
    return link


def _use(link: ResumeLink, now: datetime) -> ComeBack:
    """Of two who hold the link one comes in. Raises LinkOver."""
    if (
        not ResumeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now)
        or link.client.member is None
    ):
        raise LinkOver
    record("intake_resumed", on=link, by=link.client.member, at=now, client=link.client)
    return ComeBack(member=link.client.member, screening=link.screening)
