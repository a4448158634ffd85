"""Towpath may stop a moving session, never allow one: holds by rule, and the alerts behind them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.instruments import NOT_SAID, read
from clients.record.models import Client
from clients.screening import rules
from clients.screening.models import Clearance, Response, SafetyAlert, Screening
from practice import contributions
from practice.audit import record
from practice.people.models import Member


def hold_moving(
    *,
    client: Client,
    code: str,
    because: str,
    now: datetime,
    screening: Screening | None = None,
    exclusions: Iterable[str] = (),
    modes: Collection[str] = rules.MOVING_MODES,
) -> list[Clearance]:
    """Put walking and running on hold by a rule, where they are not stopped for as much already.

    The client's row is locked by the caller. The hold is to be looked at the same day. `modes` are those that the
    rule concerns.
    """
    excluded = sorted(exclusions)
    newest = {row.mode: row for row in Clearance.objects.filter(client=client).current()}
    return [
        _hold(client, screening, mode, code, because, excluded, now)
        for mode in rules.MOVING_MODES
        if mode in modes and not _stands_already(newest.get(mode), excluded)
    ]


def raise_alert(*, response: Response, item: str, client: Client, by: Member, now: datetime) -> SafetyAlert:
    """Tell the care team of a safety answer, or of the wish to talk instead of giving one.

    One open alert per answer, however often it is sent. Whoever treats the client is called by letter, unless one of
    them asked and heard it themself.
    """
    answer = response.answers.get(item)
    talks = answer == NOT_SAID
    said = (
        _("Would rather talk about it in person")
        if talks
        else read(response.snapshot).item(item).label_of(answer)
    )
    alert, is_new = SafetyAlert.objects.get_or_create(
        response=response,
        item=item,
        seen_at=None,
        defaults={
            "client": client,
            "raised_at": now,
            "said": said,
            "would_rather_talk": talks,
            "called_at": None if by.is_client else now,
        },
    )
    if said and alert.said != said:
        alert.said, alert.would_rather_talk = said, talks
        alert.save(update_fields=["said", "would_rather_talk"])
    if is_new:
        record("safety_alert_raised", on=alert, by=by, at=now, client=client, rule="H3a", item=item)
        contributions.safety_alert_raised(alert, by, now)
        contributions.must_be_heard(now)
    return alert


def hold_for(
    *, hits: Iterable[rules.Hit], screening: Screening | None, client: Client, now: datetime
) -> None:
    """Hold each way of moving for the loudest of the hits that hold it; what no hit holds stays as it is."""
    said = tuple(hits)
    for mode in rules.MOVING_MODES:
        if not (holding := rules.holding(said, mode)):
            continue
        sentences = " ".join(dict.fromkeys(str(hit.sentence) for hit in holding))
        hold_moving(
            client=client,
            screening=screening,
            code=holding[0].code,
            because=_("Held by rule until somebody has talked with the client: %s") % sentences,
            exclusions=rules.exclusions(holding),
            modes=[mode],
            now=now,
        )


def _stands_already(newest: Clearance | None, excluded: list[str]) -> bool:
    return newest is not None and not newest.allows and set(excluded) <= set(newest.excluded_by)


def _hold(
    client: Client,
    screening: Screening | None,
    mode: str,
    code: str,
    because: str,
    excluded: list[str],
    now: datetime,
) -> Clearance:
    today = timezone.localdate(now)
    clearance = Clearance.objects.create(
        client=client,
        screening=screening,
        mode=mode,
        decision=Clearance.Decision.HOLD,
        rationale=because,
        excluded_by=excluded,
        by_rule=code,
        ruleset=rules.VERSION,
        decided_at=now,
        valid_from=today,
        review_on=today,
    )
    record("clearance_held", on=clearance, by=None, at=now, client=client, mode=mode, rule=code)
    contributions.clearance_decided(clearance, None, now)
    return clearance
