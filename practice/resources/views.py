"""The pages of the table: look, search, change, print a list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.resources import actions, publishing, screens
from practice.resources.countries import name_of
from practice.resources.forms import EditResourceForm, FindForm, PaperForm, ResourceForm, VersionForm
from practice.resources.models import Resource
from practice.web.refusals import Refused

UNPROCESSABLE = 422


@require_safe
@needs(Permission.READ_RESOURCES)
def resources(request: MemberRequest) -> HttpResponse:
    """The table: what is asked for stands in the address."""
    form, today = FindForm(request.GET), timezone.localdate()
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    every = Resource.objects.visible_to(request.member)
    after = every.filter(uid=asked["after"]).first() if "after" in asked else None
    rows = every.asked_for(asked, home=screens.home_country(), today=today)
    page = screens.resource_page(rows, request.member, today, archived="archived" in asked, after=after)
    return render(request, "practice/resources/list.html", {"page": page, "form": form, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RESOURCES)
def add_resource(request: MemberRequest) -> HttpResponse:
    form = ResourceForm(request.POST or None, initial={"country": screens.home_country()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_resource(words=form.typed, by=request.member, now=timezone.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Written down. Call it once, then say that it answers."))
            return redirect("resources")
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RESOURCES)
def edit_resource(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Correct it. A form older than the row shows what stands now and keeps what was typed."""
    found = _named(request, uid)
    if request.method != "POST":
        return _form_page(request, EditResourceForm(initial=_as_typed(found)), found)
    form = EditResourceForm(request.POST)
    if form.is_valid():
        try:
            actions.edit_resource(
                resource=found,
                words=form.typed,
                version=form.cleaned_data["version"],
                by=request.member,
                now=timezone.now(),
            )
        except actions.ResourceChanged as no:
            found.refresh_from_db()
            form.refuse(no)
            form.data = _with_version(request.POST, found.version)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved."))
            return redirect("resources")
    return _form_page(request, form, found)


@require_POST
@needs(Permission.KEEP_RESOURCES)
def confirm_resource(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Say that it answers. The button carries the version that was on the screen."""
    found, form = _named(request, uid), VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.confirm_resource(resource=found, version=version, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("%s: confirmed today.") % found.name)
    return redirect("resources")


@require_POST
@needs(Permission.KEEP_RESOURCES)
def archive_resource(request: MemberRequest, uid: UUID) -> HttpResponse:
    found = _named(request, uid)
    try:
        actions.archive_resource(resource=found, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("%s is put away. Nobody is given it any more.") % found.name)
    return redirect("resources")


@require_POST
@needs(Permission.KEEP_RESOURCES)
def restore_resource(request: MemberRequest, uid: UUID) -> HttpResponse:
    found = _named(request, uid)
    actions.restore_resource(resource=found, by=request.member, now=timezone.now())
    messages.success(request, _("%s is back. Call it once, then say that it answers.") % found.name)
    return redirect("resources")


@require_POST
@needs(Permission.KEEP_RESOURCES)
def write_help_page(request: MemberRequest) -> HttpResponse:
    """Write the help page out again, where that did not work at the time."""
    if publishing.publish():
        messages.success(request, _("The help page says what the table says."))
    else:
        messages.error(
            request, _("The help page could not be written. Whoever runs Towpath finds why in its log.")
        )
    return redirect("resources")


@require_safe
@needs(Permission.READ_RESOURCES)
def print_resources(request: MemberRequest) -> HttpResponse:
    """A list to hand to a client: no name on it, only what was chosen."""
    is_asked = {"country", "needs"} & set(request.GET)
    usual = {"country": screens.home_country(), "needs": ["crisis", "emergency"]}
    form = PaperForm(request.GET if is_asked else usual)
    today, parts, country = timezone.localdate(), [], ""
    if form.is_valid():
        country = form.cleaned_data["country"]
        rows = Resource.objects.visible_to(request.member)
        parts = screens.paper_parts(rows, country, form.cleaned_data["needs"], today)
    page = {"form": form, "parts": parts, "country": name_of(country), "today": today}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "practice/resources/paper.html", page, status=status)


def _named(request: MemberRequest, uid: UUID) -> Resource:
    found: Resource = get_object_or_404(Resource.objects.visible_to(request.member), uid=uid)
    return found


def _form_page(request: HttpRequest, form: ResourceForm, found: Resource | None) -> HttpResponse:
    page = {"form": form, "found": found}
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "practice/resources/form.html", page, status=status)


def _as_typed(found: Resource) -> dict[str, object]:
    return {name: getattr(found, name) for name in EditResourceForm.base_fields}


def _with_version(typed: QueryDict, version: int) -> QueryDict:
    """What was typed, now answering the version that the person is shown."""
    answered = typed.copy()
    answered["version"] = str(version)
    return answered
