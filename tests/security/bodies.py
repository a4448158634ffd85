"""The smallest body that each door takes, so that the table tells who may from who may not.

A door without a line here is sent an empty body. Values are made from a home; nothing in here is checked by itself.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from clients.consents.texts import shipped
from tests.clients.instruments.made_up import as_json, made_up
from tests.factories import MONDAY_NOON
from tests.security.town import Home

ROUTE_FILE = Path(__file__).resolve().parent.parent / "data" / "Mojstrovka.gpx"
NEXT_WEEK = MONDAY_NOON + timedelta(days=8)
DAYS = {"since": "2026-05-01", "until": "2026-05-28", "audience": "supervision"}
SIT = {"mode": "sit", "place": "office", "minutes": 50}
RUN = {"activity": "walk", "minutes": 20, "started_at": "2026-06-01T08:00:00+01:00"}
WEB_RUN = {"activity": "walk", "minutes": "20", "started_at": "2026-06-01T08:00"}
RHYTHM = {"every": 4, "unit": "weeks", "starts_on": "2026-06-01"}
DECISION = {"mode": "walk", "decision": "hold", "rationale": "To be looked at.", "review_on": "2026-07-01"}

TICKS = {f"{point.key}-agreed": "on" for point in shipped().points} | {"meeting-choice": "nothing"}
WORDING = {
    "title": "Agreement",
    "opening": "Read it.",
    "review_months": "12",
    "pace-heading": "Pace",
    "pace-words": "I set it.",
}
OVERRIDE = {"mode": "walk", "rationale": "Ten weeks steady.", "conditions": "With a snack."}
HARD_DAYS = {"signs": "Curtains closed.", "look_again_on": "2026-07-01"}
NIGHT_LINE = {"name": "Night line", "need": "crisis", "country": "GB", "phone": "01632 960124"}

BODIES: dict[str, Callable[[Home], dict[str, Any]]] = {
    "enter_result": lambda home: {"questionnaire": "WSAS", "score": "14", "taken_on": "2026-05-20"},
    "switch_on_instrument": lambda home: {"understood": "on"},
    "write_safety_plan": lambda home: {**HARD_DAYS, "version": "1"},
    "look_at_safety_plan": lambda home: {"look_again_on": "2026-07-01", "version": "1"},
    "first_aid": lambda home: {"words": "Wasps."},
    "add_resource": lambda home: dict(NIGHT_LINE),
    "edit_resource": lambda home: {**NIGHT_LINE, "version": "1"},
    "confirm_resource": lambda home: {"version": "1"},
    "route_places": lambda home: {"address": "1 Lock Lane", "version": "1"},
    "my_buddy": lambda home: {"name": "Ash Ford", "phone": "01632 960003"},
    "register_client": lambda home: {"name": "Ash Ford", "uid": "11111111-1111-4111-8111-111111111111"},
    "edit_client": lambda home: {"name": "Sam Wood"},
    "set_status": lambda home: {"status": "paused"},
    "reset_second_factor": lambda home: {"reason": "lost"},
    "join_care_team": lambda home: {"member": home.uid("clinician"), "part": "covering"},
    "leave_care_team": lambda home: {"member": home.uid("clinician")},
    "open_portal": lambda home: {"email": "sam@clients.example"},
    "ask_screening": lambda home: {"purpose": "measure", "instruments": ["phq9"]},
    "decide_clearance": lambda home: {
        "walk_decision": "hold",
        "rationale": "To be looked at.",
        "review_on": "2026-07-01",
    },
    "sign_clearance": lambda home: {
        "walk_decision": "hold",
        "rationale": "To be looked at.",
        "review_on": "2026-07-01",
    },
    "letter_seen": lambda home: {"words": "All well."},
    "letter_told": lambda home: {"whom": "Dr Ash", "how": "phone"},
    "tell_of_decision": lambda home: {"whom": "Dr Ash", "how": "phone"},
    "ask_override": lambda home: dict(OVERRIDE),
    "answer_override": lambda home: {"step": "decline", "reason": "Too early."},
    "override_policy": lambda home: {"allowed": "on"},
    "tell_change": lambda home: {"kind": "medicine"},
    "my_changes": lambda home: {"kind": "medicine"},
    "choose_held": lambda home: {"choice": "keep", "place": "office"},
    "plan_measures": lambda home: {**RHYTHM, "instruments": ["core10"]},
    "measure_plan": lambda home: dict(RHYTHM),
    "begin_together": lambda home: {"instrument": "gad7"},
    "fill_in_together": lambda home: {f"q{number}": "0" for number in range(1, 8)},
    "safety_alert": lambda home: {"what_was_done": "Called and agreed what to do."},
    "log_for_client": lambda home: {**WEB_RUN, "uid": "22222222-2222-4222-8222-222222222222"},
    "portal_log": lambda home: {**WEB_RUN, "uid": "33333333-3333-4333-8333-333333333333"},
    "portal_run": lambda home: {**WEB_RUN, "uid": home.uid("run")},
    "client_run": lambda home: {**WEB_RUN, "uid": home.uid("run")},
    "heading_out": lambda home: {"mood": "3"},
    "ask_summary": lambda home: dict(DAYS),
    "edit_route": lambda home: {"name": "Towpath", "version": 1},
    "import_route": lambda home: {"file": _file()},
    "book_session": lambda home: {
        **SIT,
        "client": home.uid("client"),
        "clinician": home.uid("clinician"),
        "date": "2026-06-09",
        "time": "12:00",
    },
    "move_session": lambda home: {
        **SIT,
        "clinician": home.uid("clinician"),
        "date": "2026-06-09",
        "time": "12:00",
    },
    "cancel_session": lambda home: {"reason": "weather"},
    "save_note": lambda home: {"format": "soap", "version": 1, "body_plan": "Rest."},
    "write_note": lambda home: {"format": "soap", "version": 1, "body_plan": "Rest."},
    "sign_note": lambda home: {"version": 1},
    "add_addendum": lambda home: {"text": "One more thing."},
    "my_question": lambda home: {"value": "0"},
    "my_section": lambda home: {"value": "Sam"},
    "set_exit": lambda home: {"is_on": "on", "exit_to": "https://weather.example/"},
    "keep_practice": lambda home: {"response_words": "A clinician reads them within a day."},
    "resume": lambda home: {"email": "nobody@clients.example"},
    "my_support": lambda home: {"safe_now": "yes"},
    "my_point": lambda home: {"version": "1", "agreed": "on", "then": "on"},
    "sign_agreement": lambda home: {"version": "1", "signature": "Sam Wood"},
    "my_sharing": lambda home: {"about": "mood", "say": "no"},
    "sign_in_person": lambda home: {**TICKS, "version": "1", "signature": "Sam Wood"},
    "allow_in_person": lambda home: {"about": "mood", "signature": "Sam Wood"},
    "note_withdrawal": lambda home: {"about": "mood"},
    "edit_agreement": lambda home: {**WORDING, "based_on": "1"},
    "api_consents": lambda home: {"about": "mood"},
    "api_withdraw_consent": lambda home: {"about": "mood"},
    "api_clients": lambda home: {"name": "Ash Ford", "clinician": home.uid("clinician")},
    "api_client": lambda home: {"name": "Sam Wood"},
    "api_changes": lambda home: {"kind": "medicine"},
    "api_sessions_on_hold": lambda home: {"choice": "keep"},
    "api_measure_plans": lambda home: {**RHYTHM, "client": home.uid("client"), "instrument": "core10"},
    "api_measure_plan": lambda home: dict(RHYTHM),
    "api_safety_plan": lambda home: {**HARD_DAYS, "version": 1},
    "api_first_aid": lambda home: {"words": "Wasps."},
    "api_look_at_safety_plan": lambda home: {"look_again_on": "2026-07-01", "version": 1},
    "api_resources": lambda home: dict(NIGHT_LINE),
    "api_resource": lambda home: {**NIGHT_LINE, "version": 1},
    "api_confirm_resource": lambda home: {"version": 1},
    "api_tell": lambda home: {"section": "about", "ask": "called", "value": "Sam"},
    "api_questionnaires": lambda home: {"file": _questionnaire(), "statement": "ours"},
    "api_switch_on_questionnaire": lambda home: {"understood": True},
    "api_together": lambda home: {"instrument": "gad7", "answers": {"q1": 0}},
    "api_safe_now": lambda home: {"safe_now": "yes"},
    "api_told": lambda home: {"whom": "Dr Ash", "how": "phone"},
    "api_close_alert": lambda home: {"what_was_done": "Called and agreed what to do."},
    "api_letter_seen": lambda home: {"words": "All well."},
    "api_override_wishes": lambda home: {**OVERRIDE, "client": home.uid("client"), "talked": True},
    "api_answer_override": lambda home: {"answer": "decline", "reason": "Too early."},
    "api_clearances": lambda home: {**DECISION, "client": home.uid("client")},
    "api_routes": lambda home: {"file": _file()},
    "api_route": lambda home: {"name": "Towpath"},
    "api_runs": lambda home: {**RUN, "client": home.uid("client")},
    "api_run": lambda home: {"minutes": 25},
    "api_screenings": lambda home: {"client": home.uid("client"), "purpose": "measure"},
    "api_answers": lambda home: {"instrument": "phq9", "item": "q1", "value": 0},
    "api_sessions": lambda home: {
        **SIT,
        "client": home.uid("client"),
        "clinician": home.uid("clinician"),
        "starts_at": NEXT_WEEK.isoformat(),
    },
    "api_session": lambda home: {"starts_at": NEXT_WEEK.isoformat(), "minutes": 50},
    "api_cancel_session": lambda home: {"reason": "weather"},
    "api_session_notes": lambda home: {"format": "soap", "version": 1, "body": {"plan": "Rest."}},
    "api_sign_note": lambda home: {"version": 1},
    "api_addenda": lambda home: {"text": "One more thing."},
    "api_summaries": lambda home: {**DAYS, "client": home.uid("client")},
    "api_exports": lambda home: {"client": home.uid("client")},
}


def body_for(name: str, home: Home) -> dict[str, Any]:
    """What to send to the door of this name about this home."""
    return BODIES[name](home) if name in BODIES else {}


def _questionnaire() -> BytesIO:
    file = BytesIO(as_json(made_up()))
    file.name = "our_check.json"
    return file


def _file() -> BytesIO:
    file = BytesIO(ROUTE_FILE.read_bytes())
    file.name = "way.gpx"
    return file
