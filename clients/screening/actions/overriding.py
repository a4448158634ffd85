"""Two clinicians together may clear, for 30 days at most, what H1 or H2 excludes; only where the practice allows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening import rules
from clients.screening.actions import decision_refusals as no
from clients.screening.actions.deciding import (
    NOT_TALKED,
    Talk,
    check_all_is_asked,
    check_no_alert,
    confirmed,
)
from clients.screening.evidence import hits_of
from clients.screening.models import Clearance, OverrideWish
from clients.screening.models.decisions import MOST_DAYS_OVERRIDDEN
from clients.screening.models.limited import limits_of
from practice import contributions
from practice.audit import record
from practice.people.models import Member, Practice
from practice.web.refusals import Refused, refusing

ANSWER = OverrideWish.Answer


class OverridesAreOff(Refused):
    code = "overrides_are_off"
    message = _("This practice does not override H1 or H2. An owner may change that.")


class NothingToOverride(Refused):
    code = "nothing_to_override"
    message = _("No eating disorder or addiction stands in the way. Decide as usual.")


class CrisisIsNeverOverridden(Refused):
    """H3: domain.md §2.5 knows no override."""

    code = "crisis_is_never_overridden"
    message = _("An acute crisis is never overridden. Offer another format.")


class OverrideTooLong(Refused):
    code, field = "override_too_long", "review_on"
    message = _("An override lasts 30 days at most, from today on.")


class WishOpenAlready(Refused):
    code = "override_asked_already"
    message = _("A second clinician is asked about this already.")


class WishAnswered(Refused):
    code = "override_answered"
    message = _("This has been answered already.")


class NeedsSecondClinician(Refused):
    code = "needs_second_clinician"
    message = _("Somebody else signs this: an override takes two clinicians.")


class NotYourWish(Refused):
    code = "not_your_wish"
    message = _("Only who asked takes it back.")


class NeedsReason(Refused):
    code, field = "needs_reason", "reason"
    message = _("Write why, in a sentence or two.")


@dataclass(frozen=True, kw_only=True)
class OverrideTerms:
    """What is asked for: one way of moving, conditions, and until when."""

    mode: str
    rationale: str
    conditions: str = ""
    limits: rules.Limits = rules.NO_LIMITS
    review_on: date | None = None


@transaction.atomic
def allow_overrides(*, allowed: bool, by: Member, now: datetime) -> Practice:
    """Whether a second clinician may override H1 and H2 in this practice. Standing overrides run out by themselves."""
    practice = Practice.objects.select_for_update().get()
    practice.second_may_override = allowed
    practice.save(update_fields=["second_may_override"])
    record("overrides_allowed" if allowed else "overrides_forbidden", on=practice, by=by, at=now)
    return practice


@transaction.atomic
def ask_override(
    *, client: Client, terms: OverrideTerms, by: Member, now: datetime, talk: Talk = NOT_TALKED
) -> OverrideWish:
    """Ask a second clinician to clear what H1 or H2 excludes. It clears nobody by itself."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    today = timezone.localdate(now)
    excluded = _what_can_be_overridden(client, today, talk)
    if not talk.held:
        raise no.TalkFirst
    check_all_is_asked(client=client, mode=terms.mode, now=now)
    wish = OverrideWish(
        client=client,
        mode=terms.mode,
        overrides=sorted(rules.EXCLUSION_CODES[name] for name in excluded),
        conditions=terms.conditions.strip(),
        rationale=terms.rationale.strip(),
        review_on=terms.review_on or today + timedelta(days=MOST_DAYS_OVERRIDDEN),
        asked_by=by,
        asked_on=today,
        asked_at=now,
        **limits_of(terms.limits),
    )
    with refusing(
        wish_has_a_rationale=no.NeedsRationale,
        wish_names_conditions=no.NeedsConditions,
        wish_is_about_moving=no.SittingIsOpen,
        wish_lasts_30_days_at_most=OverrideTooLong,
        wish_minutes_are_within_reason=no.MinutesOutOfReason,
        wish_route_kinds_are_known=no.UnknownRouteKind,
        wish_letter_is_due_while_it_holds=no.LetterDueOutside,
        one_open_wish_of_a_mode=WishOpenAlready,
    ):
        wish.save()
    record("override_asked", on=wish, by=by, at=now, client=client, mode=wish.mode)
    return wish


