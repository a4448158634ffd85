"""A copy of one client's record: asked for, made by a worker, taken once."""

import io
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.consents.standing import withheld_since
from clients.lifecycle import readme
from clients.lifecycle.bundle import Bundle, Tell
from clients.lifecycle.models import Export
from clients.lifecycle.rules import EXPORT_LASTS
from clients.record.models import Client
from clients.record.querysets import Reach
from practice import contributions
from practice.audit import record
from practice.contributions import Recipient
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.people.acting import acting_as
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused

KIND = "export_client"


class NotYours(Refused):
    """The right, or the client, went between asking and taking."""

    code = "export_not_yours"
    message = gettext_lazy("This record is not yours to hand out any more, so there is no copy.")
    status: ClassVar[int] = 404


class NotMadeYet(Refused):
    code = "export_not_made_yet"
    message = gettext_lazy("This copy is still being made.")


class AlreadyTaken(Refused):
    code = "export_taken"
    message = gettext_lazy("This copy was taken already. Ask for a new one if you need it again.")


class ExportOver(Refused):
    code = "export_over"
    message = gettext_lazy("This copy was kept for a day and is gone. Ask for a new one.")


class ConsentTakenBack(Refused):
    """Since the copy was made, the client keeps something from staff that is in it."""

    code = "export_consent_taken_back"
    message = gettext_lazy(
        "The client keeps something to themself now that is in this copy. Ask for a new one."
    )


@transaction.atomic
def ask_export(*, client: Client, by: Member, now: datetime) -> tuple[Export, Job]:
    """Ask for a copy of a client's record; a client asks for their own. A worker makes it.

    Asking again while one is being made answers the one under way. Raises NotYours.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    kind = Export.Kind.OWN if by.is_client else Export.Kind.RECORD
    if not may_have(client=client, kind=kind, member=by):
        raise NotYours
    if under_way := _under_way(client, by):
        return under_way
    export = Export.objects.create(kind=kind, client=client, asked_by=by, asked_at=now)
    record("export_asked", on=export, by=by, at=now, client=client, kind=kind.value)
    return export, jobs.ask(kind=KIND, subject_uid=export.uid, by=by, now=now)


def _under_way(client: Client, by: Member) -> tuple[Export, Job] | None:
    export = Export.objects.filter(client=client, asked_by=by, made_at=None).order_by("-pk").first()
    job = job_of(export) if export else None
    return (export, job) if export and job and not job.has_ended else None


def job_of(export: Export) -> Job | None:
    """The newest piece of work on this export."""
    return Job.objects.filter(subject_uid=export.uid).order_by("-pk").first()


def may_have(*, client: Client, kind: str, member: Member) -> bool:
    """Whether this member may have this copy now: the client their own, the care team that of who is in their care."""
    if kind == Export.Kind.OWN:
        return client.member_id == member.pk and member.may(Permission.EXPORT_OWN_RECORD)
    in_care = Client.objects.in_care_of(member, Reach.HAND_OUT).filter(pk=client.pk)
    return not member.is_client and member.may(Permission.EXPORT_RECORD) and in_care.exists()


def make_export(*, export: Export, tell: Tell, now: datetime) -> Export:
    """Gather what the asker may have now, and keep it sealed. Made once. Raises NotYours.

    Acts as the asker, so that neither our own rules nor the database give more than they would on a page.
    """
    if export.made_at is not None or export.client is None:
        return export
    tell(10, _("Gathering the record"))
    with acting_as(export.asked_by, now=now):
        if not may_have(client=export.client, kind=export.kind, member=export.asked_by):
            raise NotYours
        return _keep(export, packed(export=export, client=export.client, now=now), now)


def packed(*, export: Export, client: Client, now: datetime) -> bytes:
    """The ZIP of one client's record, for whoever asked for it."""
    out = io.BytesIO()
    about = {"kind": export.kind, "client": client.reference, "made_at": now.isoformat()}
    bundle = Bundle(out=out, about=about)
    bundle.put("README.txt", readme.of_client(client=client, kind=export.kind, now=now).encode())
    bundle.put_tables(contributions.exports(client, Recipient(member=export.asked_by)))
    bundle.close()
    return out.getvalue()


def _keep(export: Export, content: bytes, now: datetime) -> Export:
    standing = Export.objects.select_for_update(of=("self",)).select_related("client").get(pk=export.pk)
    if standing.made_at is not None:
        return standing
    standing.content, standing.size = content, len(content)
    standing.sha256 = sha256(content).hexdigest()
    standing.made_at, standing.expires_at = now, now + EXPORT_LASTS
    standing.save(update_fields=["content", "size", "sha256", "made_at", "expires_at"])
    record(
        "export_made",
        on=standing,
        by=export.asked_by,
        at=now,
        client=standing.client,
        sha256=standing.sha256,
        size=standing.size,
    )
    return standing


@transaction.atomic
def take_export(*, export: Export, by: Member, now: datetime) -> bytes:
    """Hand the copy out to whoever asked for it, once, within its day; then nothing of it is left here.

    Raises NotYours, NotMadeYet, AlreadyTaken, ExportOver, ConsentTakenBack.
    """
    standing = Export.objects.select_for_update(of=("self",)).select_related("client").get(pk=export.pk)
    client = standing.client
    mine = standing.asked_by_id == by.pk
    if client is None or not mine or not may_have(client=client, kind=standing.kind, member=by):
        raise NotYours
    check_takeable(export=standing, now=now)
    if _is_withheld(standing, client, by):
        raise ConsentTakenBack
    content = bytes(standing.content or b"")
    standing.content, standing.taken_at = None, now
    standing.save(update_fields=["content", "taken_at"])
    record("export_taken", on=standing, by=by, at=now, client=client, sha256=standing.sha256)
    return content


def may_still_have(*, export: Export, member: Member) -> bool:
    """Whether a copy that is being handed out to this member may go on: the right, the client, what they keep back."""
    client = export.client
    if client is None:
        return member.may(Permission.EXPORT_PRACTICE)
    is_theirs = may_have(client=client, kind=export.kind, member=member)
    return is_theirs and not _is_withheld(export, client, member)


def _is_withheld(export: Export, client: Client, member: Member) -> bool:
    """Whether the client keeps something from staff by now that is in a copy."""
    return bool(export.made_at and not member.is_client and withheld_since(client, export.made_at))


def check_takeable(*, export: Export, now: datetime) -> None:
    """Raises NotMadeYet, AlreadyTaken, ExportOver."""
    if export.taken_at is not None:
        raise AlreadyTaken
    if export.made_at is None:
        raise NotMadeYet
    if export.is_over(now):
        raise ExportOver


@transaction.atomic
def forget_left_behind(*, now: datetime) -> int:
    """Throw away the content of copies that nobody took in their day; how many there were."""
    rows = Export.objects.left_behind(now).exclude(content=None, parts=None).select_for_update(of=("self",))
    left = list(rows.defer("content"))
    Export.objects.filter(pk__in=[row.pk for row in left]).update(content=None)
    for row in left:
        row.parts.all().delete()
    return len(left)
