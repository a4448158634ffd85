"""What is worth knowing and holds nothing."""

from django.utils.translation import gettext_lazy as _

from clients.screening.rules.table.holds import is_only_a_wish
from clients.screening.rules.table.rule import Rule, notes
from clients.screening.rules.triggers import any_of, left_for_a_talk, own_words, said, total

NOTING_RULES: tuple[Rule, ...] = (
    notes(
        "C1",
        any_of(
            said("movement", "resting_today", 2),
            said("movement", "missed_day", 2),
            said("movement", "skipped", 1),
        ),
        _("Uneasy about rest, or moved instead of something else. Worth a conversation."),
    ),
    notes(
        "H1a",
        total("scoff", 1, 1, older=True),
        _("SCOFF 1, below the cut-off of 2. Below 25 years 1 would hold: mind the age."),
        source=_("SCOFF, Morgan, Reid and Lacey, BMJ 1999;319:1467"),
    ),
    notes(
        "H2a",
        total("audit", 8, 15),
        _("AUDIT in the hazardous range. Worth a conversation."),
        source=_("AUDIT, Babor 2001: 8 or more"),
    ),
    notes(
        "H2a",
        total("dast10", 1, 2),
        _("DAST-10 in the low range. Worth a conversation."),
        source=_("DAST-10, Skinner 1982: 1 to 2"),
    ),
    notes(
        "H2a",
        total("cageaid", 1, 1),
        _("CAGE-AID 1: the sensitive cut-off, below the usual one of 2."),
        source=_("CAGE-AID, Brown and Rounds 1995"),
    ),
    notes(
        "history",
        any_of(said("movement", "eating_now", 1), said("dependence", "now", 1)),
        _("Longer ago than 12 months. Worth knowing, nothing to hold."),
    ),
    notes("wish", left_for_a_talk(is_only_a_wish), _("Would rather talk about this in person.")),
    notes("words", own_words, _("In their own words.")),
)
