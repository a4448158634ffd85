"""The closed lists of the log: what was done, how hard it was, and what was around it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.TextChoices):
    WALK = "walk", _("Walk")
    RUN = "run", _("Run")
    RUN_WALK = "run_walk", _("Run-walk")
    STEPPED_OUTSIDE = "stepped_outside", _("Stepped outside")
    REST = "rest", _("Rest")
    OTHER = "other", _("Something else")


class Effort(models.TextChoices):
    """The talk test: never a pace, never a heart rate."""

    SING = "sing", _("Could sing")
    CHAT = "chat", _("Could chat")
    PHRASES = "phrases", _("Short phrases")
    NO_TALKING = "no_talking", _("No talking")


class Context(models.TextChoices):
    """Company, place and sound; several may be true of one outing."""

    ALONE = "alone", _("On my own")
    WITH_OTHERS = "with_others", _("With someone")
    NATURE = "nature", _("Green or water")
    STREETS = "streets", _("Streets")
    INDOORS = "indoors", _("Indoors")
    USUAL_ROUTE = "usual_route", _("A usual route")
    NEW_ROUTE = "new_route", _("Somewhere new")
    LISTENING = "listening", _("Listening to something")
    QUIET = "quiet", _("In quiet")
