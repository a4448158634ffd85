"""Everything, for a move: ask, confirm, and the passphrase shown once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clients.lifecycle import actions, screens
from clients.lifecycle.models import Export
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_safe
@needs(Permission.EXPORT_PRACTICE)
def export_practice(request: MemberRequest) -> HttpResponse:
    """What the archive holds, who has what of it, and the ones asked for before."""
    page = {
        "earlier": screens.earlier_exports(request.member, None, timezone.now()),
        "is_alone": not actions.needs_second_person(asker=request.member),
        "current_nav": "retention",
    }
    return render(request, "clients/lifecycle/export_practice.html", page)


@require_POST
@needs(Permission.EXPORT_PRACTICE, fresh=True)
def ask_practice_export(request: MemberRequest) -> HttpResponse:
    """The row that waits for a yes. Who is alone goes on to say it themself."""
    export = actions.ask_practice_export(by=request.member, now=timezone.now())
    if actions.needs_second_person(asker=request.member):
        return redirect("export_practice")
    return redirect("confirm_practice_export", export.uid)


@require_safe
@needs(Permission.CONFIRM_PRACTICE_EXPORT)
def confirm_practice_export(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What one says yes to."""
    export = _export(request, uid)
    card = screens.export_card(export, request.member, timezone.now())
    waits_for_another = card.is_mine and actions.needs_second_person(asker=request.member)
    page = {"card": card, "waits_for_another": waits_for_another, "current_nav": "retention"}
    return render(request, "clients/lifecycle/confirm_practice_export.html", page)


@require_POST
@needs(Permission.CONFIRM_PRACTICE_EXPORT, fresh=True)
def release_practice_export(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Say yes; the answer shows the passphrase, and nothing will show it again."""
    try:
        export, passphrase = actions.confirm_practice_export(
            export=_export(request, uid), by=request.member, now=timezone.now()
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect("confirm_practice_export", uid)
    page = {
        "card": screens.export_card(export, request.member, timezone.now()),
        "passphrase": passphrase,
        "current_nav": "retention",
    }
    return render(request, "clients/lifecycle/passphrase.html", page)


def _export(request: MemberRequest, uid: UUID) -> Export:
    rows = Export.objects.visible_to(request.member).light()
    return get_object_or_404(rows, uid=uid, kind=Export.Kind.PRACTICE)
