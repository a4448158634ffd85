"""What each action of the trail is called in plain words, and what kind of thing it was. One table, nothing beside it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What the screen can be narrowed to. The values stand in addresses."""

    READ = "read"
    WRITE = "write"
    EXPORT = "export"
    SIGN_IN = "sign-in"
    RIGHTS = "rights"
    REFUSED = "refused"
    EMERGENCY = "break-glass"
    TRAIL = "trail"
    WORK = "work"
    ROW = "row"


KINDS: dict[Kind, Promise] = {
    Kind.READ: _("Looking at a record"),
    Kind.WRITE: _("Writing"),
    Kind.EXPORT: _("Taking a copy"),
    Kind.SIGN_IN: _("Signing in and out"),
    Kind.RIGHTS: _("Rights, roles and keys"),
    Kind.REFUSED: _("Refused"),
    Kind.EMERGENCY: _("Emergency access"),
    Kind.TRAIL: _("The trail itself"),
    Kind.WORK: _("Work in the background"),
    Kind.ROW: _("Rows of the database"),
}


@dataclass(frozen=True)
class Act:
    """`words` follow a name: "Robin Vale – opened the record". `fhir` is the letter of FHIR's AuditEvent.action."""

    kind: Kind
    words: Promise
    fhir: str


def _act(kind: Kind, words: Promise, fhir: str = "") -> Act:
    usual = {Kind.READ: "R", Kind.WRITE: "U", Kind.RIGHTS: "U"}
    return Act(kind, words, fhir or usual.get(kind, "E"))


