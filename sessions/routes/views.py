"""The route library."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.routes import actions
from sessions.routes.forms import EditRouteForm, FindRoutesForm, ImportRouteForm
from sessions.routes.models import Route
from sessions.routes.querysets import RouteQuerySet
from sessions.routes.screens import route_card, route_screen
from sessions.routes.uploads import content_of

PAGE_SIZE = 24


@require_safe
@needs(Permission.READ_ROUTES)
def routes(request: MemberRequest) -> HttpResponse:
    """The library by name, a page at a time."""
    form = FindRoutesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    visible = Route.objects.visible_to(request.member)
    rows = visible.archived() if asked.get("archived") else visible.in_use()
    found = _page(rows.matching(asked.get("q", "")), asked.get("after"))
    context = {
        "form": form,
        "asked": asked,
        "cards": [route_card(route) for route in found[:PAGE_SIZE]],
        "next": found[PAGE_SIZE - 1].uid if len(found) > PAGE_SIZE else None,
        "archived_count": visible.archived().count(),
        "may_keep": request.member.may(Permission.KEEP_ROUTES),
    }
    return render(request, "sessions/routes/routes.html", context)


def _page(rows: RouteQuerySet, after: UUID | None) -> list[Route]:
    """One row more than a page holds, so that one knows whether another page follows."""
    last = rows.filter(uid=after).first() if after else None
    return list((rows.after(last) if last else rows)[: PAGE_SIZE + 1])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_ROUTES)
def import_route(request: MemberRequest) -> HttpResponse:
    """Bring a route in from a file."""
    if request.method != "POST":
        return render(request, "sessions/routes/import.html", {"form": ImportRouteForm()})
    form = ImportRouteForm(request.POST, request.FILES)
    existing = None
    if form.is_valid():
        try:
            return redirect(_imported(request, form))
        except Refused as no:
            form.refuse(no)
            existing = getattr(no, "route", None)
    return render(request, "sessions/routes/import.html", {"form": form, "existing": existing}, status=422)


def _imported(request: MemberRequest, form: ImportRouteForm) -> Route:
    upload = form.cleaned_data.pop("file")
    route = actions.import_route(
        **form.cleaned_data,
        file_name=upload.name,
        content=content_of(upload),
        by=request.member,
        now=timezone.now(),
    )
    messages.success(request, _("“%s” is in the library.") % route.name)
    return route


@require_safe
@needs(Permission.READ_ROUTES)
def route(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One route: its line, its heights, its minutes."""
    found = get_object_or_404(Route.objects.visible_to(request.member), uid=uid)
    context = {"screen": route_screen(found), "may_keep": request.member.may(Permission.KEEP_ROUTES)}
    return render(request, "sessions/routes/route.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_ROUTES)
def edit_route(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Name, meeting place and words."""
    found = get_object_or_404(Route.objects.visible_to(request.member), uid=uid)
    if request.method != "POST":
        return _edit_page(request, found, EditRouteForm(initial=_as_typed(found)))
    form = EditRouteForm(request.POST)
    if form.is_valid():
        try:
            actions.edit_route(route=found, **form.cleaned_data, by=request.member, now=timezone.now())
        except actions.ChangedMeanwhile as no:
            found.refresh_from_db()
            form.refuse(no)
            form.data = _with_version(request.POST, found.version)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return _edit_page(request, found, form, status=422)


def _edit_page(request: HttpRequest, found: Route, form: EditRouteForm, status: int = 200) -> HttpResponse:
    return render(request, "sessions/routes/edit.html", {"route": found, "form": form}, status=status)


def _as_typed(found: Route) -> dict[str, object]:
    names = ("name", "meeting_place", "description", "kinds", "version")
    return {name: getattr(found, name) for name in names}


def _with_version(typed: QueryDict, version: int) -> QueryDict:
    """What was typed, now answering the version that the person is shown."""
    answered = typed.copy()
    answered["version"] = str(version)
    return answered


@require_POST
@needs(Permission.KEEP_ROUTES)
def archive_route(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Offer it no longer. The route's page offers to take it out again."""
    found = get_object_or_404(Route.objects.visible_to(request.member), uid=uid)
    actions.archive_route(route=found, by=request.member, now=timezone.now())
    return redirect(found)


@require_POST
@needs(Permission.KEEP_ROUTES)
def restore_route(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Undo archiving."""
    found = get_object_or_404(Route.objects.visible_to(request.member), uid=uid)
    try:
        actions.restore_route(route=found, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("“%s” is back in the library.") % found.name)
    return redirect(found)
