"""Who treats a client, from when to when."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import CareTeamMember, Client
from practice.audit import record
from practice.people.models import Member
from practice.people.roles import Role
from practice.web.refusals import Refused, refusing


class NotAClinician(Refused):
    """Only those who work with clients join a care team."""

    code = "not_a_clinician"
    message = _("This person does not treat clients here.")
    field = "clinician"


class AlreadyInTheTeam(Refused):
    code = "already_in_the_team"
    message = _("They are in this care team already.")
    field = "member"


class PrimaryAlready(Refused):
    code = "primary_already"
    message = _("This client has a primary clinician. They can step back first.")
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


@transaction.atomic
def join_care_team(*, client: Client, member: Member, part: str, by: Member, now: datetime) -> CareTeamMember:
    """Let a colleague see and treat the client from today.

    Raises NotAClinician, AlreadyInTheTeam, PrimaryAlready.
    """
    if not treats(member=member) and not (part == CareTeamMember.Part.SUPERVISING and _supervises(member)):
        raise NotAClinician(field="member")
    client = Client.objects.select_for_update().get(pk=client.pk)
    joined = begin_care(client=client, member=member, part=CareTeamMember.Part(part), now=now)
    record("care_team_joined", on=client, by=by, at=now, client=client, member=str(member.uid), part=part)
    return joined


@transaction.atomic
def leave_care_team(*, client: Client, member: Member, by: Member, now: datetime) -> None:
    """End a colleague's part today; they see the record until the day is over.

    Raises NotInTheTeam, and LastInTheTeam while the work goes on.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    team = CareTeamMember.objects.filter(client=client, until=None)
    if not (mine := team.filter(member=member)).exists():
        raise NotInTheTeam
    if client.status != Client.Status.ENDED and not team.exclude(member=member).exists():
        raise LastInTheTeam
    mine.update(until=timezone.localdate(now))
    record("care_team_left", on=client, by=by, at=now, client=client, member=str(member.uid))


def begin_care(*, client: Client, member: Member, part: CareTeamMember.Part, now: datetime) -> CareTeamMember:
    """The row that opens the record to a colleague. Raises AlreadyInTheTeam, PrimaryAlready."""
    team = CareTeamMember(client=client, member=member, part=part, since=timezone.localdate(now))
    with refusing(one_primary_clinician_at_a_time=PrimaryAlready, one_part_in_a_care_team=AlreadyInTheTeam):
        team.save()
    return team


def treats(*, member: Member) -> bool:
    """Works with clients here, and still does."""
    return member.is_active and Role.CLINICIAN in member.roles


def _supervises(member: Member) -> bool:
    return member.is_active and Role.SUPERVISOR in member.roles
