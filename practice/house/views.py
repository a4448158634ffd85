"""The owner's page about the practice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from practice.house import actions, screens
from practice.house.forms import PracticeForm
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PEOPLE)
def keep_practice(request: MemberRequest) -> HttpResponse:
    """Say who reads answers, and by when."""
    words = screens.response_words()
    form = PracticeForm(request.POST if request.method == "POST" else None, initial={"response_words": words})
    if form.is_valid():
        try:
            actions.set_response_words(
                words=form.cleaned_data["response_words"], by=request.member, now=timezone.now()
            )
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Saved. Clients read it from now on."))
            return redirect("keep_practice")
    confirmed = screens.are_numbers_confirmed(timezone.localdate())
    page = {"form": form, "is_ready": bool(words), "are_numbers_confirmed": confirmed}
    return render(request, "practice/house/practice.html", page, status=422 if form.errors else 200)
