"""C1 to C8: walking stays open with conditions to begin from; running with them, or on hold."""

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.limits import CHOSEN, LIT, QUIET, STEP_FREE, Limits
from clients.screening.rules.shapes import HOLD
from clients.screening.rules.table.holds import holds_running, needs_planning
from clients.screening.rules.table.rule import OURS, Rule, conditions
from clients.screening.rules.triggers import any_of, both, left_for_a_talk, said, total

DRIVEN = _("Walk only; an agreed weekly ceiling; rest days agreed.")
GROUNDED = _("Daylight; a route the client chose; walk first; a grounding plan.")
CHOSEN_AND_LIT = Limits(route_kinds=(LIT, CHOSEN))

CONDITIONS_RULES: tuple[Rule, ...] = (
    conditions(
        "C2a",
        both(said("readiness", "known_disease", 1), said("readiness", "active", 1)),
        _(
            "A known heart, metabolic or kidney disease, and used to moving. A doctor agrees before anything hard."
        ),
        _("Moderate effort only: full sentences throughout."),
        source=_("Logic after Riebe 2015, doi 10.7916/D8M908BH"),
        run=HOLD,
        weigh=_("Used to moving means 30 minutes on three days a week for three months: ask."),
    ),
    conditions(
        "C1",
        any_of(
            said("movement", "joy_or_fear", 2),
            said("movement", "resting_today", 3),
            said("movement", "missed_day", 3),
            said("movement", "skipped", 2),
        ),
        _("Movement sounds driven rather than chosen."),
        DRIVEN,
        source=OURS,
        run=HOLD,
        limits=Limits(no_solo_runs=True),
        weigh=_("Discipline can sound like this too. Ask what rest feels like, and what it costs."),
    ),
    conditions(
        "C1",
        total("eai", 13, 23),
        _("Some signs that moving has a hold on them."),
        DRIVEN,
        source=_("EAI, Griffiths 2005: 13 to 23"),
        run=HOLD,
        limits=Limits(no_solo_runs=True),
        weigh=_("Most people who love to move have some of these. Scores differ between countries."),
    ),
    conditions(
        "C4",
        said("readiness", "pregnancy", 1),
        _("Pregnant, or gave birth within 12 weeks. Midwife or doctor agrees."),
        _("Walking by default; full sentences throughout."),
        source=_("ACOG Committee Opinion 804; the 12 weeks are a default of Towpath"),
        run=HOLD,
        weigh=_("Moving in pregnancy is encouraged. Who ran before and has a doctor’s word may run."),
    ),
    conditions(
        "C3",
        said("readiness", "other_health", 1),
        _("Breathing, allergy, epilepsy, insulin, falls, injury, surgery or concussion: ask which."),
        _("Carries own medication; seated breaks on the way."),
        source=OURS,
        weigh=_("One tick covers a lot: mild asthma and a fresh concussion are not the same."),
    ),
    conditions(
        "C5",
        any_of(said("readiness", "followed", 1), said("circumstances", "far_away", 1)),
        _("Being breathless or followed, or drifting away from oneself, may bring something back."),
        GROUNDED,
        source=OURS,
        limits=CHOSEN_AND_LIT,
        weigh=_("For some, being outdoors is what grounds them. Ask."),
    ),
    conditions(
        "C5",
        total("pcptsd5", 3),
        _("PC-PTSD-5 at its sensitive cut-off: plan for what being outdoors may bring back."),
        GROUNDED,
        source=_("PC-PTSD-5, Prins 2016, PMC5023594: 3 or more"),
        limits=CHOSEN_AND_LIT,
        weigh=_("3 is the sensitive cut-off, 4 the balanced one."),
    ),
    conditions(
        "C6",
        said("circumstances", "mind", 1),
        _(
            "Bipolar, an earlier psychosis, rules about moving, panic, open places or self-harm: ask which, and how it is now."
        ),
        _("A plan for senses and surroundings; same place, same time, same way round."),
        source=OURS,
        weigh=_("One tick covers a lot, and a past episode is not a present one."),
    ),
    conditions(
        "C8",
        any_of(said("readiness", "being_seen", 1), said("circumstances", "known_here", 1)),
        _("Being seen or overheard needs planning."),
        _("A quiet route or another format, as agreed."),
        source=OURS,
        limits=Limits(route_kinds=(QUIET,)),
        weigh=_("Many say yes to this and are glad of a quiet hour and a script for meeting somebody."),
    ),
    conditions(
        "C8",
        said("readiness", "access", 1),
        _("Hearing, sight or getting about needs planning."),
        _("A step-free or indoor choice, as agreed."),
        source=OURS,
        limits=Limits(route_kinds=(STEP_FREE,)),
        weigh=_("Ask what it is: step-free helps with wheels, not with hearing."),
    ),
    conditions(
        "talk",
        left_for_a_talk(holds_running),
        _("Would rather talk about this in person: do so before running."),
        _("Talked about before anything faster than a walk."),
        source=OURS,
        run=HOLD,
    ),
    conditions(
        "talk",
        left_for_a_talk(needs_planning),
        _("Would rather talk about this in person: it may call for a plan."),
        _("What they would rather talk about, talked about first."),
        source=OURS,
    ),
)
