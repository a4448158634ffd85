"""The rules, one after the other, as a clinician would read them out.

Codes: H1 eating disorder, H2 addiction, H3 crisis exclude; H1a, H2a, H3a hold until somebody has talked with the
client; C1 compulsion, C2 heart, C3 other health, C4 pregnancy, C5 trauma, C7 under-fuelling, C8 being seen and access.
Weight, pace and fitness are never rules.
"""

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.shapes import (
    ADDICTION,
    CHECK,
    CONDITIONS,
    CRISIS,
    EATING,
    HOLD,
    NOT_SUITED,
    NOTE,
    STOP,
    Hit,
)
from clients.screening.rules.triggers import (
    Trigger,
    any_of,
    anything_but_yes,
    at_least,
    both,
    left_for_a_talk,
    own_words,
    said,
)
from practice.web.refusals import Words

VERSION = "2"
"""Raised with every change of a rule; each decision keeps the version that was read for it."""

GRAVE = frozenset(
    {
        ("phq9", "q9"),
        *(("asq", f"q{number}") for number in range(1, 6)),
        ("alcohol", "times"),
        ("drugs", "times"),
        ("dependence", "now"),
        *(("movement", item) for item in ("eating_now", "making_up", "run_down")),
        *(("readiness", item) for item in ("chest", "faint", "breath", "legs", "known_disease")),
    }
)
"""Questions whose answer could hold: leaving one of them for a talk holds until the talk."""


def _stop(code: str, sentence: Words, *, excludes: str = "") -> Hit:
    decision = NOT_SUITED if excludes else HOLD
    return Hit(level=STOP, code=code, sentence=sentence, walk=decision, run=decision, excludes=excludes)


def _hold(code: str, sentence: Words) -> Hit:
    return Hit(level=CHECK, code=code, sentence=sentence, walk=HOLD, run=HOLD)


def _conditions(code: str, sentence: Words, conditions: Words, *, run: str = CONDITIONS) -> Hit:
    return Hit(level=CHECK, code=code, sentence=sentence, walk=CONDITIONS, run=run, conditions=conditions)


def _note(code: str, sentence: Words) -> Hit:
    return Hit(level=NOTE, code=code, sentence=sentence)


RULES: tuple[tuple[Trigger, Hit], ...] = (
    (
        said("asq", "q5", 1),
        _stop(
            "H3",
            _("Has thoughts of killing themself right now. Urgent safety pathway; no session outdoors."),
            excludes=CRISIS,
        ),
    ),
    (
        any_of(
            said("phq9", "q9", 1, 2, 3),
            *(said("asq", question, 1) for question in ("q1", "q2", "q3", "q4")),
        ),
        _stop("H3a", _("A safety answer. The same day: talk, assess the risk, make a plan.")),
    ),
    (
        said("movement", "eating_now", 3),
        _stop(
            "H1",
            _(
                "Says they have an eating disorder now, or are in treatment for one. Refer; offer another format."
            ),
            excludes=EATING,
        ),
    ),
    (
        said("dependence", "now", 3),
        _stop(
            "H2",
            _(
                "Says they live with an addiction now, or are in treatment for one. Refer; offer another format."
            ),
            excludes=ADDICTION,
        ),
    ),
    (
        said("movement", "eating_now", 2),
        _hold("H1", _("An eating disorder within the last 12 months. Talk before moving.")),
    ),
    (
        said("movement", "making_up", 1, 2),
        _hold("H1a", _("Makes up for eating. A screen, not a diagnosis: talk before moving.")),
    ),
    (
        said("dependence", "now", 2),
        _hold("H2", _("An addiction within the last 12 months: early recovery. Talk before moving.")),
    ),
    (
        any_of(at_least("drugs", "times", 1), at_least("alcohol", "times", 1)),
        _hold("H2a", _("At the cut-off for alcohol or drugs. Ask what it looks like in daily life.")),
    ),
    (
        any_of(*(said("readiness", sign, 1) for sign in ("chest", "faint", "breath", "legs"))),
        _hold(
            "C2", _("A sign from heart or circulation. No exertion before a doctor has agreed, however fit.")
        ),
    ),
    (
        both(said("readiness", "known_disease", 1), anything_but_yes("readiness", "active")),
        _hold(
            "C2a",
            _("A known heart, metabolic or kidney disease, and not used to moving. A doctor agrees first."),
        ),
    ),
    (
        said("movement", "run_down", 1),
        _hold("C7", _("Signs of too little fuel or rest. Medical review before moving.")),
    ),
    (
        left_for_a_talk(GRAVE, among_them=True),
        _hold("talk", _("Would rather talk about this in person: do so before moving.")),
    ),
    (
        both(said("readiness", "known_disease", 1), said("readiness", "active", 1)),
        _conditions(
            "C2a",
            _(
                "A known heart, metabolic or kidney disease, and used to moving. A doctor agrees before anything hard."
            ),
            _("Moderate effort only: full sentences throughout."),
            run=HOLD,
        ),
    ),
    (
        any_of(
            said("movement", "joy_or_fear", 2),
            said("movement", "resting_today", 3),
            said("movement", "missed_day", 3),
            said("movement", "skipped", 2),
        ),
        _conditions(
            "C1",
            _("Movement sounds driven rather than chosen."),
            _("Walk only; an agreed weekly ceiling; rest days agreed."),
            run=HOLD,
        ),
    ),
    (
        said("readiness", "pregnancy", 1),
        _conditions(
            "C4",
            _("Pregnant, or gave birth within 12 weeks. Midwife or doctor agrees."),
            _("Walking by default; full sentences throughout."),
            run=HOLD,
        ),
    ),
    (
        said("readiness", "other_health", 1),
        _conditions(
            "C3",
            _("Breathing, allergy, epilepsy, insulin, falls, injury, surgery or concussion: ask which."),
            _("Carries own medication; seated breaks on the way."),
        ),
    ),
    (
        said("readiness", "followed", 1),
        _conditions(
            "C5",
            _("Being breathless or followed may bring something back."),
            _("Daylight; a route the client chose; walk first; a grounding plan."),
        ),
    ),
    (
        any_of(said("readiness", "being_seen", 1), said("readiness", "access", 1)),
        _conditions(
            "C8",
            _("Being seen or overheard, or access, needs planning."),
            _("A quiet, step-free or indoor choice, as agreed."),
        ),
    ),
    (
        any_of(
            said("movement", "resting_today", 2),
            said("movement", "missed_day", 2),
            said("movement", "skipped", 1),
        ),
        _note("C1", _("Uneasy about rest, or moved instead of something else. Worth a conversation.")),
    ),
    (
        any_of(said("movement", "eating_now", 1), said("dependence", "now", 1)),
        _note("history", _("Longer ago than 12 months. Worth knowing, nothing to hold.")),
    ),
    (
        left_for_a_talk(GRAVE, among_them=False),
        _note("wish", _("Would rather talk about this in person.")),
    ),
    (own_words, _note("words", _("In their own words."))),
)
