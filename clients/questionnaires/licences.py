"""Questionnaires whose text we do not ship, and why: what their owners say (domain §1.1 and §1.2)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Words


@dataclass(frozen=True)
class Elsewhere:
    """One that is not in the box. `says` is what is known of its licence."""

    key: str
    name: str
    says: Words


PACKS = (
    Elsewhere(
        "audit", "AUDIT", _("© WHO 2001. May be reproduced and translated, not for sale or commercial use.")
    ),
    Elsewhere("dast10", "DAST-10", _("© Skinner, CAMH 1982. Non-commercial use, with credit.")),
    Elsewhere(
        "who5",
        "WHO-5",
        _("Sources conflict; the WHO's edition of 2024 is CC BY-NC-SA 3.0 IGO, non-commercial."),
    ),
    Elsewhere("cet", "CET", _("CC BY-NC-ND 2.5. Non-commercial, unchanged.")),
    Elsewhere(
        "cageaid",
        "CAGE-AID",
        _("Several wordings go round, and none could be traced to its authors. No licence statement found."),
    ),
    Elsewhere("edeqs", "EDE-QS", _("Its parent, the EDE-Q, is © Fairburn, for non-commercial research.")),
)
"""By a file of your own, for whoever may use it: tier C, and one whose official wording could not be found."""

RESULTS_ONLY = (
    "C-SSRS",
    "PAR-Q+",
    "ORS",
    "SRS",
    "WEMWBS",
    "SWEMWBS",
    "WSAS",
    "EDE-Q",
    "EAT-26",
    "SOGS",
    "EDS-R",
    "Borg RPE",
    "Borg CR10",
    "PANAS",
    "I-PANAS-SF",
    "BDI",
    "EQ-5D",
)
"""Tier D: licensed. Their results may be entered; their text is never here, unless the practice brings its own licence."""
