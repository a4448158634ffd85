"""Pages of a note: write, review and sign, add."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.record.actions import note_reading
from clients.record.querysets import under_care_of
from clients.record.reach import Reach, check_reach, reaches, supervises
from practice.people.access import MemberRequest, needs
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Refused
from sessions.booking.models import TherapySession
from sessions.notes import actions, screens
from sessions.notes.formats import FORMATS
from sessions.notes.forms import AddendumForm, NoteForm, SignForm, initial_of
from sessions.notes.models import Note

PEOPLE = ("session__client", "author", "signed_by", "cosigned_by")


def _session(member: Member, uid: UUID) -> TherapySession:
    """A session of the care team: seeing a booking is not enough to read what was said in it."""
    rows = TherapySession.objects.visible_to(member).filter(under_care_of(member))
    return get_object_or_404(rows.select_related("client", "route", "clinician"), uid=uid)


def _writable(member: Member, uid: UUID) -> TherapySession:
    """A session on which the member may write: 403 for who only reads the record."""
    session = _session(member, uid)
    check_reach(member, session.client_id, Reach.CARE)
    return session


def _note(member: Member, session: TherapySession) -> Note | None:
    rows = Note.objects.visible_to(member).select_related(*PEOPLE)
    return rows.filter(session=session).first()


def _may_write(member: Member, session: TherapySession) -> bool:
    return member.may(Permission.WRITE_NOTE) and reaches(member, session.client_id, Reach.CARE)


def _may_cosign(member: Member, written: Note) -> bool:
    """Whether the page offers it; the action decides."""
    is_open = written.is_signed and written.cosigned_at is None
    is_mine = member.pk in {written.author_id, written.signed_by_id}
    may = is_open and not is_mine and member.may(Permission.COSIGN_NOTE)
    return may and supervises(member, written.session.client_id)


def _note_or_404(member: Member, uid: UUID) -> Note:
    rows = Note.objects.visible_to(member).select_related(*PEOPLE)
    written = get_object_or_404(rows, session=_session(member, uid))
    actions.open_note(note=written, by=member, now=timezone.now())
    return written


@require_GET
@needs(Permission.READ_NOTES)
def note(request: MemberRequest, uid: UUID) -> HttpResponse:
    """The signed note to read, one's own draft to write, or the reason why there is nothing yet."""
    session = _session(request.member, uid)
    written = _note(request.member, session)
    if written is not None:
        actions.open_note(note=written, by=request.member, now=timezone.now())
    if written is not None and written.is_signed:
        return _signed_page(request, session, written, AddendumForm())
    if not _may_write(request.member, session):
        return _waiting_page(request, session, _("No signed note of this session yet."))
    try:
        actions.check_may_write(session=session, by=request.member, now=timezone.now())
    except Refused as no:
        return _waiting_page(request, session, str(no))
    return _editor(request, session, _form_of(request.member, session, written))


