"""What this room's own rows do when a client leaves or goes, and what the practice takes along of them."""

from django.utils.translation import gettext_lazy as _

from clients.lifecycle.models import ErasureRequest, Export, Hold, RetentionPolicy, Tombstone
from clients.record.models import Client
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.web.tables import table

EXPORTS = {
    "kind": _("What it was"),
    "asked_by.name": _("Who asked"),
    "asked_at": _("When (UTC)"),
    "made_at": _("When it was made (UTC)"),
    "taken_at": _("When it was taken (UTC)"),
    "sha256": _("SHA-256 of the file"),
}
HOLDS = {
    "reason": _("Why it may not be erased"),
    "file": _("File number"),
    "set_by.name": _("Who said so"),
    "set_at": _("When (UTC)"),
    "lifted_by.name": _("Who lifted it"),
    "lifted_at": _("When (UTC)"),
    "lifted_because": _("Why"),
}
STONES = {
    "client_uid": _("Id of the client"),
    "reference_hash": _("Hash of the reference"),
    "reason": _("Why"),
    "is_early": _("Whether the time of keeping still ran"),
    "asked_by_name": _("Who asked"),
    "confirmed_by_name": _("Who confirmed"),
    "erased_at": _("When (UTC)"),
}
POLICY = {
    "years": _("Years after the last service"),
    "minor_age": _("The record of a minor is kept until this age"),
    "late_minor_age": _("Of somebody who was 17 when the work ended, until this age"),
    "set_by.name": _("Who said so"),
    "set_at": _("When (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """Who took a copy before; and, for the care team, the holds."""
    exports = Export.objects.filter(client=client)
    mine = exports.filter(asked_by=recipient.member) if recipient.is_client else exports
    given: list[Table | Paper] = [
        table(
            "copies",
            about=_("Each copy of this record that was asked for."),
            rows=mine.defer("content").select_related("asked_by").order_by("asked_at", "pk"),
            columns=EXPORTS,
            models=["clients.Export"],
        )
    ]
    if recipient.is_client:
        return given
    holds = table(
        "holds",
        about=_("Each legal hold."),
        rows=Hold.objects.filter(client=client)
        .select_related("set_by", "lifted_by")
        .order_by("set_at", "pk"),
        columns=HOLDS,
        models=["clients.Hold"],
    )
    return [*given, holds]


def practice_exported() -> list[Table]:
    """How long this practice keeps records, and whom it has erased."""
    return [
        table(
            "retention",
            about=_("How long records are kept. Empty: what is usual in the practice's country."),
            rows=RetentionPolicy.objects.select_related("set_by"),
            columns=POLICY,
            models=["clients.RetentionPolicy"],
        ),
        table(
            "erased",
            about=_("Each client who was erased, without a name."),
            rows=Tombstone.objects.order_by("erased_at", "pk"),
            columns=STONES,
            models=["clients.Tombstone"],
        ),
    ]


def erased(client: Client) -> list[Erasure]:
    """Copies that were not taken go too; holds and requests leave their lines in the trail."""
    exports = Export.objects.filter(client=client)
    holds = Hold.objects.filter(client=client)
    requests = ErasureRequest.objects.filter(client=client)
    return [
        Erasure(
            models=["clients.Export", "clients.ExportPart"],
            words=_("Copies that were asked for"),
            count=exports.count(),
            order=80,
            erase=exports.delete,
        ),
        Erasure(
            models=["clients.Hold"],
            words=_("Legal holds"),
            count=holds.count(),
            order=81,
            erase=holds.delete,
        ),
        Erasure(
            models=["clients.ErasureRequest"],
            words=_("Requests to erase"),
            count=requests.count(),
            order=82,
            erase=requests.delete,
        ),
        *_what_stays(),
    ]


def _what_stays() -> list[Erasure]:
    return [
        Erasure(
            models=["practice.AuditEvent"],
            words=_("The audit trail"),
            count=0,
            kept_because=_(
                "It says who opened and changed what, and when. It holds no name of the client and no word from the record."
            ),
        ),
        Erasure(
            models=["clients.Tombstone"],
            words=_("A tombstone"),
            count=1,
            kept_because=_(
                "It says when this was erased, by whom and why, so that an older backup cannot bring the record back. "
                "It holds no name."
            ),
        ),
    ]