_R, _W, _X, _S, _G = Kind.READ, Kind.WRITE, Kind.EXPORT, Kind.SIGN_IN, Kind.RIGHTS
ACTS: dict[str, Act] = {
    "client_read": _act(_R, _("opened the record")),
    "list_read": _act(_R, _("looked at a list")),
    "note_read": _act(_R, _("read a note")),
    "summary_read": _act(_R, _("read a summary")),
    "safety_plan_read": _act(_R, _("read the safety plan")),
    "emergency_card_read": _act(_R, _("opened the emergency card of a session")),
    "screening_opened": _act(_R, _("opened answers")),
    "safetyalert_opened": _act(_R, _("opened a safety answer")),
    "client_registered": _act(_W, _("began the record"), "C"),
    "client_edited": _act(_W, _("changed the details")),
    "client_status_set": _act(_W, _("said where the work stands")),
    "result_entered": _act(_W, _("entered a result from elsewhere"), "C"),
    "result_struck": _act(_W, _("struck a result from elsewhere out")),
    "instrument_taken": _act(_W, _("took a questionnaire into use"), "C"),
    "instrument_put_away": _act(_W, _("put a questionnaire away")),
    "screening_asked": _act(_W, _("asked questions"), "C"),
    "screening_cancelled": _act(_W, _("took the questions back")),
    "screening_submitted": _act(_W, _("handed answers in")),
    "intake_told": _act(_W, _("told something about themself")),
    "draft_notice_given": _act(_W, _("said when an unfinished form ends")),
    "draft_erased": _act(_W, _("erased an unfinished form"), "D"),
    "question_answered": _act(_W, _("answered a question")),
    "asked_in_person": _act(_W, _("asked in person"), "C"),
    "clearance_decided": _act(_W, _("decided about moving"), "C"),
    "letter_seen": _act(_W, _("saw a doctor’s letter"), "C"),
    "override_asked": _act(_W, _("asked a second clinician to override a rule"), "C"),
    "override_signed": _act(_W, _("overrode a rule as second clinician"), "C"),
    "override_declined": _act(_W, _("declined to override a rule")),
    "override_taken_back": _act(_W, _("took back the wish to override a rule")),
    "overrides_allowed": _act(_G, _("allowed overrides by a second clinician")),
    "overrides_forbidden": _act(_G, _("forbade overrides")),
    "letter_sent": _act(_W, _("sent a letter about a decision"), "C"),
    "overridewish_opened": _act(_R, _("opened a wish to override a rule")),
    "letter_read": _act(_W, _("said that they had read a letter about a decision"), "C"),
    "clearance_opened": _act(_R, _("looked at who was told of a decision")),
    "letter_opened": _act(_R, _("opened a letter about a decision")),
    "somebody_told": _act(_W, _("wrote down who was told of a decision"), "C"),
    "clearance_held": _act(_W, _("put moving on hold"), "C"),
    "rescreen_asked": _act(_W, _("asked to look at moving again"), "C"),
    "rescreen_added_to": _act(_W, _("added to what is to be looked at")),
    "rescreen_closed": _act(_W, _("closed what was to be looked at")),
    "safety_alert_raised": _act(_W, _("raised a safety alert"), "C"),
    "safety_alert_closed": _act(_W, _("closed a safety alert")),
    "work_left_out": _act(Kind.WORK, _("left a record out of work by itself, because it could not be done")),
    "called_for": _act(_W, _("called somebody by letter to look at Today")),
    "safe_now_said": _act(_W, _("said whether they are safe now")),
    "measure_planned": _act(_W, _("planned how often questions are asked"), "C"),
    "measure_plan_changed": _act(_W, _("changed how often questions are asked")),
    "measure_plan_paused": _act(_W, _("let a plan of questions rest")),
    "measure_plan_resumed": _act(_W, _("took a plan of questions up again")),
    "measure_plan_ended": _act(_W, _("ended a plan of questions")),
    "measures_sent": _act(_W, _("asked what was due by plan"), "C"),
    "measure_filled_in_together": _act(_W, _("filled answers in together with the client")),
    "run_logged": _act(_W, _("logged a walk or run"), "C"),
    "run_changed": _act(_W, _("changed an entry of the log")),
    "run_removed": _act(_W, _("took an entry of the log back"), "D"),
    "agreement_point_saved": _act(_W, _("ticked a point of an agreement")),
    "consent_asked": _act(_W, _("asked for a signature"), "C"),
    "consent_talk_wished": _act(_W, _("would like to talk about an agreement"), "C"),
    "consent_given": _act(_W, _("agreed"), "C"),
    "consent_withdrawn": _act(_W, _("took an agreement back"), "C"),
    "agreement_drafted": _act(_W, _("worked on the wording of an agreement")),
    "agreement_draft_dropped": _act(_W, _("dropped a wording"), "D"),
    "agreement_published": _act(_W, _("published the wording of an agreement"), "C"),
    "agreement_rule_set": _act(_W, _("said whether moving needs an agreement")),
    "session_booked": _act(_W, _("booked a session"), "C"),
    "session_moved": _act(_W, _("changed a session")),
    "session_cancelled": _act(_W, _("cancelled a session")),
    "session_put_back": _act(_W, _("put a session back")),
    "session_held": _act(_W, _("put a session on hold")),
    "session_hold_settled": _act(_W, _("chose what becomes of a session on hold")),
    "hold_choice_undone": _act(_W, _("took that choice back")),
    "client_told": _act(_W, _("told the client about their sessions")),
    "session_completed": _act(_W, _("said that a session took place")),
    "session_no_show": _act(_W, _("said that nobody came")),
    "note_draft_saved": _act(_W, _("saved a draft of a note")),
    "note_signed": _act(_W, _("signed a note")),
    "note_cosigned": _act(_W, _("co-signed a note")),
    "addendum_added": _act(_W, _("added to a note"), "C"),
    "summary_asked": _act(_W, _("asked for a summary"), "C"),
    "summary_made": _act(_W, _("made a summary"), "C"),
    "safety_plan_written": _act(_W, _("wrote the safety plan"), "C"),
    "safety_plan_looked_at": _act(_W, _("looked at the safety plan together")),
    "first_aid_noted": _act(_W, _("wrote down what helpers should know")),
    "buddy_named": _act(_W, _("said who knows where they are")),
    "route_imported": _act(_W, _("added a route"), "C"),
    "route_edited": _act(_W, _("changed a route")),
    "route_places_kept": _act(_W, _("wrote down where helpers find a route")),
    "route_archived": _act(_W, _("put a route away")),
    "route_restored": _act(_W, _("brought a route back")),
    "resources_seeded": _act(_W, _("wrote down the numbers that came with Towpath"), "C"),
    "resource_added": _act(_W, _("wrote down where clients can turn"), "C"),
    "resource_edited": _act(_W, _("corrected where clients can turn")),
    "resource_confirmed": _act(_W, _("confirmed a number for clients")),
    "resource_archived": _act(_W, _("put a number for clients away")),
    "resource_restored": _act(_W, _("brought a number for clients back")),
    "hold_set": _act(_W, _("said that the record must be kept"), "C"),
    "hold_lifted": _act(_W, _("lifted the duty to keep the record")),
    "erasure_asked": _act(_W, _("asked to erase the record"), "C"),
    "erasure_withdrawn": _act(_W, _("took back the wish to erase the record")),
    "client_erased": _act(_W, _("erased the record"), "D"),
    "retention_set": _act(_W, _("set how long records are kept")),
    "page_printed": _act(_X, _("printed a page"), "R"),
    "summary_downloaded": _act(_X, _("took the PDF of a summary"), "R"),
    "export_asked": _act(_X, _("asked for a copy of the record")),
    "export_made": _act(_X, _("made a copy of the record")),
    "export_taken": _act(_X, _("took a copy of the record"), "R"),
    "practice_export_asked": _act(_X, _("asked for a copy of everything")),
    "practice_export_confirmed": _act(_X, _("agreed to a copy of everything")),
    "practice_export_made": _act(_X, _("made a copy of everything")),
    "practice_export_taken": _act(_X, _("took a copy of everything"), "R"),
    "download_cut": _act(_X, _("was handed a part of a file; the right to it was gone before its end"), "R"),
    "resume_link_sent": _act(_S, _("sent a link to come back by")),
    "intake_resumed": _act(_S, _("came back by a link")),
    "resume_refused": _act(_S, _("could not show who they are at a link")),
    "signed_in": _act(_S, _("signed in")),
    "signed_out": _act(_S, _("signed out")),
    "sign_in_failed": _act(_S, _("could not sign in")),
    "proof_failed": _act(_S, _("could not show again who they are")),
    "password_changed": _act(_S, _("changed their password"), "U"),
    "passkey_copy_refused": _act(_S, _("a passkey that looks like a copy was refused")),
    "session_ended": _act(_S, _("was signed out because the time was up")),
    "factor_added": _act(_S, _("added a second step to signing in"), "U"),
    "factor_removed": _act(_S, _("removed a second step from signing in"), "U"),
    "factor_reset": _act(_S, _("made new recovery codes"), "U"),
    "exit_switched_on": _act(_G, _("let clients see “Exit quickly”")),
    "exit_switched_off": _act(_G, _("decided that clients do not see “Exit quickly”")),
    "response_words_set": _act(_G, _("said who reads answers, and by when")),
    "practice_founded": _act(_G, _("founded the practice"), "C"),
    "member_admitted": _act(_G, _("let somebody in"), "C"),
    "member_invited": _act(_G, _("invited somebody"), "C"),
    "portal_opened": _act(_G, _("opened the client’s own pages"), "C"),
    "care_team_joined": _act(_G, _("let somebody join the care team"), "C"),
    "care_team_left": _act(_G, _("ended a part in the care team")),
    "care_handed_over": _act(_G, _("handed the care over")),
    "care_taken_over": _act(_G, _("took the care over by their own appointment")),
    "member_rights_changed": _act(_G, _("changed somebody’s roles or rights")),
    "second_factor_reset": _act(_G, _("reset somebody’s second step")),
    "member_deactivated": _act(_G, _("took somebody’s access away")),
    "member_reactivated": _act(_G, _("gave somebody their access back")),
    "portal_invited": _act(_G, _("invited the client to their own pages"), "C"),
    "portal_invitation_withdrawn": _act(_G, _("took an invitation back")),
    "portal_invitation_refused": _act(_G, _("an invitation did not fit and was refused")),
    "portal_accepted": _act(_G, _("took up an invitation")),
    "portal_confirmed": _act(_G, _("confirmed who took up the invitation")),
    "token_created": _act(_G, _("made a key for a program"), "C"),
    "token_revoked": _act(_G, _("ended a key for a program")),
    "keys_rotated": _act(_G, _("changed the key of the installation")),
    "key_destroyed": _act(_G, _("destroyed the key of a record"), "D"),
    "break_glass_opened": _act(Kind.EMERGENCY, _("opened the record in an emergency"), "R"),
    "break_glass_closed": _act(Kind.EMERGENCY, _("ended the emergency access"), "U"),
    "break_glass_reviewed": _act(Kind.EMERGENCY, _("reviewed an emergency access"), "U"),
    "denied": _act(Kind.REFUSED, _("was refused")),
    "trail_read": _act(Kind.TRAIL, _("looked at the trail"), "R"),
    "trail_exported": _act(Kind.TRAIL, _("took a copy of the trail"), "R"),
    "trail_checked": _act(Kind.TRAIL, _("checked the trail")),
    "trail_accepted": _act(Kind.TRAIL, _("accepted the trail after a restore")),
    "job_asked": _act(Kind.WORK, _("asked for work in the background")),
    "demo_scaled": _act(Kind.WORK, _("made up very many clients")),
    "row_added": _act(Kind.ROW, _("added a row"), "C"),
    "row_changed": _act(Kind.ROW, _("changed a row")),
    "row_removed": _act(Kind.ROW, _("removed a row"), "D"),
    "table_emptied": _act(Kind.ROW, _("emptied a table"), "D"),
}
READING = tuple(name for name, act in ACTS.items() if act.kind is Kind.READ)

REASONS: dict[str, Promise] = {
    "not_permitted": _("Their roles do not hold this right."),
    "not_in_care": _("The record is not in their care."),
    "key_refused": _("The key of a program was wrong, ended or revoked."),
    "wrong_password": _("Wrong address or password."),
    "wrong_code": _("Wrong code or passkey."),
    "time_is_up": _("The longest time of a sign-in was over."),
    "right_gone": _("The right to it was gone while it was on its way."),
    "not_the_writer": _("Somebody else wrote it."),
}


def words_of(action: str) -> str:
    """The words for an action; its own name, spelled out, for one we no longer know."""
    act = ACTS.get(action)
    return str(act.words) if act else action.replace("_", " ")


def reason_words(reason: str) -> str:
    """Why, in words: a code that we know, else what was kept."""
    known = REASONS.get(reason)
    return str(known) if known else reason.replace("_", " ")


def fhir_action(action: str) -> str:
    act = ACTS.get(action)
    return act.fhir if act else "E"


def actions_of(kind: str) -> list[str]:
    """Every action of a kind; none for a kind that there is not."""
    return [name for name, act in ACTS.items() if act.kind == kind]
