"""The client's own pages about themself: one question a page, saved at each step."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clients.intake import actions
from clients.intake.forms import SectionForm
from clients.intake.middleware import note_said, said_by_link
from clients.intake.screens import SheetTask, Told, known_to_the_record
from clients.record.models import Client
from clients.screening import screens
from clients.screening.actions import ScreeningClosed
from clients.screening.views.own import leave, leaves, own_screening, place, says_nothing
from practice.people.access import MemberRequest, needs
from practice.people.roles import Permission
from practice.web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ANSWER_SCREENING)
def my_section(request: MemberRequest, uid: UUID, section: str, number: int) -> HttpResponse:
    """One question of a section. Every Continue saves."""
    screening = own_screening(request, uid)
    said = said_by_link(request)
    page = screens.my_screening(screening, said)
    task, told = _asked(request, page, section, number)
    if not screening.is_open:
        return redirect("my_screening", uid)
    if leaves(request) and not request.POST.get("value"):
        return leave(request)
    if told.is_hidden and says_nothing(request):
        return leave(request) if leaves(request) else redirect(_onward(page, task, told))
    initial = _initial(told, screening.client, by_link=said is not None)
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


def _asked(
    request: MemberRequest, page: screens.MyScreening, section: str, number: int
) -> tuple[SheetTask, Told]:
    """The section and its question: the one that the form names, else the one at this number. Or Http404."""
    task = next((task for task in page.sections if task.key == section), None)
    told = task.asked_as(request.POST.get("of", ""), number) if task else None
    if task is None or told is None:
        raise Http404
    return task, told


def _keep(request: MemberRequest, told: Told, form: SectionForm) -> None:
    actions.tell(
        screening=told.screening,
        section=told.section.key,
        ask=told.ask.key,
        answer=form.answer,
        by=request.member,
        now=timezone.now(),
    )
    note_said(request, told.name)


def _initial(told: Told, client: Client, *, by_link: bool) -> dict[str, str]:
    """What stands in the form before anybody types: the answer, else what the record knows; for who came by a link
    nothing of what was said before."""
    if by_link and (told.is_hidden or told.answer is None):
        return {}
    return SectionForm.initial_of(told.ask, told.answer, known_to_the_record(client, told))


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
