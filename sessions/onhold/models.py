"""What a clinician chose for a session on hold, so that the choice can be told and taken back."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.runs.models import RunLog
from practice.people.models import Member
from sessions.booking.models import TherapySession
from sessions.onhold.querysets import HoldChoiceQuerySet
from sessions.routes.models import Route


class HoldChoice(models.Model):
    """One choice for one session, with the walk or run that it was before. A later choice is a new row."""

    class Choice(models.TextChoices):
        SIT = "sit", _("Sit instead")
        KEEP = "keep", _("Keep it on hold")
        CANCEL = "cancel", _("Cancel it")
        GO_AHEAD = "go_ahead", _("Let it go ahead")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(TherapySession, on_delete=models.CASCADE, related_name="choices")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    held_at = models.DateTimeField()
    was_mode = models.CharField(max_length=4, choices=TherapySession.Mode.choices)
    was_route = models.ForeignKey(Route, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    was_pace = models.CharField(max_length=10, choices=RunLog.Effort.choices)
    was_meeting_place = models.CharField(max_length=200, blank=True)
    was_moving_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    was_route_chosen = models.BooleanField(default=False)
    chosen_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    undone_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = HoldChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_choice_undone_at_and_by_go_together",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_choice_is_about_a_walk_or_run", condition=Q(was_mode__in=["walk", "run"])
            ),
        ]
        indexes = [models.Index(fields=["session", "-id"], name="hold_choices_newest_first")]

    def __str__(self) -> str:
        return f"{self.choice} {self.session_id}"
