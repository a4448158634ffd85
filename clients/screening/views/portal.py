"""The client's questions: one a page, saved at each step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.record.actions import note_reading
from clients.screening import actions, screens
from clients.screening.forms import AnswerForm, SafeNowForm
from clients.screening.models import Screening
from clients.screening.views.posted import posted
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.helplines import countries
from practice.web.refusals import Refused

LEAVE = "leave"


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_screening(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The list of tasks; once all are done, the answers to check; once handed in, what happens next."""
    screening = _own(request, uid)
    if screening.cancelled_at:
        raise Http404
    if request.method == "POST":
        try:
            actions.submit_screening(screening=screening, by=request.member, now=timezone.now())
        except actions.AlreadySubmitted:
            pass  # the second press of the button: what stands is what they wanted
        except Refused as no:
            messages.error(request, str(no))
        return redirect("my_screening", uid)
    page = screens.my_screening(screening)
    values = {"page": page, "screening": screening, "reader": screens.reader_of(screening.client)}
    template = "done" if screening.submitted_at else "check" if page.is_complete else "start"
    return render(request, f"clients/screening/my_{template}.html", values)


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_question(request: MemberRequest, uid: UUID, number: int) -> HttpResponse:
    """One question. Every Continue saves; a safety answer leads to the support page before the next."""
    screening = _own(request, uid)
    if not screening.is_open:
        return redirect("my_screening", uid)
    page = screens.my_screening(screening)
    question = page.question(number)
    if question is None:
        raise Http404
    leaves = request.POST.get("then") == LEAVE
    if request.method == "POST" and leaves and "value" not in request.POST:
        return _leave(request)
    form = AnswerForm(question.item, posted(request), initial={"value": question.answer})
    if form.is_valid():
        try:
            actions.answer(
                response=question.response,
                item=question.item.key,
                value=form.answer,
                by=request.member,
                now=timezone.now(),
            )
        except Refused as no:
            form.refuse(no)
        else:
            return _after(request, page, question, form.answer, leaves=leaves)
    values = {"page": page, "question": question, "form": form, "back": _back(uid, number)}
    return render(request, "clients/screening/my_question.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_support(request: MemberRequest, uid: UUID) -> HttpResponse:
    """After a safety answer: whom to call, and the question about right now. Then on, or leave."""
    screening = _own(request, uid)
    onward = _onward(request, screening)
    form = SafeNowForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data["safe_now"]
        if said:
            actions.say_safe_now(screening=screening, safe_now=said, by=request.member, now=timezone.now())
        if said in {"no", "unsure"}:
            return redirect(f"{reverse('my_support', args=[uid])}?next={onward}&said={said}")
        return _leave(request) if request.POST.get("then") == LEAVE else redirect(_place(uid, onward))
    values = {
        "form": form,
        "country": countries()[0],
        "reader": screens.reader_of(screening.client),
        "onward": onward,
        "onward_url": _place(uid, onward),
        "needs_help": request.GET.get("said") in {"no", "unsure"},
    }
    return render(request, "clients/screening/my_support.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@needs(Permission.ANSWER_SCREENING)
def my_doctor(request: MemberRequest, uid: UUID) -> HttpResponse:
    """After a sign from the heart: a doctor first. The form goes on."""
    screening = _own(request, uid)
    values = {"country": countries()[0], "onward_url": _place(uid, _onward(request, screening))}
    return render(request, "clients/screening/my_doctor.html", values)


def _own(request: MemberRequest, uid: UUID) -> Screening:
    """The member's own screening, or Http404. Staff have none."""
    rows = Screening.objects.visible_to(request.member).filter(client__member=request.member)
    screening = rows.select_related("client").filter(uid=uid).first()
    if screening is None:
        raise Http404
    note_reading(client=screening.client, part="own", by=request.member, now=timezone.now())
    return screening


def _after(
    request: MemberRequest,
    page: screens.MyScreening,
    question: screens.Question,
    answer: object,
    *,
    leaves: bool,
) -> HttpResponse:
    """Where a saved answer leads: help first, then a doctor's word, then on."""
    uid = page.screening.uid
    onward = 0 if page.is_complete or question.number == page.total else question.number + 1
    if answer in question.item.safety:
        return redirect(f"{reverse('my_support', args=[uid])}?next={onward}")
    if leaves:
        return _leave(request)
    if answer in question.item.doctor:
        return redirect(f"{reverse('my_doctor', args=[uid])}?next={onward}")
    return redirect(_place(uid, onward))


def _leave(request: MemberRequest) -> HttpResponse:
    messages.success(request, _("Saved. Come back whenever you like; nothing is lost."))
    return redirect("portal_home")


def _onward(request: MemberRequest, screening: Screening) -> int:
    """The number of the next question from the address, 0 for the list."""
    asked = request.GET.get("next") or request.POST.get("next") or ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0  # noqa: PLR2004 - no questionnaire has a thousand questions
    return number if screening.is_open else 0


def _place(uid: UUID, number: int) -> str:
    return reverse("my_question", args=[uid, number]) if number else reverse("my_screening", args=[uid])


def _back(uid: UUID, number: int) -> str:
    return _place(uid, number - 1)
