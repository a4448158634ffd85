"""The client's questions: one a page, saved at each step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.intake.actions import hand_in
from clients.intake.middleware import note_said, said_by_link
from clients.screening import actions, screens
from clients.screening.forms import AnswerForm, SafeNowForm
from clients.screening.models import Screening
from clients.screening.views.own import leave, leaves, own_screening, place, says_nothing
from clients.screening.views.posted import posted
from practice.house.screens import response_words
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.resources.screens import for_country
from practice.web.refusals import Refused


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_screening(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The list of tasks; once all are done, the answers to check; once handed in, what happens next."""
    screening = own_screening(request, uid)
    if request.method == "POST":
        _hand_in(request, screening)
        return redirect("my_screening", uid)
    page = screens.my_screening(screening, said_by_link(request))
    values = {"page": page, "screening": screening, "end": page.end, **_who_reads(screening)}
    return render(request, f"clients/screening/my_{page.stage}.html", values)


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_question(request: MemberRequest, uid: UUID, number: int) -> HttpResponse:
    """One question. Every Continue saves; a safety answer leads to the support page before the next.

    The form names its question: an old page sent late answers what it asked, whatever stands at its number now.
    """
    screening = own_screening(request, uid)
    page = screens.my_screening(screening, said_by_link(request))
    question = page.asked_as(request.POST.get("of", ""), number)
    if question is None:
        raise Http404
    if leaves(request) and "value" not in request.POST:
        return leave(request)
    if question.is_hidden and says_nothing(request):
        onward = 0 if page.is_complete else page.number_after(question.number, question.answer or "")
        return leave(request) if leaves(request) else redirect(place(uid, onward))
    shown = None if question.is_hidden else question.answer
    form = AnswerForm(question.item, posted(request), initial={"value": shown})
    if not screening.is_open and not _is_cry_for_help(form, question):
        return redirect("my_screening", uid)
    if form.is_valid():
        try:
            _keep(request, question, form)
        except Refused as no:
            form.refuse(no)
        else:
            return _after(request, page, question, form)
    back = place(uid, 0 if page.is_complete else page.number_before(question.number))
    values = {"page": page, "question": question, "form": form, "back": back}
    return render(request, "clients/screening/my_question.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_support(request: MemberRequest, uid: UUID) -> HttpResponse:
    """After a safety answer: whom to call, and the question about right now. Then on, or leave."""
    screening = own_screening(request, uid)
    onward = _onward(request, screening)
    form = SafeNowForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data["safe_now"]
        if said:
            actions.say_safe_now(screening=screening, safe_now=said, by=request.member, now=timezone.now())
        if said in {"no", "unsure"}:
            return redirect(f"{reverse('my_support', args=[uid])}?next={onward}&said={said}")
        return leave(request) if leaves(request) else redirect(place(uid, onward))
    values = {
        "form": form,
        "country": for_country(),
        "onward": onward,
        "onward_url": place(uid, onward),
        "needs_help": request.GET.get("said") in {"no", "unsure"},
        **_who_reads(screening),
    }
    return render(request, "clients/screening/my_support.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@needs(Permission.ANSWER_SCREENING)
def my_doctor(request: MemberRequest, uid: UUID) -> HttpResponse:
    """After a sign from the heart: a doctor first. The form goes on."""
    screening = own_screening(request, uid)
    values = {"country": for_country(), "onward_url": place(uid, _onward(request, screening))}
    return render(request, "clients/screening/my_doctor.html", values)


def _who_reads(screening: Screening) -> dict[str, str]:
    return {"reader": screens.reader_of(screening.client), "response_words": response_words()}


def _hand_in(request: MemberRequest, screening: Screening) -> None:
    try:
        hand_in(screening=screening, by=request.member, now=timezone.now())
    except (actions.AlreadySubmitted, actions.ScreeningClosed):
        pass  # the second press of the button, or another device was faster: the page says how it stands
    except Refused as no:
        messages.error(request, str(no))


def _is_cry_for_help(form: AnswerForm, question: screens.Question) -> bool:
    """A safety answer counts even when the form was closed meanwhile: elsewhere, by the clinician, or long ago."""
    return form.is_valid() and question.item.concerns_safety(form.answer)


def _keep(request: MemberRequest, question: screens.Question, form: AnswerForm) -> None:
    actions.answer(
        response=question.response,
        item=question.item.key,
        value=form.answer,
        by=request.member,
        now=timezone.now(),
    )
    note_said(request, question.name)


def _after(
    request: MemberRequest, page: screens.MyScreening, question: screens.Question, form: AnswerForm
) -> HttpResponse:
    """Where a saved answer leads: help first, then a doctor's word, then on."""
    uid = page.screening.uid
    onward = 0 if page.is_complete or not page.is_open else page.number_after(question.number, form.answer)
    if question.item.concerns_safety(form.answer):
        return redirect(f"{reverse('my_support', args=[uid])}?next={onward}")
    if form.answer in question.item.doctor:
        return redirect(f"{reverse('my_doctor', args=[uid])}?next={onward}")
    if leaves(request):
        return leave(request)
    undone = [task for task in page.after if not task.is_done]
    if not onward and not page.is_complete and undone:
        return redirect(undone[0].url)
    return redirect(place(uid, onward))


def _onward(request: MemberRequest, screening: Screening) -> int:
    """The number of the next question from the address, 0 for the list."""
    asked = request.GET.get("next") or request.POST.get("next") or ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0  # noqa: PLR2004 - no questionnaire has a thousand questions
    return number if screening.is_open else 0
