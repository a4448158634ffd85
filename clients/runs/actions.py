"""What one does with the log: keep an entry, change it, take it back."""

from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.consents.standing import withheld
from clients.record.models import Client
from clients.runs.models import ENTRY_FIELDS, RunLog
from clients.runs.rules import RunEntry, checked
from clients.runs.withholding import put_back, said_of, without
from practice.audit import record
from practice.database.inserting import insert_unless_there
from practice.people.models import Member
from practice.web.refusals import Refused


class DifferentBody(Refused):
    """The id names an entry of this client that says something else. Nothing was written."""

    code, field = "different_body", "id"
    message = _("This was saved already and says something else. Open it to change it.")


class NotTheWriter(Refused):
    """Whoever wrote an entry changes it and takes it back; nobody else."""

    code = "not_the_writer"
    message = _("Somebody else wrote this entry. Ask them to change it.")
    status: ClassVar[int] = 403


class EntryGone(Refused):
    """The entry was taken back in the meantime."""

    code = "entry_gone"
    message = _("This entry was removed in the meantime.")
    status: ClassVar[int] = 404


class StaffEntryIsShared(Refused):
    """What staff log for a client is part of the record that the care team reads."""

    code, field = "staff_entry_is_shared", "share"
    message = _("What you log for a client is shared with their care team.")


class KindWithheld(Refused):
    """Staff do not write down what the client keeps from them."""

    code = "kind_withheld"
    message = _("The client keeps this to themself. Leave it empty.")


def log_run(*, client: Client, uid: UUID, entry: RunEntry, by: Member, now: datetime) -> tuple[RunLog, bool]:
    """Keep an entry under the id that the sender made; the second value says whether it is new.

    Sent again with the same words it changes nothing and answers the row that stands, whoever was first
    of many at once. Raises BadEntry, StaffEntryIsShared, KindWithheld, and DifferentBody for the same id with other words.
    """
    _written_by(by, checked(entry, now))
    _check_agreed(entry, _withheld_from(by, client))
    run = RunLog(client=client, uid=uid, logged_by=by, created_at=now, changed_at=now, **_columns(entry))
    return (run, True) if _keep(run) else (_standing(client, uid, entry), False)


@transaction.atomic(savepoint=False)
def _keep(run: RunLog) -> bool:
    """Whether it was new. Nothing here is refused, so it needs no savepoint of its own."""
    is_new = insert_unless_there(run)
    if is_new:
        at, by = run.created_at, run.logged_by
        record("run_logged", on=run, by=by, at=at, client=run.client, activity=run.activity)
    return is_new


@transaction.atomic
def change_run(*, run: RunLog, entry: RunEntry, by: Member, now: datetime) -> RunLog:
    """Let the entry say something else. Unchanged words write nothing; what staff are not shown stays as it is.

    Raises BadEntry, NotTheWriter, EntryGone, KindWithheld.
    """
    _written_by(by, checked(entry, now))
    run = _locked(run, by)
    kinds = _withheld_from(by, run.client)
    _check_agreed(entry, kinds)
    entry = put_back(entry, run.entry, kinds)
    if run.entry == _as_kept(entry):
        return without(run, kinds)
    for name, value in _columns(entry).items():
        setattr(run, name, value)
    run.changed_at = now
    run.save(update_fields=[*ENTRY_FIELDS, "changed_at"])
    record("run_changed", on=run, by=by, at=now, client=run.client, activity=run.activity)
    return without(run, kinds)


@transaction.atomic
def remove_run(*, run: RunLog, by: Member, now: datetime) -> None:
    """Take an entry back. Raises NotTheWriter; an entry that is gone already stays gone."""
    try:
        run = _locked(run, by)
    except EntryGone:
        return
    record("run_removed", on=run, by=by, at=now, client=run.client)
    run.delete()


def _written_by(by: Member, entry: RunEntry) -> None:
    if not (by.is_client or entry.share):
        raise StaffEntryIsShared


def _withheld_from(by: Member, client: Client) -> frozenset[str]:
    """The kinds of data that the writer may not have; none for the client, who has all of it."""
    return frozenset() if by.is_client else withheld(client)


def _check_agreed(entry: RunEntry, kinds: frozenset[str]) -> None:
    for field in said_of(entry, kinds):
        raise KindWithheld(field=field)


def _columns(entry: RunEntry) -> dict[str, object]:
    kept = _as_kept(entry)
    return {name: getattr(kept, name) for name in ENTRY_FIELDS} | {"context": list(kept.context)}


def _as_kept(entry: RunEntry) -> RunEntry:
    """The entry as the database gives it back: the time in UTC, the context in one order."""
    values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    return RunEntry(
        **values | {"started_at": entry.started_at.astimezone(UTC), "context": tuple(sorted(entry.context))}
    )


def _standing(client: Client, uid: UUID, entry: RunEntry) -> RunLog:
    run = RunLog.objects.filter(client=client, uid=uid).first()
    if run is None:
        raise EntryGone
    if run.entry != _as_kept(entry):
        raise DifferentBody
    return run


def _locked(run: RunLog, by: Member) -> RunLog:
    standing = (
        RunLog.objects.select_for_update(of=["self"]).select_related("client").filter(pk=run.pk).first()
    )
    if standing is None:
        raise EntryGone
    if standing.logged_by_id != by.pk:
        raise NotTheWriter
    return standing
