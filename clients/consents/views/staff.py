"""A client's agreements as the care team sees them; signing with the client there; noting what they take back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.consents import actions, screens, texts
from clients.consents.choices import About, Step
from clients.consents.forms import InPersonForm, KindInPersonForm, ToldForm
from clients.consents.models import Consent
from clients.consents.rules import is_adult
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_reach, reaches
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.forms import ShapeForm
from practice.web.refusals import Refused

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Permission.READ_RECORD)
def client_agreements(request: MemberRequest, uid: UUID) -> HttpResponse:
    """What stands, what is missing, what they said, and the whole ledger."""
    client = _client(request.member, uid)
    keeps = request.member.may(Permission.KEEP_CONSENTS) and reaches(request.member, client.pk, Reach.KEEP)
    page = screens.client_agreements(client, timezone.now())
    values = {"client": client, "page": page, "may_keep": keeps}
    return render(request, "clients/consents/client_agreements.html", values)


@require_safe
@needs(Permission.READ_RECORD)
def signed_copy(request: MemberRequest, uid: UUID, copy: UUID) -> HttpResponse:
    """One signature with everything that was ticked and written."""
    client = _client(request.member, uid)
    rows = Consent.objects.visible_to(request.member).filter(
        client=client, step=Step.GIVEN, text__isnull=False
    )
    shown = screens.signed_copy(get_object_or_404(rows.select_related("by"), uid=copy))
    return render(request, "clients/consents/signed_copy.html", {"client": client, "copy": shown})


@require_POST
@needs(Permission.KEEP_CONSENTS)
def ask_to_sign(request: MemberRequest, uid: UUID) -> HttpResponse:
    client = _kept(request.member, uid)
    actions.ask_to_sign(client=client, by=request.member, now=timezone.now())
    messages.success(request, _("It waits on their own pages now."))
    return redirect("client_agreements", uid)


@form_methods
@needs(Permission.KEEP_CONSENTS, fresh=True)
def sign_in_person(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The client ticks and signs on this device, below 18 a guardian too; the line says who was with them."""
    client, text = _kept(request.member, uid), texts.current()
    is_minor = not is_adult(client.born_on, timezone.localdate())
    form = InPersonForm(text, _body(request), is_minor=is_minor, initial={"version": text.number})

    def sign() -> None:
        actions.sign_agreement(
            client=client,
            version=form.cleaned_data["version"],
            answers=form.answers,
            signature=form.cleaned_data["signature"],
            guardian=form.guardian,
            in_person=True,
            by=request.member,
            now=timezone.now(),
        )

    if _tried(form, sign):
        messages.success(request, _("Signed. The client can have a copy printed."))
        return redirect("client_agreements", uid)
    return _form_page(request, "sign_in_person", client, form, text=text)


@form_methods
@needs(Permission.KEEP_CONSENTS)
def note_withdrawal(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Write down what the client takes back, as they told it: in effect at once."""
    client = _kept(request.member, uid)
    form = ToldForm(_body(request), initial={"about": request.GET.get("about", "")})

    def take_back() -> None:
        about, now = form.cleaned_data["about"], timezone.now()
        if about == About.MOVEMENT:
            words = form.cleaned_data["words"]
            actions.withdraw_agreement(client=client, words=words, by=request.member, now=now)
        else:
            actions.withhold(client=client, kind=about, by=request.member, now=now)

    if _tried(form, take_back):
        messages.success(request, _("Noted. It is in effect already."))
        return redirect("client_agreements", uid)
    return _form_page(request, "note_withdrawal", client, form)


@form_methods
@needs(Permission.KEEP_CONSENTS, fresh=True)
def allow_in_person(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The client allows one kind of data on this device, with their name."""
    client = _kept(request.member, uid)
    form = KindInPersonForm(_body(request))

    def allow() -> None:
        actions.allow(
            client=client,
            kind=form.cleaned_data["about"],
            signature=form.cleaned_data["signature"],
            in_person=True,
            by=request.member,
            now=timezone.now(),
        )

    if _tried(form, allow):
        messages.success(request, _("Noted. It counts from now on."))
        return redirect("client_agreements", uid)
    return _form_page(request, "allow_in_person", client, form)


def _client(member: Member, uid: UUID) -> Client:
    """A client whose record the member may read. Reading it is told in the trail."""
    client = get_object_or_404(Client.objects.visible_to(member).in_care_of(member), uid=uid)
    note_reading(client=client, part="agreements", by=member, now=timezone.now())
    return client


def _kept(member: Member, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads."""
    client = _client(member, uid)
    check_reach(member, client.pk, Reach.KEEP)
    return client


def _body(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _tried(form: ShapeForm, act: Callable[[], None]) -> bool:
    """Do it if the form has its shape; a refusal lands at its field, and everything typed stays."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refused as no:
        form.refuse(no)
        return False
    return True


def _form_page(
    request: MemberRequest, page: str, client: Client, form: ShapeForm, **values: Any
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, f"clients/consents/{page}.html", {"client": client, "form": form, **values}, status=status
    )
