"""Everything, for a move: ask, confirm, and the passphrase shown once."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clients.lifecycle import actions, screens, second_person
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
        "is_alone": not second_person.needs_second_person(asker=request.member, now=timezone.now()),
        "current_nav": "retention",
    }
    return render(request, "clients/lifecycle/export_practice.html", page)


@require_POST
@needs(Permission.EXPORT_PRACTICE, fresh=True)
def ask_practice_export(request: MemberRequest) -> HttpResponse:
    """The row that waits for a yes. Who is alone is shown from when they may say it themself."""
    now = timezone.now()
    export = actions.ask_practice_export(by=request.member, now=now)
    if second_person.needs_second_person(asker=request.member, now=now):
        return redirect("export_practice")
    return redirect("confirm_practice_export", export.uid)


@require_safe
@needs(Permission.CONFIRM_PRACTICE_EXPORT)
def confirm_practice_export(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What one says yes to."""
    export, now = _export(request, uid), timezone.now()
    page = {
        "card": screens.export_card(export, request.member, now),
        "why_not": _why_not(export, request, now),
        "current_nav": "retention",
    }
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


def _why_not(export: Export, request: MemberRequest, now: datetime) -> Refused | None:
    """What keeps them from confirming it now."""
    try:
        second_person.check_confirmer(export=export, by=request.member, now=now)
    except Refused as no:
        return no
    return None


def _export(request: MemberRequest, uid: UUID) -> Export:
    rows = Export.objects.visible_to(request.member).light()
    return get_object_or_404(rows, uid=uid, kind=Export.Kind.PRACTICE)
