"""The pages of one's own keys: see them, make one, end one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.people.access import MemberRequest, needs
from practice.people.keys.forms import WORDS, KeyForm
from practice.people.models import ApiToken
from practice.people.roles import Permission
from practice.people.tokens import create_token, revoke_token
from practice.web.refusals import Refused


@require_safe
@needs(Permission.READ_ME)
def api_keys(request: MemberRequest) -> HttpResponse:
    """One's own keys, the newest first; what they open is never shown again."""
    return _page(request, KeyForm(member=request.member))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ_ME, fresh=True)
def make_key(request: MemberRequest) -> HttpResponse:
    """A new key, shown once, on this answer alone."""
    if request.method != "POST":
        return redirect("api_keys")
    form = KeyForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form)
    try:
        token, text = create_token(member=request.member, now=timezone.now(), **form.cleaned_data)
    except Refused as no:
        form.refuse(no)
        return _page(request, form)
    return render(request, "practice/people/new_key.html", {"token": token, "text": text})


@require_POST
@needs(Permission.READ_ME)
def end_key(request: MemberRequest, uid: UUID) -> HttpResponse:
    """It opens nothing from now on."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.member), uid=uid)
    revoke_token(token=token, by=request.member, now=timezone.now())
    messages.success(request, _("The key is ended."))
    return redirect("api_keys")


def _page(request: MemberRequest, form: KeyForm) -> HttpResponse:
    now = timezone.now()
    rows = (
        ApiToken.objects.visible_to(request.member)
        .select_related("member__user")
        .order_by("-created_at", "-pk")
    )
    keys = [
        {
            "row": row,
            "is_good": row.is_good_at(now),
            "scopes": [WORDS.get(scope, scope) for scope in row.scopes],
        }
        for row in rows[:100]
    ]
    context = {"keys": keys, "form": form}
    return render(request, "practice/people/keys.html", context, status=422 if form.errors else 200)
