"""Open a record in an emergency, close it, look at it afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.record.models import LONGEST_EMERGENCY, BreakGlass, Client
from clients.record.reach import Reach, reaches
from practice.audit import record
from practice.people.models import Member
from practice.people.roles import Permission, Role
from practice.web.refusals import Refused, refusing

MINUTES = int(LONGEST_EMERGENCY.total_seconds() // 60)


class MayNotBreakGlass(Refused):
    code = "may_not_break_glass"
    message = _("Emergency access is a right that an owner gives by name.")
    status = 403


class NoNeed(Refused):
    code = "no_need_to_break_glass"
    message = _("You can open this record already.")


class UnknownEmergency(Refused):
    code = "unknown_emergency"
    message = _("Choose why it cannot wait.")
    field = "reason"


class NoReason(Refused):
    code = "no_emergency_reason"
    message = _("Write why it cannot wait. A line is enough.")
    field = "words"


class NotReviewedYet(Refused):
    """Each use is looked at before the next."""

    code = "emergency_not_reviewed"
    message = _(
        "Your last emergency access has not been looked at yet. Ask an owner; they can do it at once."
    )


class NobodyReviews(Refused):
    """What nobody could look at is not opened. An owner has another way."""

    code = "nobody_reviews"
    message = _(
        "You are the only owner, so nobody could look at it afterwards. Name a clinician for this client on the page of"
        " people, yourself if need be; or make somebody else an owner first."
    )


class NotYourEmergency(Refused):
    code = "not_your_emergency"
    message = _("Somebody else has opened this record. Only they end it.")
    status = 403


class MayNotReview(Refused):
    code = "may_not_review"
    message = _("Owners look at emergency accesses.")
    status = 403


class OwnEmergency(Refused):
    code = "own_emergency"
    message = _("This was you. Somebody else looks at it.")


class StillOpen(Refused):
    code = "emergency_still_open"
    message = _("This access is still open. Look at it when it is over.")


class AlreadyReviewed(Refused):
    code = "emergency_reviewed_already"
    message = _("Somebody has looked at this one already.")


class NoReview(Refused):
    code = "no_review_words"
    message = _("Write a word about what you found.")
    field = "review"


@transaction.atomic
def break_glass(*, client: Client, reason: str, words: str, by: Member, now: datetime) -> BreakGlass:
    """Open a record outside one's care team for an hour, or until it is closed.

    Raises MayNotBreakGlass, NoNeed, UnknownEmergency, NoReason, NobodyReviews for an owner without a second one, and
    NotReviewedYet while an earlier access of the same
    member waits for its review: two at once are one.
    """
    if not by.may(Permission.BREAK_GLASS):
        raise MayNotBreakGlass
    if reason not in BreakGlass.Reason.values:
        raise UnknownEmergency
    if not words.strip():
        raise NoReason
    if reaches(by, client.pk, Reach.READ):
        raise NoNeed
    if by.may(Permission.KEEP_PEOPLE) and not _another_owner(by):
        raise NobodyReviews
    opened = BreakGlass(
        client=client,
        member=by,
        reason=reason,
        words=words.strip(),
        opened_at=now,
        until=now + LONGEST_EMERGENCY,
    )
    with refusing(emergency_access_is_reviewed_before_the_next=NotReviewedYet):
        opened.save()
    record("break_glass_opened", on=opened, by=by, at=now, client=client, reason=reason, minutes=MINUTES)
    return opened


@transaction.atomic
def close(*, emergency: BreakGlass, by: Member, now: datetime) -> BreakGlass:
    """End one's own emergency access before its hour is over. One that is over stays as it is."""
    emergency = _locked(emergency)
    if emergency.member_id != by.pk:
        raise NotYourEmergency
    return _end(emergency, by=by, now=now) if emergency.is_open_at(now) else emergency


@transaction.atomic
def review(*, emergency: BreakGlass, words: str, by: Member, now: datetime) -> BreakGlass:
    """Look at an emergency access that is over. Until then the same member opens no other.

    Raises MayNotReview, OwnEmergency, StillOpen, AlreadyReviewed, NoReview.
    """
    emergency = _locked(emergency)
    if not by.may(Permission.KEEP_PEOPLE):
        raise MayNotReview
    if emergency.member_id == by.pk:
        raise OwnEmergency
    if emergency.reviewed_at is not None:
        raise AlreadyReviewed
    if emergency.is_open_at(now):
        raise StillOpen
    if not words.strip():
        raise NoReview
    emergency.ended_at = emergency.ended_at or emergency.until
    emergency.reviewed_at, emergency.reviewed_by, emergency.review = now, by, words.strip()
    with refusing(emergency_access_is_reviewed_by_somebody_else=OwnEmergency):
        emergency.save()
    record("break_glass_reviewed", on=emergency, by=by, at=now, client=emergency.client)
    return emergency


def _another_owner(member: Member) -> bool:
    owners = Member.objects.filter(is_active=True, user__is_active=True, roles__contains=[Role.OWNER])
    return owners.exclude(pk=member.pk).exists()


def _end(emergency: BreakGlass, *, by: Member, now: datetime) -> BreakGlass:
    emergency.ended_at = now
    emergency.save(update_fields=["ended_at"])
    record("break_glass_closed", on=emergency, by=by, at=now, client=emergency.client)
    return emergency


def _locked(emergency: BreakGlass) -> BreakGlass:
    """As it stands, with its client, whom the member does not see any more once it is over."""
    rows = BreakGlass.objects.select_for_update(of=("self",)).select_related("client")
    return rows.get(pk=emergency.pk)
