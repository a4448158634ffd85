"""Decide whether a client walks or runs with us. Screening suggests; this is the deciding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening import rules
from clients.screening.actions.holding import hold_moving
from clients.screening.evidence import hits_of
from clients.screening.models import Clearance, SafetyAlert, Screening
from clients.screening.standing import mark_of, standing_exclusions
from practice import contributions
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

REVIEW_AFTER = timedelta(days=90)
LONGEST_REVIEW = timedelta(days=365)


class SittingIsOpen(Refused):
    """Sitting needs no clearance, so none is given or taken."""

    code, field = "sitting_is_open", "mode"
    message = _("Sitting is open to everybody; decide about walking or running.")


class NeedsRationale(Refused):
    code, field = "needs_rationale", "rationale"
    message = _("Write why, in a sentence or two.")


class NeedsConditions(Refused):
    code, field = "needs_conditions", "conditions"
    message = _("Name the conditions.")


class ReviewInThePast(Refused):
    code, field = "review_in_the_past", "review_on"
    message = _("The review date has passed. Choose today or a later day.")


class ReviewTooFar(Refused):
    code, field = "review_too_far", "review_on"
    message = _("Look at it again within a year.")


class NotTheirScreening(Refused):
    code, field = "not_their_screening", "screening"
    status: ClassVar[int] = 400
    message = _("These answers are not this client's.")


class NotSubmitted(Refused):
    """Nobody is cleared on half a form."""

    code, field = "not_submitted", "screening"
    message = _("The client has not handed these answers in yet.")


class ExcludedFromMoving(Refused):
    """A current eating disorder, addiction or crisis: no moving sessions, whoever decides."""

    code, field = "excluded_from_moving", "decision"
    message = _("Not while there is a current eating disorder, addiction or crisis. Offer another format.")


class AlertOpen(Refused):
    code, field = "alert_open", "decision"
    message = _("A safety answer is still open. Close it first, with what was done.")


class TalkFirst(Refused):
    """A positive screen holds until a clinician has spoken with the client."""

    code, field = "talk_first", "talked"
    message = _("These answers need a conversation first. Confirm that you have talked with the client.")


class UnknownExclusion(Refused):
    code, field = "unknown_exclusion", "exclusions"
    status: ClassVar[int] = 400
    message = _("Exclusions are eating, addiction and crisis.")


class NothingDecided(Refused):
    code, field = "nothing_decided", "walk_decision"
    status: ClassVar[int] = 400
    message = _("Decide about walking, running, or both.")


class DecidedMeanwhile(Refused):
    code = "decided_meanwhile"
    message = _("Something has changed since you opened this page. Look at it again before you decide.")


@dataclass(frozen=True, kw_only=True)
class ModeDecision:
    """What is decided about one mode."""

    mode: str
    decision: str
    conditions: str = ""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What talking with the client has shown. `held`: a clinician has spoken with them about their answers.

    `confirmed`: the exclusions that hold now (eating, addiction, crisis); None leaves those confirmed before.
    """

    held: bool = False
    confirmed: Collection[str] | None = None


NOT_TALKED = Talk()


