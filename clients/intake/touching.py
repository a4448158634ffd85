"""The one line that answering questions leaves with the draft. Apart from the actions, which build on answering."""

from datetime import datetime

from clients.intake.models import Draft
from clients.screening.models import Screening


def touch(*, screening: Screening, now: datetime) -> None:
    """Something was answered: the thirty days begin anew. Called under the client's lock."""
    anew = {"touched_at": now, "first_notice_at": None, "second_notice_at": None, "erased_at": None}
    Draft.objects.update_or_create(
        screening=screening, defaults=anew, create_defaults=anew | {"client_id": screening.client_id}
    )
