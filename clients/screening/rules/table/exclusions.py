"""H1, H2, H3: what keeps a client from moving sessions, whatever else they answered."""

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.shapes import ADDICTION, CRISIS, EATING
from clients.screening.rules.table.rule import CAUTION, Rule, excludes
from clients.screening.rules.triggers import said, total

DEPENDENCE_WEIGH = _(
    "A score is no diagnosis. If talking shows something else, say so: the answers change when the client answers again."
)

EXCLUSION_RULES: tuple[Rule, ...] = (
    excludes(
        "H3",
        CRISIS,
        said("asq", "q5", 1),
        _("Has thoughts of killing themself right now. Urgent safety pathway; no session outdoors."),
        source=_("ASQ, NIMH; PMC9773543: yes to question 5 is acute"),
        weigh=_("Nothing: there is no override."),
    ),
    excludes(
        "H3",
        CRISIS,
        said("circumstances", "acute", 2),
        _(
            "Says they are in a psychosis, a mania or a state of confusion, or might hurt somebody. Urgent safety pathway; no"
            " session outdoors."
        ),
        source=CAUTION,
        weigh=_(
            "There is no override. If the talk shows that it was meant otherwise, or when it has passed, ask the questions"
            " again."
        ),
    ),
    excludes(
        "H1",
        EATING,
        said("movement", "eating_now", 3),
        _("Says they have an eating disorder now, or are in treatment for one. Refer; offer another format."),
        source=CAUTION,
        weigh=_("It is about the format, not about the person: sitting sessions stay open."),
    ),
    excludes(
        "H2",
        ADDICTION,
        said("dependence", "now", 3),
        _("Says they live with an addiction now, or are in treatment for one. Refer; offer another format."),
        source=CAUTION,
        weigh=_("Some running-therapy practices see addiction as a reason to begin; we do not."),
    ),
    excludes(
        "H2",
        ADDICTION,
        total("audit", 20),
        _("AUDIT in the range of likely dependence. Refer; offer another format."),
        source=_("AUDIT, Babor 2001: 20 or more"),
        weigh=DEPENDENCE_WEIGH,
    ),
    excludes(
        "H2",
        ADDICTION,
        total("dast10", 6),
        _("DAST-10 in the substantial range or above. Refer; offer another format."),
        source=_("DAST-10, Skinner 1982: 6 or more"),
        weigh=DEPENDENCE_WEIGH,
    ),
)