@transaction.atomic
def decide_clearance(
    *,
    client: Client,
    mode: str,
    decision: str,
    rationale: str,
    by: Member,
    now: datetime,
    review_on: date | None = None,
    conditions: str = "",
    screening: Screening | None = None,
    talk: Talk = NOT_TALKED,
) -> Clearance:
    """Decide about walking or running; the new decision replaces the last. Without `review_on`, 90 days.

    Exclusions that the newest answers state always count, whatever the talk has shown.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    today = timezone.localdate(now)
    clearance = Clearance(
        client=client,
        screening=screening,
        mode=mode,
        decision=decision,
        conditions=conditions.strip(),
        rationale=rationale.strip(),
        decided_by=by,
        decided_at=now,
        valid_from=today,
        review_on=review_on or today + REVIEW_AFTER,
    )
    _check(clearance, talk)
    _keep(clearance)
    said: dict[str, Any] = {"mode": mode, "decision": decision, "talked": talk.held}
    record("clearance_decided", on=clearance, by=by, at=now, client=client, **said)
    contributions.clearance_decided(clearance, by, now)
    _hold_the_other_mode(clearance, now)
    return clearance


@transaction.atomic
def decide_moving(
    *,
    client: Client,
    decisions: Sequence[ModeDecision],
    rationale: str,
    by: Member,
    now: datetime,
    review_on: date | None = None,
    screening: Screening | None = None,
    talk: Talk = NOT_TALKED,
    seen: str | None = None,
) -> list[Clearance]:
    """Decide about several modes at once: all of them, or none.

    `seen` is the mark_of the decisions on which the page was drawn; refused where another has come since.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if not decisions:
        raise NothingDecided
    if seen is not None and seen != mark_of(client):
        raise DecidedMeanwhile
    shared = {"client": client, "rationale": rationale, "review_on": review_on, "screening": screening}
    return [_decide_one(wish, talk=talk, by=by, now=now, **shared) for wish in decisions]


def _decide_one(wish: ModeDecision, **shared: Any) -> Clearance:
    """One of several; a refusal about its own inputs names the mode."""
    try:
        return decide_clearance(
            mode=wish.mode,
            decision=wish.decision,
            conditions=wish.conditions,
            **shared,
        )
    except Refused as no:
        if no.field in {"decision", "conditions"}:
            no.field = f"{wish.mode}_{no.field}"
        raise


def _check(clearance: Clearance, talk: Talk) -> None:
    """What a decision must say, and what stands between a client and a yes; sets who is excluded, and by what."""
    if clearance.mode not in rules.MOVING_MODES:
        raise SittingIsOpen
    if clearance.review_on < clearance.valid_from:
        raise ReviewInThePast
    if clearance.review_on > clearance.valid_from + LONGEST_REVIEW:
        raise ReviewTooFar
    if clearance.screening is not None and clearance.screening.client_id != clearance.client_id:
        raise NotTheirScreening
    hits = hits_of(clearance.client)
    clearance.excluded_by = sorted(_confirmed(clearance.client, talk) | rules.exclusions(hits))
    if clearance.allows and not clearance.excluded_by:
        _check_allowing(clearance, hits, talk)


def _confirmed(client: Client, talk: Talk) -> set[str]:
    if talk.confirmed is None:
        return standing_exclusions(client)
    if not set(talk.confirmed) <= set(rules.EXCLUSIONS):
        raise UnknownExclusion
    return set(talk.confirmed)


def _check_allowing(clearance: Clearance, hits: tuple[rules.Hit, ...], talk: Talk) -> None:
    """The gravest first. Exclusions are not looked at here: the database refuses them."""
    if SafetyAlert.objects.unseen().filter(client=clearance.client).exists():
        raise AlertOpen
    if clearance.screening is not None and not clearance.screening.submitted_at:
        raise NotSubmitted
    if rules.holding(hits) and not talk.held:
        raise TalkFirst


def _keep(clearance: Clearance) -> None:
    with refusing(
        clearance_has_a_rationale=NeedsRationale,
        clearance_with_conditions_names_them=NeedsConditions,
        excluded_client_is_not_cleared_to_move=ExcludedFromMoving,
    ):
        clearance.save()


def _hold_the_other_mode(clearance: Clearance, now: datetime) -> None:
    """An exclusion belongs to the client, not to a mode: what was allowed before is held."""
    if not clearance.excluded_by:
        return
    words = ", ".join(str(rules.EXCLUSIONS[name]) for name in clearance.excluded_by)
    hold_moving(
        client=clearance.client,
        screening=clearance.screening,
        code=rules.EXCLUSION_CODES[clearance.excluded_by[0]],
        because=now_("A clinician has confirmed: %s.") % words,
        exclusions=clearance.excluded_by,
        now=now,
    )
