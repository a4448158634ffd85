"""What a clinician sees before deciding about walking and running."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.screening import rules
from clients.screening.evidence import age_of, newest_responses, results_of, still_to_ask
from clients.screening.models import Clearance, OverrideWish, SafetyAlert
from clients.screening.screens.changes import Changed, changed_since
from clients.screening.screens.evidence import Evidence, evidence_of
from clients.screening.standing import Standing, mark_of, standing_exclusions, standings
from practice.people.models import Practice

MOST_DECISIONS = 12
BADGES = {"cleared": "clear", "conditions": "conditions", "hold": "hold", "not_suited": "stop"}


@dataclass(frozen=True, kw_only=True)
class SuggestionLine:
    """What the rules suggest for one mode, and why, in words one can argue with."""

    mode: str
    badge: str
    word: str
    why: rules.Explanation
    conditions: str
    limits: rules.Limits

    @property
    def limits_in_words(self) -> str:
        return " ".join(self.limits.in_words())


@dataclass(frozen=True, kw_only=True)
class DoctorsLetter:
    """A doctor's letter that has come, and what a clinician read in it."""

    mode: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PastDecision:
    """One decision of the past, newest first. `uid` is "" where a rule held: nobody has decided anything to tell."""

    uid: str
    mode: str
    badge: str
    word: str
    at: datetime
    by: str
    rationale: str
    conditions: str
    review_on: date
    ruleset: str
    doctor: DoctorsLetter | None
    letters: tuple[str, ...]
    """Public ids of the letters that went with it."""


@dataclass(frozen=True, kw_only=True)
class AwaitedLetter:
    """A decision that waits for a doctor's letter."""

    uid: str
    mode: str
    by: date


@dataclass(frozen=True, kw_only=True)
class DecisionPage:
    """Where a client stands, what the newest answers say, and what was decided before."""

    client: Client
    standings: list[Standing]
    evidence: Evidence
    suggestions: tuple[SuggestionLine, ...]
    changed: tuple[Changed, ...]
    past: tuple[PastDecision, ...]
    exclusions: tuple[str, ...]
    stated: tuple[str, ...]
    open_alerts: tuple[SafetyAlert, ...]
    awaited: tuple[AwaitedLetter, ...]
    came: tuple[DoctorsLetter, ...]
    wishes: tuple[OverrideWish, ...]
    may_be_overridden: bool
    ruleset: str
    seen: str

    @property
    def same(self) -> list[str]:
        """The questionnaires that were answered the same way as the last time."""
        return [one.name for one in self.changed if not one.changes]


def decision_page(client: Client, now: datetime) -> DecisionPage:
    """Everything one needs to decide, from the client's newest answers."""
    on = timezone.localdate(now)
    responses = newest_responses(client)
    evidence = evidence_of(responses, age=age_of(client, on), results=results_of(client, responses))
    hits = evidence.hits
    stand = standings(client, on)
    confirmed, stated = standing_exclusions(client), rules.exclusions(hits)
    return DecisionPage(
        client=client,
        standings=stand,
        evidence=evidence,
        suggestions=tuple(
            _suggestion(rules.suggest(mode, hits + still_to_ask(client, mode, now)))
            for mode in rules.MOVING_MODES
        ),
        changed=changed_since(client, responses),
        past=_past(client),
        exclusions=tuple(sorted(confirmed)),
        stated=tuple(str(rules.EXCLUSIONS[name]) for name in sorted(stated)),
        open_alerts=tuple(SafetyAlert.objects.unseen().filter(client=client).order_by("-raised_at", "-pk")),
        awaited=tuple(_awaited(stand)),
        came=tuple(_came(stand)),
        wishes=_wishes(client),
        may_be_overridden=_may_be_overridden(confirmed | stated),
        ruleset=rules.VERSION,
        seen=mark_of(client),
    )


def _suggestion(suggestion: rules.Suggestion) -> SuggestionLine:
    return SuggestionLine(
        mode=suggestion.mode,
        badge=BADGES[suggestion.decision],
        word=str(Clearance.Decision(suggestion.decision).label),
        why=rules.explain(suggestion),
        conditions=" ".join(str(words) for words in suggestion.conditions),
        limits=suggestion.limits,
    )


def _past(client: Client) -> tuple[PastDecision, ...]:
    rows = Clearance.objects.filter(client=client).select_related(
        "decided_by", "second_by", "letter__seen_by"
    )
    return tuple(
        PastDecision(
            uid=str(row.uid) if row.decided_by_id else "",
            mode=row.mode,
            badge=BADGES[row.decision],
            word=str(Clearance.Decision(row.decision).label),
            at=row.decided_at,
            by=signed_by(row),
            rationale=row.rationale,
            conditions=row.conditions_in_words,
            review_on=row.review_on,
            ruleset=row.ruleset,
            doctor=doctors_letter(row),
            letters=tuple(str(letter.uid) for letter in row.letters.all()),
        )
        for row in rows.prefetch_related("letters").order_by("-pk")[:MOST_DECISIONS]
    )


def signed_by(row: Clearance) -> str:
    """Who decided: one clinician, two where a rule was overridden, or a rule."""
    if row.decided_by is None:
        return _("Towpath, by rule %s") % row.by_rule
    if row.second_by is None:
        return row.decided_by.name
    values = {"first": row.decided_by.name, "second": row.second_by.name, "rules": ", ".join(row.overrides)}
    return _("%(first)s and %(second)s, overriding %(rules)s") % values


def doctors_letter(row: Clearance) -> DoctorsLetter | None:
    """The letter that came for this decision. Bring `letter__seen_by` along where many are looked at."""
    letter = getattr(row, "letter", None)
    if letter is None:
        return None
    return DoctorsLetter(mode=row.mode, words=letter.words, by=letter.seen_by.name, at=letter.seen_at)


def _came(stand: list[Standing]) -> list[DoctorsLetter]:
    letters = [doctors_letter(one.clearance) for one in stand if one.clearance is not None]
    return [letter for letter in letters if letter is not None]


def _awaited(stand: list[Standing]) -> list[AwaitedLetter]:
    rows = [one.clearance for one in stand if one.clearance is not None]
    return [
        AwaitedLetter(uid=str(row.uid), mode=row.mode, by=row.letter_by)
        for row in rows
        if row.letter_by is not None and not row.limits.letter_seen
    ]


def _wishes(client: Client) -> tuple[OverrideWish, ...]:
    rows = OverrideWish.objects.still_open().filter(client=client).select_related("asked_by")
    return tuple(rows.order_by("pk"))


def _may_be_overridden(exclusions: set[str]) -> bool:
    """H1 and H2 where the practice allows it; never while there is a crisis."""
    codes = {rules.EXCLUSION_CODES[name] for name in exclusions}
    allowed = bool(codes) and codes <= set(rules.OVERRIDABLE)
    return allowed and overrides_are_allowed()


def overrides_are_allowed() -> bool:
    """Whether an owner lets a second clinician override H1 and H2."""
    return Practice.objects.filter(second_may_override=True).exists()
