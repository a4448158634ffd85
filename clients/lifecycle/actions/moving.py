"""Everything, for a move to another system: one person asks and downloads, another confirms and has the passphrase."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import IO, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.lifecycle import letters, readme, second_person
from clients.lifecycle.actions.exporting import NotYours, check_takeable
from clients.lifecycle.bundle import Bundle, Tell
from clients.lifecycle.models import Export, ExportPart
from clients.lifecycle.rules import EXPORT_LASTS
from clients.lifecycle.sealed_file import Lock, Sealer, lock_for, new_passphrase
from clients.record.models import Client
from practice import contributions
from practice.audit import record
from practice.contributions import Recipient
from practice.jobs import actions as jobs
from practice.people.acting import beyond_the_wall
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused

KIND = "export_practice"
WHY = "an archive for a move holds every client, and is sealed before anything of it is kept"


class AlreadyConfirmed(Refused):
    code = "export_confirmed_already"
    message = gettext_lazy("This was confirmed already. The passphrase is shown only once.")


@transaction.atomic
def ask_practice_export(*, by: Member, now: datetime) -> Export:
    """Ask for everything. Nothing is made before it is confirmed; asking again answers the one that waits."""
    waiting = Export.objects.filter(kind="practice", asked_by=by, confirmed_at=None).order_by("-pk").first()
    if waiting is not None and now <= second_person.over_at(export=waiting, by=by, now=now):
        return waiting
    export = Export.objects.create(kind=Export.Kind.PRACTICE, asked_by=by, asked_at=now)
    record("practice_export_asked", on=export, by=by, at=now)
    transaction.on_commit(lambda: letters.tell_of_the_asking(export, now))
    return export


@transaction.atomic
def confirm_practice_export(*, export: Export, by: Member, now: datetime) -> tuple[Export, str]:
    """Say yes, and get the passphrase; it is kept nowhere. A worker then makes the archive.

    Raises ConfirmedBySomebodyElse, NotLongEnoughHere, WaitsForItsDay, AlreadyConfirmed, NotYours.
    """
    standing = Export.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=export.pk)
    asker = standing.asked_by
    second_person.check_confirmer(export=standing, by=by, now=now)
    if standing.confirmed_at is not None:
        raise AlreadyConfirmed
    if not asker.may(Permission.EXPORT_PRACTICE) or now > second_person.over_at(
        export=standing, by=by, now=now
    ):
        raise NotYours
    passphrase = new_passphrase()
    lock = lock_for(passphrase)
    standing.confirmed_by, standing.confirmed_at = by, now
    standing.public_key, standing.salt = lock.public_key, lock.salt
    standing.save(update_fields=["confirmed_by", "confirmed_at", "public_key", "salt"])
    record("practice_export_confirmed", on=standing, by=by, at=now)
    jobs.ask(kind=KIND, subject_uid=standing.uid, by=asker, now=now)
    transaction.on_commit(lambda: letters.tell_of_the_confirming(standing, now))
    return standing, passphrase


def make_practice_export(*, export: Export, tell: Tell, now: datetime) -> Export:
    """Write the archive in sealed pieces; the key to them is with whoever has the passphrase. Raises NotYours."""
    if export.made_at is not None:
        return export
    asker = export.asked_by
    if not asker.may(Permission.EXPORT_PRACTICE) or export.public_key is None or export.salt is None:
        raise NotYours
    lock = Lock(public_key=bytes(export.public_key), salt=bytes(export.salt))
    with beyond_the_wall(WHY):
        export.parts.all().delete()
    keeper = _Keeper(export)
    sealer = Sealer(lock, keeper)
    write_practice(out=cast("IO[bytes]", sealer), tell=tell, now=now)
    sealer.close()
    return _finish(export, keeper, now)


class _Keeper:
    """Puts each sealed piece into a row, and counts."""

    def __init__(self, export: Export) -> None:
        self.export, self.digest, self.size, self._number = export, sha256(), 0, 0

    def __call__(self, piece: bytes) -> None:
        with beyond_the_wall(WHY):
            ExportPart.objects.create(export=self.export, number=self._number, content=piece)
        self.digest.update(piece)
        self.size += len(piece)
        self._number += 1


def write_practice(*, out: IO[bytes], tell: Tell, now: datetime) -> None:
    """The ZIP of everything into `out`, one client after the other, so that memory holds one at a time."""
    bundle = Bundle(out=out, about={"kind": Export.Kind.PRACTICE, "made_at": now.isoformat()})
    bundle.put("README.txt", readme.of_practice(now=now).encode())
    with beyond_the_wall(WHY):
        bundle.put_tables(contributions.practice_exports(), folder="practice/")
        everybody = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    for client in _one_by_one(everybody, tell):
        folder = f"clients/{client.reference}/"
        bundle.put_tables(contributions.exports(client, Recipient(member=None)), folder=folder)
    bundle.close()


def _one_by_one(keys: list[int], tell: Tell) -> Iterator[Client]:
    """Each client in a transaction of their own; one who was erased meanwhile is not there any more."""
    for number, key in enumerate(keys):
        tell(
            5 + 85 * number // len(keys),
            _("Client %(number)d of %(all)d") % {"number": number + 1, "all": len(keys)},
        )
        with beyond_the_wall(WHY):
            client = Client.objects.filter(pk=key).first()
            if client is not None:
                yield client


def _finish(export: Export, keeper: _Keeper, now: datetime) -> Export:
    with beyond_the_wall(WHY):
        standing = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
        standing.size, standing.sha256 = keeper.size, keeper.digest.hexdigest()
        standing.made_at, standing.expires_at = now, now + EXPORT_LASTS
        standing.save(update_fields=["size", "sha256", "made_at", "expires_at"])
        record(
            "practice_export_made",
            on=standing,
            by=export.asked_by,
            at=now,
            sha256=standing.sha256,
            size=standing.size,
        )
    return standing


@transaction.atomic
def take_practice_export(*, export: Export, by: Member, now: datetime) -> IO[bytes]:
    """Hand the sealed archive out to whoever asked for it, once; then nothing of it is left here.

    Raises NotYours, NotMadeYet, AlreadyTaken, ExportOver.
    """
    standing = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if standing.asked_by_id != by.pk or not by.may(Permission.EXPORT_PRACTICE):
        raise NotYours
    check_takeable(export=standing, now=now)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    for part in standing.parts.order_by("number").iterator(chunk_size=8):
        file.write(bytes(part.content))
    file.seek(0)
    standing.parts.all().delete()
    standing.taken_at = now
    standing.save(update_fields=["taken_at"])
    record("practice_export_taken", on=standing, by=by, at=now, sha256=standing.sha256)
    return file
