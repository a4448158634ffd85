"""Decide whether a client walks or runs with us. Screening suggests; this is the deciding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_

from clients.record.models import Client
from clients.screening import rules
from clients.screening.actions import decision_refusals as no
from clients.screening.actions.holding import hold_moving
from clients.screening.evidence import hits_of, still_to_ask
from clients.screening.models import Clearance, LetterSeen, SafetyAlert, Screening
from clients.screening.models.limited import limits_of
from clients.screening.standing import mark_of, standing_exclusions, standing_for
from practice import contributions
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

REVIEW_AFTER = timedelta(days=90)
LONGEST_REVIEW = timedelta(days=365)
OF_A_MODE = {"decision", "conditions", "most_minutes", "route_kinds", "letter_by"}
"""Inputs that each mode has for itself."""


@dataclass(frozen=True, kw_only=True)
class ModeDecision:
    """What is decided about one mode."""

    mode: str
    decision: str
    conditions: str = ""
    limits: rules.Limits = rules.NO_LIMITS


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What talking with the client has shown. `held`: a clinician has spoken with them about their answers.

    `confirmed`: the exclusions that hold now (eating, addiction, crisis); None leaves those confirmed before.
    """

    held: bool = False
    confirmed: Collection[str] | None = None


NOT_TALKED = Talk()


@dataclass(frozen=True, kw_only=True)
class _Deciding:
    """What all modes of one decision share."""

    client: Client
    rationale: str
    review_on: date
    screening: Screening | None
    talk: Talk
    by: Member
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


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

    Exclusions that the newest answers state always count, whatever the talk has shown. For limits that booking obeys,
    and for several modes at once, decide_moving.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    shared = _Deciding(
        client=client,
        rationale=rationale.strip(),
        review_on=review_on or timezone.localdate(now) + REVIEW_AFTER,
        screening=screening,
        talk=talk,
        by=by,
        now=now,
    )
    return _decide(ModeDecision(mode=mode, decision=decision, conditions=conditions), shared)


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
    walk_only: bool = False,
    seen: str | None = None,
) -> list[Clearance]:
    """Decide about several modes at once: all of them, or none. `walk_only` puts running on hold with it.

    `seen` is the mark_of the decisions that the person looked at; refused where another has come since.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    if not decisions:
        raise no.NothingDecided
    if seen is not None and seen != mark_of(client):
        raise no.DecidedMeanwhile
    shared = _Deciding(
        client=client,
        rationale=rationale.strip(),
        review_on=review_on or timezone.localdate(now) + REVIEW_AFTER,
        screening=screening,
        talk=talk,
        by=by,
        now=now,
    )
    wishes = _with_running_on_hold(decisions) if walk_only else decisions
    return [_decide_one(wish, shared) for wish in wishes]


@transaction.atomic
def see_letter(*, clearance: Clearance, words: str, by: Member, now: datetime) -> LetterSeen:
    """A doctor's letter has come, and a clinician has read it: the decision holds on."""
    client = Client.objects.select_for_update().get(pk=clearance.client_id)
    if clearance.letter_by is None:
        raise no.NoLetterAwaited
    letter = LetterSeen(clearance=clearance, words=words.strip(), seen_by=by, seen_at=now)
    with refusing(clients_letterseen_clearance_id_key=no.LetterSeenAlready):
        letter.save()
    record("letter_seen", on=letter, by=by, at=now, client=client)
    return letter


def _with_running_on_hold(decisions: Sequence[ModeDecision]) -> list[ModeDecision]:
    running = [wish for wish in decisions if wish.mode == Clearance.Mode.RUN]
    if any(wish.decision in rules.ALLOWING for wish in running):
        raise no.WalkOnly
    if running:
        return list(decisions)
    return [*decisions, ModeDecision(mode=Clearance.Mode.RUN, decision=Clearance.Decision.HOLD)]


def _decide_one(wish: ModeDecision, shared: _Deciding) -> Clearance:
    """One of several; a refusal about its own inputs names the mode."""
    try:
        return _decide(wish, shared)
    except Refused as refused:
        if refused.field in OF_A_MODE:
            refused.field = f"{wish.mode}_{refused.field}"
        raise