@transaction.atomic
def sign_override(*, wish: OverrideWish, reason: str, by: Member, now: datetime) -> Clearance:
    """A second clinician signs: cleared with those conditions until that day. Everything is looked at again first."""
    wish, client = _locked(wish)
    if by.pk == wish.asked_by_id:
        raise NeedsSecondClinician
    if not reason.strip():
        raise NeedsReason
    today = timezone.localdate(now)
    excluded = _what_can_be_overridden(client, today, NOT_TALKED)
    if not {rules.EXCLUSION_CODES[name] for name in excluded} <= set(wish.overrides):
        raise no.ExcludedFromMoving
    check_all_is_asked(client=client, mode=wish.mode, now=now)
    clearance = _overriding(wish, client, sorted(excluded), today)
    words = {"name": by.name, "reason": reason.strip()}
    clearance.rationale += "\n\n" + now_("%(name)s, second clinician: %(reason)s") % words
    clearance.second_by, clearance.decided_at = by, now
    with refusing(clearance_is_reviewed_after_it_begins=OverrideTooLong):
        clearance.save()
    _answer(wish, ANSWER.GIVEN, reason, by, now, clearance=clearance)
    said: dict[str, Any] = {"mode": wish.mode, "rules": wish.overrides}
    record("override_signed", on=clearance, by=by, at=now, client=client, **said)
    contributions.clearance_decided(clearance, by, now)
    return clearance


@transaction.atomic
def decline_override(*, wish: OverrideWish, reason: str, by: Member, now: datetime) -> OverrideWish:
    """A second clinician says no, and why. Nothing changes for the client."""
    wish, client = _locked(wish)
    if by.pk == wish.asked_by_id:
        raise NeedsSecondClinician
    if not reason.strip():
        raise NeedsReason
    _answer(wish, ANSWER.DECLINED, reason, by, now)
    record("override_declined", on=wish, by=by, at=now, client=client)
    return wish


@transaction.atomic
def take_back_override(*, wish: OverrideWish, by: Member, now: datetime) -> OverrideWish:
    """Whoever asked takes it back."""
    wish, client = _locked(wish)
    if by.pk != wish.asked_by_id:
        raise NotYourWish
    _answer(wish, ANSWER.TAKEN_BACK, "", by, now)
    record("override_taken_back", on=wish, by=by, at=now, client=client)
    return wish


def _locked(wish: OverrideWish) -> tuple[OverrideWish, Client]:
    client = Client.objects.select_for_update().get(pk=wish.client_id)
    wish = OverrideWish.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=wish.pk)
    if wish.answer:
        raise WishAnswered
    return wish, client


def _what_can_be_overridden(client: Client, today: date, talk: Talk) -> set[str]:
    """The exclusions that stand. Raises where the practice forbids it, there is a crisis, an alert, or nothing."""
    if not Practice.objects.get().second_may_override:
        raise OverridesAreOff
    excluded = confirmed(client, talk) | rules.exclusions(hits_of(client, today))
    if not {rules.EXCLUSION_CODES[name] for name in excluded} <= set(rules.OVERRIDABLE):
        raise CrisisIsNeverOverridden
    if not excluded:
        raise NothingToOverride
    check_no_alert(client)
    return excluded


def _overriding(wish: OverrideWish, client: Client, excluded: list[str], today: date) -> Clearance:
    """The decision as the first clinician asked for it, still without the second."""
    return Clearance(
        client=client,
        mode=wish.mode,
        decision=Clearance.Decision.CONDITIONS,
        conditions=wish.conditions,
        rationale=wish.rationale,
        excluded_by=excluded,
        overrides=wish.overrides,
        ruleset=rules.VERSION,
        decided_by=wish.asked_by,
        valid_from=today,
        review_on=wish.review_on,
        **limits_of(wish.limits),
    )


def _answer(
    wish: OverrideWish,
    answer: str,
    reason: str,
    by: Member,
    now: datetime,
    *,
    clearance: Clearance | None = None,
) -> None:
    wish.answer, wish.answered_by, wish.answered_at = answer, by, now
    wish.reason, wish.clearance = reason.strip(), clearance
    with refusing(wish_is_signed_by_somebody_else=NeedsSecondClinician):
        wish.save()
