"""Who sees which log entry: the client all of their own; the care team what the client shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable

from clients.consents.models import Consent
from clients.record.models import Client
from clients.record.querysets import under_care_of
from clients.runs.withholding import without

if TYPE_CHECKING:
    from clients.runs.models import RunLog
    from practice.people.models import Member

FURTHEST_DAY_FROM_UTC = timedelta(hours=14)


class AsAgreed(ModelIterable):  # type: ignore[type-arg] # Django's takes no types while it runs
    """Takes out of each row what `withheld` names, as it comes from the database."""

    def __iter__(self) -> Iterator[RunLog]:
        for run in super().__iter__():
            yield without(run, run.withheld)


class RunLogQuerySet(models.QuerySet["RunLog"]):
    def visible_to(self, member: Member) -> RunLogQuerySet:
        if member.is_active and member.is_client:
            # one key, not a join: so the index gives a client's newest entries without sorting them all
            mine = Client.objects.filter(member=member).values("pk")[:1]
            return self.filter(client_id=mine)
        return self.filter(under_care_of(member)).filter(Q(share=True) | Q(logged_by=member)).as_agreed()

    def as_agreed(self) -> RunLogQuerySet:
        """The same rows without the kinds of data that the client keeps from staff: for everybody but the client."""
        said_no = Consent.objects.refusals().values("about")
        rows = self.annotate(withheld=ArraySubquery(said_no))
        rows._iterable_class = AsAgreed
        return rows

    def newest_first(self) -> RunLogQuerySet:
        return self.order_by("-started_at", "-pk")

    def before(self, run: RunLog) -> RunLogQuerySet:
        """Those that come after `run` in the order of `newest_first`."""
        at = run.started_at
        return self.filter(Q(started_at__lt=at) | Q(started_at=at, pk__lt=run.pk), started_at__lte=at)

    def between(self, since: datetime, until: datetime) -> RunLogQuerySet:
        """Begun at or after `since` and before `until`."""
        return self.filter(started_at__gte=since, started_at__lt=until)

    def around_days(self, since: date, until: date) -> RunLogQuerySet:
        """Every entry that could lie on one of these days, both included, at some offset on earth; some more."""
        first = datetime.combine(since, time.min, UTC) - FURTHEST_DAY_FROM_UTC
        last = datetime.combine(until, time.max, UTC) + FURTHEST_DAY_FROM_UTC
        return self.filter(started_at__gte=first, started_at__lte=last)
