"""H1a, H2a, H3a, H3b, C2, C7 and what is left for a talk: nobody moves before somebody has talked."""

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.shapes import STOP, Given, Sheet
from clients.screening.rules.table.rule import OURS, Rule, holds
from clients.screening.rules.triggers import (
    a_safety_answer,
    any_of,
    anything_but_yes,
    at_least,
    both,
    left_for_a_talk,
    said,
    total,
)

SCALES_THAT_HOLD = frozenset(
    {"scoff", "auditc", "audit", "dast10", "bbgs", "eai", "cage", "cageaid", "circumstances"}
)
GRAVE: frozenset[Given] = frozenset(
    {
        *(("asq", f"q{number}") for number in range(1, 6)),
        ("alcohol", "times"),
        ("drugs", "times"),
        ("dependence", "now"),
        *(("movement", item) for item in ("eating_now", "making_up", "run_down")),
        *(("readiness", item) for item in ("chest", "faint", "breath", "legs", "known_disease")),
    }
)
"""Questions that an answer to could close walking and running: what is left for a talk is read as that answer."""

FOR_RUNNING: frozenset[Given] = frozenset(
    {
        ("readiness", "pregnancy"),
        *(("movement", item) for item in ("joy_or_fear", "resting_today", "missed_day", "skipped")),
    }
)
"""Those that could hold running, and leave walking open with conditions."""

FOR_PLANNING: frozenset[Given] = frozenset(
    {
        *(("readiness", item) for item in ("other_health", "followed", "being_seen", "access")),
        *(("pcptsd5", item) for item in ("event", "q1", "q2", "q3", "q4", "q5")),
    }
)
"""Those that could bring conditions."""

SCOFF = _("SCOFF, Morgan, Reid and Lacey, BMJ 1999;319:1467")
SCOFF_WEIGH = _(
    "Among people who did not come for it most positives are false alarms (about 1 in 10 is right), so it never excludes"
    " by itself."
)
BEHAVIOUR = _("“Addictive personality” is no diagnosis. Ask what it looks like in daily life.")
HEART = _("Logic after Riebe 2015, doi 10.7916/D8M908BH")


def is_grave(sheet: Sheet, item: str) -> bool:
    """Whether an answer to this question could hold walking: leaving it for a talk holds until the talk."""
    key, scale = sheet.instrument.key, sheet.instrument.reads_as
    return not is_of_safety(sheet, item) and ((key, item) in GRAVE or scale in SCALES_THAT_HOLD)


def is_of_safety(sheet: Sheet, item: str) -> bool:
    """Whether an answer to this question could be one of safety."""
    return any(one.key == item and one.safety for one in sheet.instrument.items)


def holds_running(sheet: Sheet, item: str) -> bool:
    """Whether an answer to this question could hold running alone."""
    return (sheet.instrument.key, item) in FOR_RUNNING


def needs_planning(sheet: Sheet, item: str) -> bool:
    """Whether an answer to this question could bring conditions, and no more."""
    return (sheet.instrument.key, item) in FOR_PLANNING


def is_only_a_wish(sheet: Sheet, item: str) -> bool:
    """Whether no answer to this question would change what is suggested."""
    return not any(of(sheet, item) for of in (is_grave, is_of_safety, holds_running, needs_planning))


