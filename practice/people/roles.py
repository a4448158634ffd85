"""Who may do what: one enum of permissions, one table of grants. Silence means no."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    CLINICIAN = "clinician", _("Clinician")
    SUPERVISOR = "supervisor", _("Supervisor")
    RECEPTION = "reception", _("Reception")
    CLIENT = "client", _("Client")


class Permission(StrEnum):
    """A right that a role may hold. Which rows it reaches is the business of `visible_to`."""

    SEE_TODAY = "see_today"
    READ_CONTACTS = "read_contacts"
    REGISTER_CLIENT = "register_client"
    READ_RECORD = "read_record"
    CHANGE_RECORD = "change_record"
    ASK_SCREENING = "ask_screening"
    READ_SCREENING = "read_screening"
    DECIDE_CLEARANCE = "decide_clearance"
    TELL_CHANGE = "tell_change"
    READ_ROUTES = "read_routes"
    KEEP_ROUTES = "keep_routes"
    READ_CALENDAR = "read_calendar"
    BOOK_SESSION = "book_session"
    CLOSE_SESSION = "close_session"
    READ_NOTES = "read_notes"
    WRITE_NOTE = "write_note"
    SIGN_NOTE = "sign_note"
    READ_RUNS = "read_runs"
    LOG_RUN = "log_run"
    ANSWER_SCREENING = "answer_screening"
    SEE_QUESTIONS = "see_questions"
    USE_PORTAL = "use_portal"
    EXPORT_SUMMARY = "export_summary"
    READ_JOBS = "read_jobs"
    READ_ME = "read_me"
    KEEP_PEOPLE = "keep_people"
    READ_TRAIL = "read_trail"
    READ_STYLE = "read_style"
    COSIGN_NOTE = "cosign_note"
    BREAK_GLASS = "break_glass"
    EXPORT_RECORD = "export_record"
    EXPORT_OWN_RECORD = "export_own_record"
    EXPORT_PRACTICE = "export_practice"
    CONFIRM_PRACTICE_EXPORT = "confirm_practice_export"
    TAKE_EXPORT = "take_export"
    ERASE_RECORD = "erase_record"
    KEEP_RETENTION = "keep_retention"
    KEEP_INSTRUMENTS = "keep_instruments"
    READ_LETTERS = "read_letters"
    READ_SAFETY_PLAN = "read_safety_plan"
    READ_CONSENTS = "read_consents"
    KEEP_CONSENTS = "keep_consents"
    SIGN_CONSENT = "sign_consent"
    KEEP_AGREEMENTS = "keep_agreements"
    SEE_RESOURCES = "see_resources"
    READ_RESOURCES = "read_resources"
    KEEP_RESOURCES = "keep_resources"
    OPEN_EMERGENCY_CARD = "open_emergency_card"


_STAFF = frozenset(
    {
        Permission.READ_ME,
        Permission.READ_STYLE,
        Permission.READ_JOBS,
        Permission.SEE_TODAY,
        Permission.SEE_RESOURCES,
    }
)
_FRONT_DESK = _STAFF | {
    Permission.READ_CONTACTS,
    Permission.REGISTER_CLIENT,
    Permission.READ_ROUTES,
    Permission.READ_CALENDAR,
    Permission.BOOK_SESSION,
}
_CLINICAL_READING = {
    Permission.READ_CONTACTS,
    Permission.READ_RECORD,
    Permission.READ_SCREENING,
    Permission.SEE_QUESTIONS,
    Permission.READ_ROUTES,
    Permission.READ_CALENDAR,
    Permission.READ_NOTES,
    Permission.READ_RUNS,
    Permission.READ_LETTERS,
    Permission.READ_SAFETY_PLAN,
    Permission.READ_CONSENTS,
    Permission.EXPORT_SUMMARY,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _STAFF
    | {
        Permission.KEEP_PEOPLE,
        Permission.READ_TRAIL,
        Permission.READ_ROUTES,
        Permission.EXPORT_PRACTICE,
        Permission.CONFIRM_PRACTICE_EXPORT,
        Permission.TAKE_EXPORT,
        Permission.ERASE_RECORD,
        Permission.KEEP_RETENTION,
        Permission.KEEP_INSTRUMENTS,
        Permission.KEEP_AGREEMENTS,
        Permission.READ_RESOURCES,
        Permission.KEEP_RESOURCES,
    },
    Role.CLINICIAN: _FRONT_DESK
    | _CLINICAL_READING
    | {
        Permission.CHANGE_RECORD,
        Permission.KEEP_CONSENTS,
        Permission.ASK_SCREENING,
        Permission.DECIDE_CLEARANCE,
        Permission.TELL_CHANGE,
        Permission.KEEP_ROUTES,
        Permission.CLOSE_SESSION,
        Permission.WRITE_NOTE,
        Permission.SIGN_NOTE,
        Permission.COSIGN_NOTE,
        Permission.LOG_RUN,
        Permission.EXPORT_RECORD,
        Permission.CONFIRM_PRACTICE_EXPORT,
        Permission.TAKE_EXPORT,
        Permission.ERASE_RECORD,
        Permission.READ_RESOURCES,
        Permission.KEEP_RESOURCES,
        Permission.OPEN_EMERGENCY_CARD,
    },
    Role.SUPERVISOR: _STAFF
    | _CLINICAL_READING
    | {
        Permission.COSIGN_NOTE,
        Permission.READ_RESOURCES,
    },
    Role.RECEPTION: _FRONT_DESK,
    Role.CLIENT: frozenset(
        {
            Permission.READ_ME,
            Permission.USE_PORTAL,
            Permission.SEE_RESOURCES,
            Permission.READ_LETTERS,
            Permission.READ_SAFETY_PLAN,
            Permission.READ_CONSENTS,
            Permission.SIGN_CONSENT,
            Permission.ANSWER_SCREENING,
            Permission.TELL_CHANGE,
            Permission.SEE_QUESTIONS,
            Permission.LOG_RUN,
            Permission.READ_RUNS,
            Permission.EXPORT_OWN_RECORD,
            Permission.TAKE_EXPORT,
        }
    ),
}


EXTRA_RIGHTS = (Permission.BREAK_GLASS,)
"""Rights that no role brings: an owner gives them to a clinician or supervisor by name."""


def granted(roles: Iterable[str], rights: Iterable[str] = ()) -> frozenset[str]:
    """Everything that these roles and extra rights together allow. What is not known allows nothing."""
    return frozenset().union(
        *(GRANTS[Role(role)] for role in roles if role in GRANTS),
        (right for right in rights if right in EXTRA_RIGHTS),
    )
