"""The columns in which conditions stand, for a decision and for the wish for one."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clients.screening.rules.limits import FEWEST_MINUTES, MOST_MINUTES, ROUTE_KINDS, Limits
from practice.encryption.fields import EncryptedText

NONE = Q(most_minutes=None, route_kinds=[], company=False, no_solo_runs=False, letter_by=None)


class Limited(models.Model):
    """Conditions: what booking obeys, and what only people do, in words."""

    most_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    route_kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    company = models.BooleanField(default=False)
    no_solo_runs = models.BooleanField(default=False)
    letter_by = models.DateField(null=True, blank=True)
    conditions = EncryptedText(key="client", blank=True)

    class Meta:
        abstract = True

    @property
    def limits(self) -> Limits:
        return self.limits_with(letter_seen=False)

    def limits_with(self, *, letter_seen: bool) -> Limits:
        return Limits(
            most_minutes=self.most_minutes,
            route_kinds=tuple(self.route_kinds),
            company=self.company,
            no_solo_runs=self.no_solo_runs,
            letter_by=self.letter_by,
            letter_seen=letter_seen,
        )

    @property
    def conditions_in_words(self) -> str:
        """Every condition, the ones that booking obeys first; "" where there is none."""
        return " ".join(filter(None, [*self.limits.in_words(), self.conditions]))


def limits_of(limits: Limits) -> dict[str, Any]:
    """The columns of these limits, for a new row."""
    return {
        "most_minutes": limits.most_minutes,
        "route_kinds": [kind for kind in ROUTE_KINDS if kind in limits.route_kinds],
        "company": limits.company,
        "no_solo_runs": limits.no_solo_runs,
        "letter_by": limits.letter_by,
    }


def limits_are_sound(of: str, begins: F) -> Iterable[models.CheckConstraint]:
    """What the columns must hold, for a table whose decision begins with that column."""
    return [
        models.CheckConstraint(
            name=f"{of}_minutes_are_within_reason",
            condition=Q(most_minutes=None) | Q(most_minutes__range=(FEWEST_MINUTES, MOST_MINUTES)),
        ),
        models.CheckConstraint(
            name=f"{of}_route_kinds_are_known", condition=Q(route_kinds__contained_by=[*ROUTE_KINDS])
        ),
        models.CheckConstraint(
            name=f"{of}_letter_is_due_while_it_holds",
            condition=Q(letter_by=None) | Q(letter_by__gte=begins, letter_by__lte=F("review_on")),
        ),
    ]
