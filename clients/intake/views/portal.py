"""The client's own pages about themself: one question a page, saved at each step."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.intake import actions
from clients.intake.forms import SectionForm
from clients.intake.screens import SheetTask, Told, known_to_the_record
from clients.screening import screens
from clients.screening.actions import ScreeningClosed
from clients.screening.views.own import leave, leaves, own_screening, place
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_section(request: MemberRequest, uid: UUID, section: str, number: int) -> HttpResponse:
    """One question of a section. Every Continue saves."""
    screening = own_screening(request, uid)
    page = screens.my_screening(screening)
    task = next((task for task in page.sections if task.key == section), None)
    told = task.asked_as(request.POST.get("of", ""), number) if task else None
    if task is None or told is None:
        raise Http404
    if not screening.is_open:
        return redirect("my_screening", uid)
    if request.method == "POST" and leaves(request) and not request.POST.get("value"):
        return leave(request)
    initial = SectionForm.initial_of(told.ask, told.answer, known_to_the_record(screening.client, told))
    form = SectionForm(told.ask, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            _keep(request, told, form)
        except ScreeningClosed:
            return redirect("my_screening", uid)
        except Refused as no:
            form.refuse(no)
        else:
            return leave(request) if leaves(request) else redirect(_onward(page, task, told))
    values = {"page": page, "told": told, "form": form, "back": _back(page, task, told)}
    return render(request, "clients/intake/my_section.html", values, status=422 if form.errors else 200)


def _keep(request: MemberRequest, told: Told, form: SectionForm) -> None:
    actions.tell(
        screening=told.screening,
        section=told.section.key,
        ask=told.ask.key,
        answer=form.answer,
        by=request.member,
        now=timezone.now(),
    )


def _onward(page: screens.MyScreening, task: SheetTask, told: Told) -> str:
    """The next question of the section, then what waits next; the answers to check where nothing does."""
    following = None if page.is_complete else task.at(told.number + 1)
    if following is not None:
        return following.url
    others = [other for other in page.tasks if other is not task and not other.is_done]
    return others[0].url if others and not page.is_complete else place(page.screening.uid, 0)


def _back(page: screens.MyScreening, task: SheetTask, told: Told) -> str:
    before = None if page.is_complete else task.at(told.number - 1)
    return before.url if before else place(page.screening.uid, 0)