HOLDING_RULES: tuple[Rule, ...] = (
    holds(
        "H3a",
        a_safety_answer(but=("asq", "q5")),
        _("A safety answer. The same day: talk, assess the risk, make a plan."),
        source=_("PHQ-9 question 9, CORE-10 question 6, any yes in ASQ"),
        weigh=_("People answer it for many reasons. Only a talk the same day tells which."),
        level=STOP,
    ),
    holds(
        "H3a",
        left_for_a_talk(is_of_safety),
        _("Would rather talk about a question of safety. The same day: talk, assess the risk, make a plan."),
        source=_("ASQ, NIMH: not wanting to say is read as a positive screen"),
        weigh=_("Many would rather say it than tick it, whichever answer it is. Only the talk tells."),
        level=STOP,
    ),
    holds(
        "H3b",
        any_of(*(said("circumstances", item, 1) for item in ("admission", "upheaval", "found"))),
        _(
            "A crisis within three months, an upheaval now, or somebody who must not know the route. See them indoors"
            " first."
        ),
        source=OURS,
        weigh=_(
            "Time and support change it. A route that nobody can foresee does not make it safe by itself."
        ),
        level=STOP,
    ),
    holds(
        "H1",
        said("movement", "eating_now", 2),
        _("An eating disorder within the last 12 months. Talk before moving."),
        source=OURS,
        weigh=_("Twelve months is a default: ask how steady it is, and who else is with them in it."),
    ),
    holds(
        "H1a",
        any_of(said("movement", "making_up", 1, 2)),
        _("Makes up for eating. A screen, not a diagnosis: talk before moving."),
        source=OURS,
        weigh=_("Ask how often, and what happens on a day without."),
    ),
    holds(
        "H1a",
        total("scoff", 2, older=True),
        _("SCOFF at the cut-off. A screen, not a diagnosis: talk before moving."),
        source=SCOFF,
        weigh=SCOFF_WEIGH,
    ),
    holds(
        "H1a",
        total("scoff", 1, older=False),
        _(
            "SCOFF 1 or more, and below 25 years or of an age that nobody knows. A screen, not a diagnosis: talk before"
            " moving."
        ),
        source=_("SCOFF; one point below 25 years is a default of Towpath"),
        weigh=SCOFF_WEIGH,
    ),
    holds(
        "H2",
        said("dependence", "now", 2),
        _("An addiction within the last 12 months: early recovery. Talk before moving."),
        source=OURS,
        weigh=_(
            "Twelve months is a default: ask what helps them stay with it, and whether moving is part of it."
        ),
    ),
    holds(
        "H2a",
        any_of(at_least("drugs", "times", 1), at_least("alcohol", "times", 1)),
        _("At the cut-off for alcohol or drugs. Ask what it looks like in daily life."),
        source=_("Smith 2010, PMC2911954; NIAAA 2005: once or more in a year"),
        weigh=BEHAVIOUR,
    ),
    holds(
        "H2a",
        total("auditc", 3),
        _("AUDIT-C at the cut-off. Ask what it looks like in daily life."),
        source=_("AUDIT-C, Bush 1998: 3 or more for women, 4 or more for men"),
        weigh=_(
            "We do not know which of the two fits and read the lower. In the United Kingdom 5 is common."
        ),
    ),
    holds(
        "H2a",
        total("audit", 16, 19),
        _("AUDIT in the harmful range. Ask what it looks like in daily life."),
        source=_("AUDIT, Babor 2001: 16 to 19"),
        weigh=BEHAVIOUR,
    ),
    holds(
        "H2a",
        total("dast10", 3, 5),
        _("DAST-10 in the moderate range. Ask what it looks like in daily life."),
        source=_("DAST-10, Skinner 1982: 3 to 5"),
        weigh=BEHAVIOUR,
    ),
    holds(
        "H2a",
        total("bbgs", 1),
        _("A yes about gambling. Ask what it looks like in daily life."),
        source=_("BBGS, Gebauer 2010: 1 or more"),
        weigh=BEHAVIOUR,
    ),
    holds(
        "H2a",
        total("eai", 24),
        _("EAI in the range at risk: moving may have a hold on them. Talk before moving."),
        source=_("EAI, Griffiths 2005: 24 or more"),
        weigh=_("Scores differ between countries. Ask what happens when they rest."),
    ),
    holds(
        "H2a",
        any_of(total("cage", 2), total("cageaid", 2)),
        _("CAGE at the cut-off. Ask what it looks like in daily life."),
        source=_("Ewing 1984; CAGE-AID, Brown and Rounds 1995: 2 or more"),
        weigh=BEHAVIOUR,
    ),
    holds(
        "C2",
        any_of(*(said("readiness", sign, 1) for sign in ("chest", "faint", "breath", "legs"))),
        _("A sign from heart or circulation. No exertion before a doctor has agreed, however fit."),
        source=HEART,
        weigh=_("How fit somebody is does not count against it."),
    ),
    holds(
        "C2a",
        both(said("readiness", "known_disease", 1), anything_but_yes("readiness", "active")),
        _("A known heart, metabolic or kidney disease, and not used to moving. A doctor agrees first."),
        source=HEART,
        weigh=_("A doctor’s letter settles it: ask for one by a date."),
    ),
    holds(
        "C7",
        said("movement", "run_down", 1),
        _("Signs of too little fuel or rest. Medical review before moving."),
        source=_("Stellingwerff 2021, doi 10.1007/s40279-021-01491-0"),
        weigh=_("Too little fuel and too much training look alike. A doctor tells them apart."),
    ),
    holds(
        "talk",
        left_for_a_talk(is_grave),
        _("Would rather talk about this in person: do so before moving."),
        source=OURS,
    ),
)
