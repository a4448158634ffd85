"""Enter the result of a questionnaire whose text is not here, or strike it out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.instruments import SCALES
from clients.questionnaires.models import OutsideResult
from clients.record.models import Client
from clients.screening import rules
from clients.screening.actions.holding import hold_for
from clients.screening.evidence import age_of, newest_responses, results_of
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused

SAFE_LINKS = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What was typed: which questionnaire, its score as its own rule says it, the day, and where more stands."""

    name: str
    score: str
    taken_on: date
    link: str = ""
    note: str = ""


class NothingEntered(Refused):
    code, field = "nothing_entered", "name"
    status: ClassVar[int] = 400
    message = _("Give the name of the questionnaire and its score.")


class TakenInTheFuture(Refused):
    code, field = "taken_in_the_future", "taken_on"
    status: ClassVar[int] = 400
    message = _("That day has not come yet.")


class LinkUnsafe(Refused):
    """A link that runs something is no link to a result."""

    code, field = "link_unsafe", "link"
    status: ClassVar[int] = 400
    message = _("A link begins with https:// or http://.")


class NotItsPoints(Refused):
    """A rule reads this score, so it must be one that the questionnaire has."""

    code, field = "not_its_points", "score"
    status: ClassVar[int] = 400
    message = _("This questionnaire has no such score.")


class StruckAlready(Refused):
    code = "struck_already"
    message = _("This result is struck out already.")


@transaction.atomic
def enter_result(*, client: Client, entry: Entry, by: Member, now: datetime) -> OutsideResult:
    """Keep a result from elsewhere: a name, a score and a day, never a question or an answer.

    Where a rule reads such a score, walking and running are held as they would be for answers given here.
    """
    if not entry.name.strip() or not entry.score.strip():
        raise NothingEntered
    if entry.taken_on > timezone.localdate(now):
        raise TakenInTheFuture
    if entry.link and not entry.link.lower().startswith(SAFE_LINKS):
        raise LinkUnsafe
    client = Client.objects.select_for_update().get(pk=client.pk)
    row = OutsideResult.objects.create(
        client=client,
        name=entry.name.strip(),
        score=entry.score.strip(),
        taken_on=entry.taken_on,
        link=entry.link,
        note=entry.note,
        entered_by=by,
        entered_at=now,
    )
    _check_points(row)
    record("result_entered", on=row, by=by, at=now, client=client)
    _hold(row, client, now)
    return row


def _check_points(row: OutsideResult) -> None:
    scale, points = row.as_points
    if scale and not SCALES[scale].least <= points <= SCALES[scale].most:
        values = {"name": SCALES[scale].name, "least": SCALES[scale].least, "most": SCALES[scale].most}
        raise NotItsPoints(_("%(name)s goes from %(least)d to %(most)d points.") % values)


def _hold(row: OutsideResult, client: Client, now: datetime) -> None:
    """For what this result says, where nothing newer stands in its place."""
    scale, points = row.as_points
    if results_of(client, newest_responses(client)).get(scale) == points:
        said = rules.assess({}, age=age_of(client, timezone.localdate(now)), results={scale: points})
        hold_for(hits=said, screening=None, client=client, now=now)


@transaction.atomic
def strike_result(*, result: OutsideResult, by: Member, now: datetime) -> OutsideResult:
    """Strike out what was entered by mistake. It stays legible, with who did it."""
    result = OutsideResult.objects.select_for_update().get(pk=result.pk)
    if result.is_struck:
        raise StruckAlready
    result.struck_by, result.struck_at = by, now
    result.save(update_fields=["struck_by", "struck_at"])
    record("result_struck", on=result, by=by, at=now, client=result.client)
    return result
