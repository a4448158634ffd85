"""From kept answers to the sheets that rules read: the newest of each questionnaire, in its own wording."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from clients.instruments import read
from clients.questionnaires.models import OutsideResult
from clients.record.models import Client
from clients.record.rules import age_on
from clients.screening import rules
from clients.screening.models import Clearance, Response
from clients.screening.querysets import ClearanceQuerySet


def sheet_of(response: Response) -> rules.Sheet:
    """One kept questionnaire as it was asked that day."""
    return rules.Sheet(instrument=read(response.snapshot), answers=response.answers)


def newest_responses(client: Client) -> list[Response]:
    """The last submitted answers to each questionnaire, in the order an intake asks them."""
    newest = (
        Response.objects.submitted()
        .filter(screening__client=client)
        .order_by("instrument", "-submitted_at", "-pk")
        .distinct("instrument")
        .select_related("screening")
    )
    return sorted(newest, key=lambda response: response.order)


def sheets_of(responses: Iterable[Response]) -> rules.Sheets:
    return {response.instrument: sheet_of(response) for response in responses}


def results_of(client: Client, responses: Iterable[Response]) -> dict[str, int]:
    """Points from elsewhere, the newest of each scale; answers here that came later stand in their place."""
    rows = OutsideResult.objects.filter(client=client).standing().order_by("taken_on", "pk")
    newest = {scale: (points, row.taken_on) for row in rows for scale, points in [row.as_points] if scale}
    if not newest:
        return {}
    later = [
        (sheet_of(response).instrument.reads_as, timezone.localdate(response.submitted_at))
        for response in responses
        if response.submitted_at
    ]
    return {
        scale: points
        for scale, (points, day) in newest.items()
        if not any(same == scale and answered > day for same, answered in later)
    }


def hits_in(responses: Iterable[Response], client: Client, on: date) -> tuple[rules.Hit, ...]:
    """What these answers of the client say, loudest first, at the age the client has on that day."""
    return rules.assess(sheets_of(responses), age=age_of(client, on))


def hits_of(client: Client, on: date) -> tuple[rules.Hit, ...]:
    """What the client's newest answers say, and results from elsewhere, loudest first."""
    responses = newest_responses(client)
    results = results_of(client, responses)
    return rules.assess(sheets_of(responses), age=age_of(client, on), results=results)


def age_of(client: Client, on: date) -> int | None:
    """Whole years on that day, None where nobody knows the birth date."""
    return None if client.born_on is None else age_on(client.born_on, on)


def still_to_ask(client: Client, mode: str, now: datetime) -> tuple[rules.Hit, ...]:
    """What is to be asked, or asked again, before the client may be cleared for that way of moving."""
    handed_in = Response.objects.submitted().filter(screening__client=client)
    newest = handed_in.values_list("instrument").annotate(last=Max("submitted_at"))
    decided = Clearance.objects.filter(client=client, mode__in=rules.MOVING_MODES)
    crisis = decided.filter(excluded_by__contains=[rules.CRISIS]).aggregate(last=Max("decided_at"))
    asked = rules.Asked(
        handed_in=dict(newest),
        oldest=now - rules.ANSWERS_COUNT_FOR,
        ran_out=_ran_out(decided.filter(mode=mode, decided_by__isnull=False), timezone.localdate(now)),
        crisis=crisis["last"],
    )
    return rules.still_to_ask(asked)


def _ran_out(decided: ClearanceQuerySet, today: date) -> datetime | None:
    """When somebody last decided, if that was a yes whose time is over."""
    last = decided.order_by("-pk").first()
    return last.decided_at if last is not None and last.allows and today > last.review_on else None
