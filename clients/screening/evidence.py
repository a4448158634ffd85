"""From kept answers to the sheets that rules read: the newest of each questionnaire, in its own wording."""

from collections.abc import Iterable
from datetime import date

from clients.instruments import read
from clients.record.models import Client
from clients.record.rules import age_on
from clients.screening import rules
from clients.screening.models import Clearance, Response


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


def hits_in(responses: Iterable[Response], client: Client, on: date) -> tuple[rules.Hit, ...]:
    """What these answers of the client say, loudest first, at the age the client has on that day."""
    return rules.assess(sheets_of(responses), age=age_of(client, on))


def hits_of(client: Client, on: date) -> tuple[rules.Hit, ...]:
    """What the client's newest answers say, loudest first."""
    return hits_in(newest_responses(client), client, on)


def age_of(client: Client, on: date) -> int | None:
    """Whole years on that day, None where nobody knows the birth date."""
    return None if client.born_on is None else age_on(client.born_on, on)


def were_answers_handed_in_since(client: Client, mode: str) -> bool:
    """Whether the client has handed in answers after the last decision about that mode."""
    last = Clearance.objects.filter(client=client, mode=mode).order_by("-pk").first()
    handed_in = Response.objects.submitted().filter(screening__client=client)
    return last is None or handed_in.filter(submitted_at__gt=last.decided_at).exists()