def _decide(wish: ModeDecision, shared: _Deciding) -> Clearance:
    clearance = Clearance(
        client=shared.client,
        screening=shared.screening,
        mode=wish.mode,
        decision=wish.decision,
        conditions=wish.conditions.strip(),
        rationale=shared.rationale,
        ruleset=rules.VERSION,
        decided_by=shared.by,
        decided_at=shared.now,
        valid_from=shared.today,
        review_on=shared.review_on,
        **limits_of(wish.limits),
    )
    _check(clearance, shared)
    _keep(clearance)
    said: dict[str, Any] = {"mode": wish.mode, "decision": wish.decision, "talked": shared.talk.held}
    record("clearance_decided", on=clearance, by=shared.by, at=shared.now, client=shared.client, **said)
    contributions.clearance_decided(clearance, shared.by, shared.now)
    _hold_the_other_mode(clearance, shared.now)
    return clearance


def _check(clearance: Clearance, shared: _Deciding) -> None:
    """What a decision must say, and what stands between a client and a yes; sets who is excluded, and by what."""
    if clearance.mode not in rules.MOVING_MODES:
        raise no.SittingIsOpen
    if clearance.review_on < clearance.valid_from:
        raise no.ReviewInThePast
    if clearance.review_on > clearance.valid_from + LONGEST_REVIEW:
        raise no.ReviewTooFar
    if clearance.screening is not None and clearance.screening.client_id != clearance.client_id:
        raise no.NotTheirScreening
    hits = hits_of(clearance.client, shared.today)
    clearance.excluded_by = sorted(confirmed(clearance.client, shared.talk) | rules.exclusions(hits))
    if clearance.allows and not clearance.excluded_by:
        _check_allowing(clearance, hits, shared)


def confirmed(client: Client, talk: Talk) -> set[str]:
    """The exclusions that a clinician has confirmed: in this talk, or in the last one."""
    if talk.confirmed is None:
        return standing_exclusions(client)
    if not set(talk.confirmed) <= set(rules.EXCLUSIONS):
        raise no.UnknownExclusion
    return set(talk.confirmed)


def check_no_alert(client: Client) -> None:
    """Nobody moves while a safety answer is open."""
    if SafetyAlert.objects.unseen().filter(client=client).exists():
        raise no.AlertOpen


def check_all_is_asked(*, client: Client, mode: str, now: datetime) -> None:
    """Nobody moves before the questions of the gate are answered, and while an answer is too old to count."""
    if gaps := still_to_ask(client, mode, now):
        raise no.AskFirst(" ".join(str(gap.sentence) for gap in gaps))


def _check_allowing(clearance: Clearance, hits: tuple[rules.Hit, ...], shared: _Deciding) -> None:
    """The gravest first. Exclusions are not looked at here: the database refuses them."""
    check_no_alert(clearance.client)
    if clearance.screening is not None and not clearance.screening.submitted_at:
        raise no.NotSubmitted
    state = standing_for(clearance.client, clearance.mode, shared.today).code
    need = rules.need_of(
        state, clearance.decision, is_held_by_answers=bool(rules.holding(hits, clearance.mode))
    )
    if need is rules.Need.TALK and not shared.talk.held:
        raise no.TalkFirst
    check_all_is_asked(client=clearance.client, mode=clearance.mode, now=shared.now)


def _keep(clearance: Clearance) -> None:
    with refusing(
        clearance_has_a_rationale=no.NeedsRationale,
        clearance_with_conditions_names_them=no.NeedsConditions,
        only_a_clearance_with_conditions_has_limits=no.LimitsNeedConditions,
        clearance_minutes_are_within_reason=no.MinutesOutOfReason,
        clearance_route_kinds_are_known=no.UnknownRouteKind,
        clearance_letter_is_due_while_it_holds=no.LetterDueOutside,
        excluded_client_is_not_cleared_to_move=no.ExcludedFromMoving,
    ):
        clearance.save()


def _hold_the_other_mode(clearance: Clearance, now: datetime) -> None:
    """An exclusion belongs to the client, not to a mode: what was allowed before is held, unless it was overridden."""
    if not clearance.excluded_by:
        return
    words = ", ".join(str(rules.EXCLUSIONS[name]) for name in clearance.excluded_by)
    hold_moving(
        client=clearance.client,
        screening=clearance.screening,
        code=rules.EXCLUSION_CODES[clearance.excluded_by[0]],
        because=now_("A clinician has confirmed: %s.") % words,
        exclusions=clearance.excluded_by,
        modes=_not_overridden(clearance),
        now=now,
    )


def _not_overridden(clearance: Clearance) -> list[str]:
    codes = {rules.EXCLUSION_CODES[name] for name in clearance.excluded_by}
    rows = Clearance.objects.filter(client=clearance.client, mode__in=rules.MOVING_MODES).current()
    overridden = {row.mode for row in rows if row.allows and codes <= set(row.overrides)}
    return [mode for mode in rules.MOVING_MODES if mode not in overridden]
