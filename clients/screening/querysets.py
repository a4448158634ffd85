"""Who sees which answers and decisions: the care team. A client sees what they were asked, never a decision row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from clients.record.querysets import under_care_of

if TYPE_CHECKING:
    from clients.screening.models import Clearance, LetterSeen, OverrideWish, Response, SafetyAlert, Screening  # noqa: F401 - named in the generics below
    from practice.people.models import Member


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def visible_to(self, member: Member) -> ScreeningQuerySet:
        return self.filter(under_care_of(member))

    def still_open(self) -> ScreeningQuerySet:
        return self.filter(submitted_at=None, cancelled_at=None)

    def for_the_client(self) -> ScreeningQuerySet:
        """Those with questions that the client answers themself: the rest a clinician asks in person."""
        from clients.screening.models import Response  # noqa: PLC0415 - the models are built on this module

        return self.filter(
            Exists(Response.objects.filter(screening=OuterRef("pk"), asked_by_clinician=False))
        )

    def own_of(self, member: Member) -> ScreeningQuerySet:
        """Those that this member answers themself. Staff have none; what is asked in person is nobody's form."""
        return self.for_the_client().filter(client__member=member).select_related("client")

    def undecided(self) -> ScreeningQuerySet:
        """Submitted intakes and reviews after which nobody has decided about the client yet, from whichever page."""
        from clients.screening.models import Clearance  # noqa: PLC0415 - the models are built on this module

        decided = Clearance.objects.filter(
            client=OuterRef("client"), decided_by__isnull=False, decided_at__gte=OuterRef("submitted_at")
        )
        handed_in = self.filter(submitted_at__isnull=False, cancelled_at=None).exclude(purpose="measure")
        return handed_in.filter(~Exists(decided))


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, member: Member) -> ResponseQuerySet:
        return self.filter(under_care_of(member, "screening__client"))

    def submitted(self) -> ResponseQuerySet:
        return self.filter(submitted_at__isnull=False)


class SafetyAlertQuerySet(models.QuerySet["SafetyAlert"]):
    def visible_to(self, member: Member) -> SafetyAlertQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member))

    def unseen(self) -> SafetyAlertQuerySet:
        return self.filter(seen_at=None)

    def to_call_for(self) -> SafetyAlertQuerySet:
        """Open, and nobody was called yet; without the words, which a damaged record might not give."""
        return self.unseen().filter(called_at=None).defer("said", "what_was_done").order_by("raised_at", "pk")


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def visible_to(self, member: Member) -> ClearanceQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member))

    def current(self) -> ClearanceQuerySet:
        """The newest decision of each client and mode."""
        newest = self.model.objects.filter(client=OuterRef("client"), mode=OuterRef("mode")).order_by("-pk")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def in_force_on(self, day: date) -> ClearanceQuerySet:
        """Current decisions that have begun and have not expired: by review date, or by a letter that never came."""
        rows = self.current().filter(valid_from__lte=day, review_on__gte=day)
        return rows.exclude(letter_by__lt=day, letter__isnull=True)


class LetterSeenQuerySet(models.QuerySet["LetterSeen"]):
    def visible_to(self, member: Member) -> LetterSeenQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member, "clearance__client"))


class OverrideWishQuerySet(models.QuerySet["OverrideWish"]):
    def visible_to(self, member: Member) -> OverrideWishQuerySet:
        return self.none() if member.is_client else self.filter(under_care_of(member))

    def still_open(self) -> OverrideWishQuerySet:
        return self.filter(answer="")
