"""Who treats a client, from when to when."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.letters import tell_who_treated
from clients.record.models import CareTeamMember, Client
from clients.record.querysets import TREATING_PARTS, CareTeamQuerySet
from practice.audit import record
from practice.people.models import Member
from practice.people.roles import Permission, Role
from practice.web.refusals import Refused, refusing

Part = CareTeamMember.Part


class NotAClinician(Refused):
    """Only those who work with clients join a care team."""

    code = "not_a_clinician"
    message = _("This person does not treat clients here.")
    field = "clinician"


class AlreadyInTheTeam(Refused):
    code = "already_in_the_team"
    message = _("They are in this care team on those days already.")
    field = "member"


class PrimaryAlready(Refused):
    code = "primary_already"
    message = _("This client has a primary clinician. Hand over instead.")
    field = "part"


class NotInTheTeam(Refused):
    code = "not_in_the_team"
    message = _("They are not in this care team any more.")
    field = "member"


class LastInTheTeam(Refused):
    """Somebody must be able to open the record."""

    code = "last_in_the_team"
    message = _("They are the only one who treats this client. Ask somebody to join first.")
    field = "member"


class NotTheirs(Refused):
    """A care team is kept by its primary clinician, or by an owner."""

    code = "care_team_not_theirs"
    message = _("Only the primary clinician changes this care team.")
    status = 403


class BeginsInThePast(Refused):
    code = "care_begins_in_the_past"
    message = _("Care begins today or later. Nobody has read the record before.")
    field = "since"


class EndsBeforeItBegins(Refused):
    code = "care_ends_before_it_begins"
    message = _("The last day lies before the first day.")
    field = "until"


class PrimaryHasNoEnd(Refused):
    code = "primary_has_no_end"
    message = _("A primary clinician stays until they hand over. Leave the last day empty.")
    field = "until"


class AppointedByAnother(Refused):
    """An owner reads no record: not by appointing themself either."""

    code = "care_by_themself"
    message = _("Nobody lets themself into a record. Whoever treats this client can, or another owner.")
    field = "clinician"
    status = 403


@transaction.atomic
def join_care_team(
    *,
    client: Client,
    member: Member,
    part: str,
    since: date | None = None,
    until: date | None = None,
    by: Member,
    now: datetime,
) -> CareTeamMember:
    """Let a colleague see the record from `since` (today) to `until` (open), both days included.

    Raises NotTheirs, AppointedByAnother, NotAClinician, BeginsInThePast, EndsBeforeItBegins, PrimaryHasNoEnd, AlreadyInTheTeam,
    PrimaryAlready.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    _check_keeper(client, by, now)
    _check_not_by_themself(client, member, by, now)
    _check_can(member, Part(part))
    _check_days(Part(part), since, until, timezone.localdate(now))
    joined = begin_care(client=client, member=member, part=Part(part), now=now, since=since, until=until)
    record("care_team_joined", on=client, by=by, at=now, client=client, member=str(member.uid), part=part)
    return joined


