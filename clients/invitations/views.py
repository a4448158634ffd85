"""The pages of an invitation: of those who invite and confirm, and of whoever holds the link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from clients.invitations import actions
from clients.invitations.forms import AcceptForm, InviteForm
from clients.invitations.letters import send_invitation
from clients.invitations.models import PortalInvitation
from clients.record.actions import note_reading
from clients.record.models import Client
from clients.record.reach import Reach, check_contacts_kept_by, check_reach
from practice.people.access import MemberRequest, needs
from practice.people.actions import WeakPassword
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CLIENT, fresh=True)
def open_portal(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Invite the client to their own pages, and see how far it has come."""
    client = _client(request, uid)
    form = InviteForm(request.POST or None, initial={"email": client.email})
    if request.method != "POST" or not form.is_valid():
        return _portal_page(request, client, form)
    try:
        invited = actions.invite(
            client=client, email=form.cleaned_data["email"], by=request.member, now=timezone.now()
        )
    except Refused as no:
        form.refuse(no)
        return _portal_page(request, client, form)
    link = request.build_absolute_uri(reverse("accept_invitation", args=[invited.token]))
    send_invitation(invited.invitation, link=link)
    if not invited.code:
        messages.success(request, _("The letter with the link is on its way. It works once, for three days."))
        return redirect("open_portal", uid)
    page = {"client": client, "invitation": invited.invitation, "code": invited.code}
    return render(request, "clients/invitations/code.html", page)


@require_POST
@needs(Permission.CHANGE_RECORD)
def confirm_portal(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Somebody of the care team says that it was the client."""
    client = _client_in_care(request, uid)
    try:
        actions.confirm(client=client, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Confirmed. Their pages are open to them now."))
    return redirect("client", uid)


@require_POST
@needs(Permission.REGISTER_CLIENT)
def withdraw_invitation(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Take an invitation back, or say that it was somebody else."""
    actions.withdraw(client=_client(request, uid), by=request.member, now=timezone.now())
    messages.success(request, _("Taken back. The link no longer works."))
    return redirect("open_portal", uid)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2", "second")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who you are, choose a password. What does not fit gets the same calm answer, whatever the reason."""
    try:
        invitation = actions.look_at(token=token, now=timezone.now())
    except actions.InvitationRefused:
        return _refused(request)
    form = AcceptForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            _accept(token, invitation, form)
        except actions.InvitationRefused:
            return _refused(request)
        except WeakPassword as no:
            form.add_error("password1", str(no))
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(
                request, _("Your sign-in is ready. Sign in with your e-mail and your new password.")
            )
            return redirect("account_login")
    page = {"form": form, "invitation": invitation}
    return render(request, "clients/invitations/accept.html", page, status=422 if form.errors else 200)


def _accept(token: str, invitation: PortalInvitation, form: AcceptForm) -> None:
    typed = form.cleaned_data
    by_code = invitation.second == PortalInvitation.Second.CODE
    actions.accept(
        token=token,
        born_on=None if by_code else typed["second"],
        code=typed["second"] if by_code else "",
        password=typed["password1"],
        now=timezone.now(),
    )


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "clients/invitations/refused.html", status=404)


def _client(request: MemberRequest, uid: UUID) -> Client:
    """A client whose contacts the member keeps: 403 for who only reads."""
    rows = Client.objects.visible_to(request.member).select_related("member__user")
    client = get_object_or_404(rows, uid=uid)
    check_contacts_kept_by(request.member, client)
    return client


def _client_in_care(request: MemberRequest, uid: UUID) -> Client:
    """A client whom the member treats: 403 for who only reads."""
    rows = Client.objects.visible_to(request.member).in_care_of(request.member)
    client = get_object_or_404(rows, uid=uid)
    check_reach(request.member, client.pk, Reach.KEEP)
    return client


def _portal_page(request: MemberRequest, client: Client, form: InviteForm) -> HttpResponse:
    now = timezone.now()
    note_reading(client=client, part="contacts", by=request.member, now=now)
    invitation = PortalInvitation.objects.visible_to(request.member).standing().filter(client=client).first()
    page = {
        "client": client,
        "form": form,
        "invitation": invitation,
        "is_open": invitation is not None and invitation.is_open_at(now),
        "may_confirm": request.member.may(Permission.CHANGE_RECORD),
    }
    return render(request, "clients/invitations/portal.html", page, status=422 if form.errors else 200)
