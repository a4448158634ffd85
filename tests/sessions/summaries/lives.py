"""Lives to summarise: what happened, and the summary that was asked of it."""

from datetime import date, datetime, timedelta
from typing import Any

from clients import instruments
from clients.models import Client, Response
from sessions.models import Summary
from sessions.summaries import actions
from tests.factories import MONDAY_NOON, RunLogFactory, ScreeningFactory, SessionFactory

TODAY = MONDAY_NOON + timedelta(days=70)
SINCE, UNTIL = date(2026, 6, 1), date(2026, 8, 10)


def on(days: int, hour: int = 9) -> datetime:
    """So many days into the period."""
    return MONDAY_NOON.replace(hour=hour) + timedelta(days=days)


def asked(client: Client, **changes: Any) -> Summary:
    """A summary that nobody has made yet, by the client's primary clinician."""
    words = {
        "audience": "supervision",
        "since": SINCE,
        "until": UNTIL,
        "questions": "",
        "plan": "",
        **changes,
    }
    by = words.pop("by", None) or client.care_team.get(part="primary").member
    return actions.begin_summary(client=client, **words, by=by, now=TODAY)


def made(client: Client, **changes: Any) -> Summary:
    return actions.make_summary(asked(client, **changes), lambda _percent, _step: None)


def form(client: Client, day: int, key: str, answers: list[int]) -> Response:
    """A questionnaire answered and submitted on that day."""
    instrument = instruments.load(key)
    given = {item.key: value for item, value in zip(instrument.scored, answers, strict=True)}
    result = instruments.score(instrument, given)
    screening = ScreeningFactory.create(
        client=client, purpose="measure", asked_at=on(day), submitted_at=on(day)
    )
    return Response.objects.create(
        screening=screening,
        order=1,
        instrument=key,
        version=instrument.version,
        snapshot=instruments.written(instrument),
        answers=given,
        result={"total": result.total, "band": result.band, "missing": [], "flags": []},
        has_total=result.total is not None,
        submitted_at=on(day),
    )


def outing(client: Client, day: int, **changes: Any) -> Any:
    """A walk that the client logged and shares."""
    words = {"activity": "walk", "minutes": 20, "mood_before": 2, "mood_after": 4, **changes}
    return RunLogFactory.create(client=client, logged_by=client.member, started_at=on(day, 17), **words)


def session(client: Client, day: int, **changes: Any) -> Any:
    clinician = client.care_team.get(part="primary").member
    starts = on(day)
    words = {"starts_at": starts, "ends_at": starts + timedelta(minutes=50), **changes}
    state = words.pop("state", "completed")
    closed = {} if state == "booked" else {"closed_at": words["ends_at"], "closed_by": clinician}
    return SessionFactory.create(client=client, clinician=clinician, state=state, **closed, **words)
