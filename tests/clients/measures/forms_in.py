"""Forms that came in, and plans, for the tests of this room."""

from datetime import timedelta

from clients import instruments
from clients.measures import actions
from clients.models import Response
from tests.factories import MONDAY_NOON, ScreeningFactory

DAY = MONDAY_NOON.date()


def form(client, total, *, days_ago=0, key="phq9", leave_out=0, now=MONDAY_NOON):
    """A submitted form whose answers add up to `total`; the last `leave_out` questions are not answered."""
    instrument, at = instruments.load(key), now - timedelta(days=days_ago)
    screening = ScreeningFactory(client=client, purpose="measure", asked_at=at, submitted_at=at)
    answers, left = {}, total
    for item in instrument.scored[: len(instrument.scored) - leave_out]:
        answers[item.key] = min(left, 3)
        left -= answers[item.key]
    return kept(screening, instrument, answers, at)


def kept(screening, instrument, answers, at):
    """The response that holds these answers."""
    result = instruments.score(instrument, answers)
    return Response.objects.create(
        screening=screening,
        order=1,
        instrument=instrument.key,
        version=instrument.version,
        snapshot=instruments.written(instrument),
        answers=answers,
        result={"total": result.total, "band": result.band, "missing": list(result.missing), "flags": []},
        has_total=result.total is not None,
        submitted_at=at,
    )


def words(every=4, unit="weeks", starts_on=DAY, **more):
    """What a plan says."""
    return actions.PlanWords(every=every, unit=unit, starts_on=starts_on, **more)


def planned(client, by, *, now=MONDAY_NOON, instruments=("phq9",), **more):
    """One plan of a client."""
    (plan,) = actions.plan_measures(
        client=client, instruments=list(instruments), words=words(**more), by=by, now=now
    )
    return plan