@require_POST
@needs(Permission.WRITE_NOTE)
def write_note(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Save without JavaScript; the button says what comes next: stay, another format, or review."""
    session = _writable(request.member, uid)
    form = _posted_form(request, session)
    if not form.is_valid():
        return _editor(request, session, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = request.POST.get("switch", "")
    try:
        _save(request, session, form, format_key=chosen if chosen in FORMATS else "")
    except actions.ChangedElsewhere as no:
        return _side_by_side(request, session, no)
    except Refused as no:
        form.refuse(no)
        return _editor(request, session, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("next") == "review":
        return redirect("sign_note", uid=uid)
    if not chosen:
        messages.success(request, _("Draft saved."))
    return redirect("note", uid=uid)


@require_POST
@needs(Permission.WRITE_NOTE)
def save_note(request: MemberRequest, uid: UUID) -> JsonResponse:
    """Autosave: when it was saved and the new version; else why not, with everything left in the page."""
    session = _writable(request.member, uid)
    form = _posted_form(request, session)
    if not form.is_valid():
        said = next(str(errors[0]) for errors in form.errors.values())
        return JsonResponse({"message": said}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        saved = _save(request, session, form)
    except actions.ChangedElsewhere as no:
        said = _("%s Choose “Save draft” to see them side by side.") % no
        return JsonResponse({"message": said, "code": no.code}, status=no.status)
    except Refused as no:
        return JsonResponse({"message": str(no), "code": no.code}, status=no.status)
    clock = timezone.localtime(saved.changed_at)
    return JsonResponse({"saved_at": f"{clock:%H:%M}", "version": saved.version})


@require_http_methods(["GET", "POST"])
@needs(Permission.SIGN_NOTE, fresh=True)
def sign_note(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Read it once more, then sign exactly what was read."""
    written = _note_or_404(request.member, uid)
    _writable(request.member, uid)
    if request.method == "GET":
        return redirect("note", uid=uid) if written.is_signed else _review_page(request, written)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _review_page(request, written, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    written.version = form.cleaned_data["version"]
    try:
        actions.sign_note(note=written, by=request.member, now=timezone.now())
    except actions.AlreadySigned:
        return redirect("note", uid=uid)
    except Refused as no:
        messages.error(request, str(no))
        return _review_page(request, _note_or_404(request.member, uid), status=no.status)
    messages.success(request, _("Signed. The note stays as it is; you can add to it."))
    return redirect("note", uid=uid)


@require_POST
@needs(Permission.COSIGN_NOTE, fresh=True)
def cosign_note(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Say that one has read what was signed."""
    written = _note_or_404(request.member, uid)
    try:
        actions.cosign_note(note=written, by=request.member, now=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Co-signed."))
    return redirect("note", uid=uid)


@require_POST
@needs(Permission.WRITE_NOTE)
def add_addendum(request: MemberRequest, uid: UUID) -> HttpResponse:
    session, written = _writable(request.member, uid), _note_or_404(request.member, uid)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        return _signed_page(request, session, written, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.add_addendum(
            note=written, text=form.cleaned_data["text"], by=request.member, now=timezone.now()
        )
    except Refused as no:
        messages.error(request, str(no))
    return redirect("note", uid=uid)


def _form_of(member: Member, session: TherapySession, written: Note | None) -> NoteForm:
    """A form filled with the draft, or with what the booking already knows."""
    if written is None:
        usual, facts = screens.usual_format(member), screens.first_facts(session)
        values = initial_of(format_key=usual, body={}, walk=facts, version=0)
        return NoteForm(initial=values, shown_format=usual, kept={})
    values = initial_of(
        format_key=written.format, body=written.body, walk=written.walk, version=written.version
    )
    return NoteForm(initial=values, shown_format=written.format, kept=written.body)


def _posted_form(request: MemberRequest, session: TherapySession) -> NoteForm:
    standing = _note(request.member, session)
    return _bound_form(request.POST.copy(), standing.body if standing else {})


def _bound_form(posted: QueryDict, standing: dict[str, str]) -> NoteForm:
    """What was sent, with a box for every text that stands already or came along."""
    shown = posted.get("format", "")
    sent = {key.removeprefix("body_"): str(text) for key, text in posted.items() if key.startswith("body_")}
    for key, text in standing.items():
        posted.setdefault(f"body_{key}", text)
    known = shown if shown in FORMATS else Note.Format.SOAP
    return NoteForm(posted, shown_format=known, kept={**sent, **standing})


def _save(request: MemberRequest, session: TherapySession, form: NoteForm, *, format_key: str = "") -> Note:
    return actions.save_draft(
        session=session,
        format=format_key or form.cleaned_data["format"],
        body=form.body(),
        walk=form.walk(),
        version=form.cleaned_data["version"],
        by=request.member,
        now=timezone.now(),
    )


def _side_by_side(
    request: MemberRequest, session: TherapySession, no: actions.ChangedElsewhere
) -> HttpResponse:
    """Two windows: what was typed stays in the form, what stands is beside it; saving again is a choice."""
    posted = request.POST.copy()
    posted["version"] = str(no.saved.version)
    form = _bound_form(posted, no.saved.body)
    form.refuse(no)
    return _editor(request, session, form, status=no.status, saved=screens.note_sheet(no.saved))


def _editor(
    request: MemberRequest, session: TherapySession, form: NoteForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    previous = screens.previous_note(session, request.member)
    note_reading(client=session.client, part="note", by=request.member, now=timezone.now())
    page = {
        "current_nav": "clients",
        "form": form,
        "session": screens.session_facts(session),
        "formats": FORMATS.values(),
        "chosen_format": form["format"].value(),
        "previous": screens.note_sheet(previous) if previous else None,
        "previous_url": reverse("note", args=[previous.session.uid]) if previous else "",
        **more,
    }
    return render(request, "sessions/notes/write.html", page, status=status)


def _signed_page(
    request: MemberRequest, session: TherapySession, written: Note, form: AddendumForm, *, status: int = 200
) -> HttpResponse:
    page = {
        "current_nav": "clients",
        "note": screens.note_sheet(written),
        "session": screens.session_facts(session),
        "form": form,
        "may_add": _may_write(request.member, session),
        "may_cosign": _may_cosign(request.member, written),
    }
    return render(request, "sessions/notes/read.html", page, status=status)


def _review_page(request: MemberRequest, written: Note, *, status: int = 200) -> HttpResponse:
    page = {
        "note": screens.note_sheet(written),
        "session": screens.session_facts(_session(request.member, written.session.uid)),
        "form": SignForm(initial={"version": written.version}),
        "current_nav": "clients",
        "will_be_late": screens.is_late_at(written, timezone.now()),
    }
    return render(request, "sessions/notes/sign.html", page, status=status)


def _waiting_page(request: MemberRequest, session: TherapySession, reason: str) -> HttpResponse:
    note_reading(client=session.client, part="note", by=request.member, now=timezone.now())
    page = {"session": screens.session_facts(session), "reason": reason, "current_nav": "clients"}
    return render(request, "sessions/notes/none.html", page)
