"""The client's own agreements: point after point, each a tick of its own; save, come back, sign, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.consents import actions, screens
from clients.consents.choices import Step
from clients.consents.forms import PointForm, SayForm, SignForm, WithdrawForm
from clients.consents.models import Consent
from clients.consents.rules import is_adult
from clients.record.models import Client
from clients.runs.views.kit import own_client
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Permission.SIGN_CONSENT)
def my_agreements(request: MemberRequest) -> HttpResponse:
    """What stands, what waits, what is shared, and everything that was said."""
    page = screens.my_agreements(own_client(request.member), timezone.now())
    return render(request, "clients/consents/my_agreements.html", {"page": page})


@require_safe
@needs(Permission.SIGN_CONSENT)
def my_agreement(request: MemberRequest) -> HttpResponse:
    """The points, with what is ticked so far."""
    client = own_client(request.member)
    is_minor = not is_adult(client.born_on, timezone.localdate())
    values = {"page": screens.my_text(client), "is_minor": is_minor}
    return render(request, "clients/consents/my_agreement.html", values)


@form_methods
@needs(Permission.SIGN_CONSENT)
def my_point(request: MemberRequest, number: int) -> HttpResponse:
    """One point. Every button keeps what was ticked and written."""
    client = own_client(request.member)
    page = screens.my_text(client)
    part = page.part(number)
    if part is None:
        raise Http404
    then = request.POST.get("then", "on")
    if request.method == "POST":
        form = PointForm(part.point, request.POST, needs_tick=then == "on")
    else:
        form = PointForm(part.point, initial={**part.answer, "version": page.text.number})
    if form.is_bound and form.is_valid():
        try:
            return _point_kept(request, client, part, form, then)
        except actions.TextChanged as no:
            messages.warning(request, str(no))
            return redirect("my_agreement")
    values = {"page": page, "part": part, "form": form}
    return render(request, "clients/consents/my_point.html", values, status=422 if form.errors else 200)


@form_methods
@needs(Permission.SIGN_CONSENT, fresh=True)
def sign_agreement(request: MemberRequest) -> HttpResponse:
    """Everything once more, then a typed name."""
    client = own_client(request.member)
    page = screens.my_text(client)
    form = SignForm(request.POST if request.method == "POST" else None, initial={"version": page.text.number})
    if form.is_bound and form.is_valid():
        try:
            signed = actions.sign_agreement(
                client=client,
                version=form.cleaned_data["version"],
                answers={part.point.key: part.answer for part in page.parts},
                signature=form.cleaned_data["signature"],
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Signed. This is your copy."))
            return redirect("my_signed_copy", signed.uid)
    if not form.is_bound and not page.is_complete:
        return redirect("my_agreement")
    values = {"page": page, "form": form}
    return render(request, "clients/consents/sign_agreement.html", values, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SIGN_CONSENT)
def my_signed_copy(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What was signed, to read and to print."""
    client = own_client(request.member)
    rows = Consent.objects.visible_to(request.member).filter(
        client=client, step=Step.GIVEN, text__isnull=False
    )
    copy = screens.signed_copy(get_object_or_404(rows.select_related("by"), uid=uid))
    return render(request, "clients/consents/my_signed_copy.html", {"copy": copy, "client": client})


@form_methods
@needs(Permission.SIGN_CONSENT)
def withdraw_agreement(request: MemberRequest) -> HttpResponse:
    """Ask once, then take it back: at once, and without a reason."""
    client = own_client(request.member)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.withdraw_agreement(
            client=client, words=form.cleaned_data["words"], by=request.member, now=timezone.now()
        )
        messages.success(
            request, _("Taken back. We do not walk or run together now. Your therapist is told.")
        )
        return redirect("my_agreements")
    status = 422 if form.errors else 200
    return render(request, "clients/consents/withdraw_agreement.html", {"form": form}, status=status)


@require_POST
@needs(Permission.SIGN_CONSENT)
def my_sharing(request: MemberRequest) -> HttpResponse:
    """Yes or no to one kind of data, in effect at once."""
    client, form, now = own_client(request.member), SayForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Choose one of the kinds of data on this page."))
        return redirect("my_agreements")
    kind = form.cleaned_data["about"]
    if form.cleaned_data["say"] == "yes":
        actions.allow(client=client, kind=kind, by=request.member, now=now)
        messages.success(request, _("Shared from now on. You can take it back whenever you like."))
    else:
        actions.withhold(client=client, kind=kind, by=request.member, now=now)
        messages.success(request, _("Kept to yourself from now on. Your own pages still show it."))
    return redirect("my_agreements")


def _point_kept(
    request: MemberRequest, client: Client, part: screens.Part, form: PointForm, then: str
) -> HttpResponse:
    """Keep the point, then go where the button leads. Raises TextChanged."""
    version, key, now = form.cleaned_data["version"], part.point.key, timezone.now()
    actions.save_point(client=client, version=version, key=key, **form.answer, by=request.member, now=now)
    if then == "talk":
        actions.talk_first(client=client, version=version, key=key, by=request.member, now=now)
        messages.success(request, _("Your therapist is told that you would like to talk about this point."))
        return redirect("my_agreement")
    if then == "leave":
        messages.success(request, _("Saved. Come back whenever you like; nothing is lost."))
        return redirect("portal_home")
    page = screens.my_text(client)
    if page.is_complete:
        return redirect("sign_agreement")
    following = part.number + 1
    return redirect("my_point", following if page.part(following) else page.next_number)