@transaction.atomic
def leave_care_team(
    *, client: Client, member: Member, at_once: bool = False, by: Member, now: datetime
) -> None:
    """End a colleague's part, or one's own: with the day, or at once. What was to begin later never does.

    Raises NotTheirs, NotInTheTeam, and LastInTheTeam while the work goes on.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if by.pk != member.pk:
        _check_keeper(client, by, now)
    today = timezone.localdate(now)
    mine = CareTeamMember.objects.not_over(today).filter(client=client, member=member)
    if not mine.exists():
        raise NotInTheTeam
    treating = {one.member_id for one in _treating(client, today)}
    if client.status != Client.Status.ENDED and treating == {member.pk}:
        raise LastInTheTeam
    mine.filter(since__gt=today).delete()
    mine.update(until=today, ended_at=now if at_once else None)
    record("care_team_left", on=client, by=by, at=now, client=client, member=str(member.uid), at_once=at_once)


@transaction.atomic
def hand_over(
    *, client: Client, to: Member, stays: bool = False, by: Member, now: datetime
) -> CareTeamMember:
    """Make a colleague the primary clinician from today. The one before goes with the day, or stays as covering.

    Raises NotTheirs, AppointedByAnother, NotAClinician, AlreadyInTheTeam for who is primary already.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    _check_keeper(client, by, now)
    _check_not_by_themself(client, to, by, now)
    _check_can(to, Part.PRIMARY)
    today = timezone.localdate(now)
    is_taken = to.pk == by.pk and not _treating(client, today).exists()
    team = CareTeamMember.objects.not_over(today).filter(client=client)
    before = team.filter(part=Part.PRIMARY, until=None).select_related("member").first()
    if before is not None and before.member_id == to.pk:
        raise AlreadyInTheTeam
    team.filter(member=to, since__gt=today).delete()
    team.filter(member=to).update(until=today)
    if before is not None:
        team.filter(pk=before.pk).update(until=today)
        if stays:
            begin_care(client=client, member=before.member, part=Part.COVERING, now=now)
    joined = begin_care(client=client, member=to, part=Part.PRIMARY, now=now)
    action = "care_taken_over" if is_taken else "care_handed_over"
    record(action, on=client, by=by, at=now, client=client, member=str(to.uid), stays=stays)
    if is_taken:
        transaction.on_commit(lambda: tell_who_treated(client=client, taken_by=by))
    return joined


def begin_care(
    *,
    client: Client,
    member: Member,
    part: CareTeamMember.Part,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
) -> CareTeamMember:
    """The row that opens the record to a colleague. Raises AlreadyInTheTeam, PrimaryAlready."""
    team = CareTeamMember(
        client=client, member=member, part=part, since=since or timezone.localdate(now), until=until
    )
    with refusing(
        one_primary_clinician_at_a_time=PrimaryAlready,
        one_part_in_a_care_team=AlreadyInTheTeam,
        care_ends_after_it_begins=EndsBeforeItBegins,
    ):
        team.save()
    return team


def treats(*, member: Member) -> bool:
    """Works with clients here, and still does."""
    return member.is_active and Role.CLINICIAN in member.roles


def keeps_team(*, member: Member, client: Client, on: date) -> bool:
    """The primary clinician of that day, whoever treats while there is none, and owners, who read nothing."""
    if member.may(Permission.KEEP_PEOPLE):
        return True
    team = _treating(client, on)
    primary = [one.member_id for one in team if one.part == Part.PRIMARY]
    return member.pk in (primary or [one.member_id for one in team])


def _treating(client: Client, on: date) -> CareTeamQuerySet:
    team = CareTeamMember.objects.on(on).filter(client=client, part__in=TREATING_PARTS)
    return team.filter(member__is_active=True, member__roles__contains=[Role.CLINICIAN])


def _check_keeper(client: Client, by: Member, now: datetime) -> None:
    if not keeps_team(member=by, client=client, on=timezone.localdate(now)):
        raise NotTheirs


def _check_not_by_themself(client: Client, member: Member, by: Member, now: datetime) -> None:
    """Who treats may change their own part. Else another decides; only a client whom nobody treats, in a practice
    with no other owner, may be taken over: somebody must read their safety answers. It is told (`care_taken_over`).
    """
    if member.pk != by.pk:
        return
    treating = {one.member_id for one in _treating(client, timezone.localdate(now))}
    owners = Member.objects.filter(is_active=True, roles__contains=[Role.OWNER]).exclude(pk=by.pk)
    if by.pk not in treating and (treating or owners.exists()):
        raise AppointedByAnother


def _check_can(member: Member, part: CareTeamMember.Part) -> None:
    supervises = part == Part.SUPERVISING and member.is_active and Role.SUPERVISOR in member.roles
    if not (treats(member=member) or supervises):
        raise NotAClinician(field="member")


def _check_days(part: CareTeamMember.Part, since: date | None, until: date | None, today: date) -> None:
    if since is not None and since < today:
        raise BeginsInThePast
    if until is not None and until < (since or today):
        raise EndsBeforeItBegins
    if part == Part.PRIMARY and until is not None:
        raise PrimaryHasNoEnd
