"""From kept answers to the sheets that rules read: the newest of each questionnaire, in its own wording."""

from collections.abc import Iterable

from clients.instruments import read
from clients.record.models import Client
from clients.screening import rules
from clients.screening.models import Response


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


def hits_of(client: Client) -> tuple[rules.Hit, ...]:
    """What the client's newest answers say, loudest first."""
    return rules.assess(sheets_of(newest_responses(client)))
