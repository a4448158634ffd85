"""What a client can agree to, and the steps of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """The agreement for moving sessions, and the kinds of data."""

    MOVEMENT = "movement", _("Walking and running sessions")
    LOCATION = "location", _("Where I was")
    HEART_RATE = "heart_rate", _("Heart rate")
    MOOD = "mood", _("Mood")
    FREE_TEXT = "free_text", _("My own words")
    SUPERVISOR = "supervisor", _("A supervisor")


class Step(models.TextChoices):
    """One line of the ledger. Only given and withdrawn say yes or no."""

    ASKED = "asked", _("Asked to sign")
    TALK = "talk", _("Would like to talk first")
    GIVEN = "given", _("Agreed")
    WITHDRAWN = "withdrawn", _("Taken back")


AGREEMENTS = (About.MOVEMENT,)
KINDS = tuple(about for about in About if about not in AGREEMENTS)
SPOKEN = (Step.GIVEN, Step.WITHDRAWN)
YES_UNTIL_NO = frozenset({About.MOOD, About.FREE_TEXT, About.SUPERVISOR})
"""What is shared entry by entry, and the supervision that the care team names: it stands until the client says no.
Location and heart rate are off until the client says yes (domain.md 2.2, point 16)."""
