"""Come back without a password: ask for a link, show that it is you. Open doors that tell nobody anything."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from clients.intake import actions
from clients.intake.forms import BornForm, ResumeForm
from clients.intake.middleware import let_in
from practice.people import attempts


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Ask for a link. Whoever asks gets the same answer, known or not; too many to one address are refused alike."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        attempts.take(attempts.LETTER, email.strip().lower())
        actions.ask_link(email=email, now=timezone.now())
        return redirect("resume_asked")
    return render(request, "clients/intake/resume.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def resume_asked(request: HttpRequest) -> HttpResponse:
    """A link is on its way, if there is something to come back to."""
    return render(request, "clients/intake/resume_asked.html")


@login_not_required
@never_cache
@require_safe
def resume_saved(request: HttpRequest) -> HttpResponse:
    """Where one leaves who came by a link."""
    return render(request, "clients/intake/resume_saved.html")


@login_not_required
@never_cache
@sensitive_post_parameters("born_on_day", "born_on_month", "born_on_year")
@require_http_methods(["GET", "HEAD", "POST"])
def open_resume_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show that it is you, then on to the questions. Looking uses nothing up: mail programs look, too."""
    now = timezone.now()
    if request.method == "POST" and request.POST.get("then") == "again":
        actions.ask_again(token=token, now=now)
        return redirect("resume_asked")
    try:
        actions.look_at(token=token, now=now)
    except actions.LinkOver:
        return render(request, "clients/intake/resume_over.html", status=404)
    form = BornForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            there = actions.take_up(token=token, born_on=form.cleaned_data["born_on"], now=now)
        except actions.LinkOver:
            return render(request, "clients/intake/resume_over.html", status=404)
        except actions.DoesNotMatch as no:
            form.refuse(no)
        else:
            let_in(request, member=there.member, screening=there.screening.uid, now=now)
            return redirect("my_screening", there.screening.uid)
    page = {"form": form}
    return render(request, "clients/intake/resume_link.html", page, status=422 if form.errors else 200)
