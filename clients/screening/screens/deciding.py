"""What a clinician sees before deciding about walking and running."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.screening import rules
from clients.screening.evidence import newest_responses
from clients.screening.models import Clearance, SafetyAlert
from clients.screening.screens.evidence import Evidence, evidence_of
from clients.screening.standing import DOING, Standing, mark_of, standing_exclusions, standings

MOST_DECISIONS = 12
BADGES = {"cleared": "clear", "conditions": "conditions", "hold": "hold", "not_suited": "stop"}


@dataclass(frozen=True, kw_only=True)
class SuggestionLine:
    """What the rules suggest for one mode, and why, in one sentence each."""

    mode: str
    badge: str
    word: str
    why: str
    conditions: str


@dataclass(frozen=True, kw_only=True)
class PastDecision:
    """One decision of the past, newest first."""

    mode: str
    badge: str
    word: str
    at: datetime
    by: str
    rationale: str
    conditions: str
    review_on: date


@dataclass(frozen=True, kw_only=True)
class DecisionPage:
    """Where a client stands, what the newest answers say, and what was decided before."""

    client: Client
    standings: list[Standing]
    evidence: Evidence
    suggestions: tuple[SuggestionLine, ...]
    past: tuple[PastDecision, ...]
    exclusions: tuple[str, ...]
    stated: tuple[str, ...]
    open_alerts: tuple[SafetyAlert, ...]
    seen: str


def decision_page(client: Client, on: date) -> DecisionPage:
    """Everything one needs to decide, from the client's newest answers."""
    responses = newest_responses(client)
    evidence = evidence_of(responses)
    missing = rules.not_asked_yet([response.instrument for response in responses])
    hits = evidence.hits + missing
    return DecisionPage(
        client=client,
        standings=standings(client, on),
        evidence=evidence,
        suggestions=tuple(_suggestion(rules.suggest(mode, hits)) for mode in rules.MOVING_MODES),
        past=_past(client),
        exclusions=tuple(sorted(standing_exclusions(client))),
        stated=tuple(str(rules.EXCLUSIONS[name]) for name in sorted(rules.exclusions(hits))),
        open_alerts=tuple(SafetyAlert.objects.unseen().filter(client=client).order_by("-raised_at", "-pk")),
        seen=mark_of(client),
    )


def _suggestion(suggestion: rules.Suggestion) -> SuggestionLine:
    why = " ".join(dict.fromkeys(str(hit.sentence) for hit in suggestion.because))
    return SuggestionLine(
        mode=suggestion.mode,
        badge=BADGES[suggestion.decision],
        word=str(Clearance.Decision(suggestion.decision).label),
        why=why or _("No answer speaks against %s.") % DOING[suggestion.mode],
        conditions=" ".join(str(words) for words in suggestion.conditions),
    )


def _past(client: Client) -> tuple[PastDecision, ...]:
    rows = Clearance.objects.filter(client=client).select_related("decided_by").order_by("-pk")
    return tuple(
        PastDecision(
            mode=row.mode,
            badge=BADGES[row.decision],
            word=str(Clearance.Decision(row.decision).label),
            at=row.decided_at,
            by=row.decided_by.name if row.decided_by else _("Towpath, by rule %s") % row.by_rule,
            rationale=row.rationale,
            conditions=row.conditions,
            review_on=row.review_on,
        )
        for row in rows[:MOST_DECISIONS]
    )
