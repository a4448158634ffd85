"""What Towpath notices by itself: a total that has risen, a safety answer, a date that has passed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.rescreening import rules
from clients.rescreening.actions.triggering import trigger
from clients.rescreening.models import Kind, Rescreen
from clients.screening.models import Clearance, Response, SafetyAlert, Screening
from clients.screening.rules import MOVING_MODES
from clients.screening.standing import standings_of
from clients.screening.wording import in_words


def notice_answers(*, screening: Screening, now: datetime) -> list[Rescreen]:
    """Look whether answers have stopped what was open, or a total has risen too far
    above the lowest one since the decision that stands.

    The client is locked by the caller.
    """
    handed_in = screening.responses.filter(instrument__in=rules.RISES, has_total=True)
    found = [_risen(response, screening.client, now) for response in handed_in]
    return [task for task in [_stopped(screening, now), *found] if task]


def notice_alert(*, alert: SafetyAlert, now: datetime) -> Rescreen | None:
    """Any safety answer calls for a new look; the alert itself says which answer it was."""
    return trigger(client=alert.client, kind=Kind.SAFETY, why="", now=now)


def look_at_the_calendar(*, client: Client, last_session: date | None, now: datetime) -> list[Rescreen]:
    """What the day itself calls for: a decision that has run out, a break that has become long. Twice does no harm.

    `last_session` is the last day on which a session took place; a decision made since then begins the count anew.
    """
    today = timezone.localdate(now)
    rows = Clearance.objects.filter(client=client, mode__in=MOVING_MODES).current().select_related("letter")
    allowing = [row for row in rows if row.allows]
    over = [row for row in allowing if _is_over(row, today)]
    found = [_run_out(client, over, now)] if over else []
    living = [row for row in allowing if row not in over]
    if living and last_session and rules.is_a_break(_counted_from(living, last_session), today):
        found.append(_paused(client, last_session, now))
    return [task for task in found if task]


def _stopped(screening: Screening, now: datetime) -> Rescreen | None:
    """A task for the ways of moving that were open until a rule held them for these answers."""
    holds = Clearance.objects.filter(screening=screening, decided_by=None, decided_at=now).current()
    stopped = [hold for hold in holds if _was_open(hold)]
    if not stopped:
        return None
    why = " ".join(dict.fromkeys(hold.rationale for hold in stopped))
    return trigger(
        client=screening.client,
        kind=Kind.ANSWERS,
        why=why,
        now=now,
        modes=[],
        stopped=[hold.mode for hold in stopped],
    )


def _was_open(hold: Clearance) -> bool:
    before = Clearance.objects.filter(client=hold.client_id, mode=hold.mode, pk__lt=hold.pk)
    last = before.order_by("-pk").first()
    return last is not None and last.allows


def _risen(response: Response, client: Client, now: datetime) -> Rescreen | None:
    before, after = _lowest_before(response, client), int(response.result["total"])
    if before is None or not (kind := rules.rise(response.instrument, before.points, after)):
        return None
    values = {"before": before.points, "after": after}
    why = _("From %(before)d on %(day)s to %(after)d.") % {**values, "day": in_words(before.on)}
    evidence = {"before": before.points, "before_on": before.on.isoformat(), "after": after}
    return trigger(client=client, kind=kind, why=why, now=now, evidence=evidence)


def _lowest_before(response: Response, client: Client) -> rules.Total | None:
    """The lowest total since the decision that stands, the last one before that decision included."""
    earlier = Response.objects.submitted().filter(
        screening__client=client,
        instrument=response.instrument,
        has_total=True,
        submitted_at__lte=response.submitted_at,
    )
    newest_first = earlier.exclude(pk=response.pk).order_by("-submitted_at", "-pk")
    decided_at = _decided_at(client) or response.submitted_at
    on_it = newest_first.filter(submitted_at__lte=decided_at)[:1]
    return rules.lowest(_totals(on_it), _totals(newest_first.filter(submitted_at__gt=decided_at)))


def _totals(rows: Iterable[Response]) -> list[rules.Total]:
    return [
        rules.Total(points=int(row.result["total"]), on=timezone.localdate(row.submitted_at)) for row in rows
    ]


def _decided_at(client: Client) -> datetime | None:
    decided = Clearance.objects.filter(client=client, mode__in=MOVING_MODES, decided_by__isnull=False)
    return decided.order_by("-pk").values_list("decided_at", flat=True).first()


def _is_over(row: Clearance, today: date) -> bool:
    """Past its day of review, or the doctor's letter for which it waited has not come."""
    standing = next(one for one in standings_of([row], today) if one.mode == row.mode)
    return rules.is_over(row.review_on, today) or standing.code == "letter_missing"


def _counted_from(living: Sequence[Clearance], last_session: date) -> date:
    return max([last_session, *(row.valid_from for row in living)])


def _run_out(client: Client, over: Sequence[Clearance], now: datetime) -> Rescreen | None:
    today = timezone.localdate(now)
    words = [str(one.words) for row in over for one in standings_of([row], today) if one.mode == row.mode]
    return trigger(
        client=client, kind=Kind.REVIEW_DUE, why=" ".join(words), now=now, modes=[row.mode for row in over]
    )


def _paused(client: Client, last_session: date, now: datetime) -> Rescreen | None:
    return trigger(
        client=client, kind=Kind.BREAK, why=_("The last session was on %s.") % in_words(last_session), now=now
    )
