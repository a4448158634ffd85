"""What waits for a clinician's decision."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from clients.screening.models import Clearance, SafetyAlert, Screening
from clients.screening.screens.staff import progress_words, safe_words
from clients.screening.standing import DOING, in_words
from practice.people.models import Member
from practice.web.refusals import Words

REVIEW_AHEAD = timedelta(days=7)
MOST_ROWS = 50


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One thing that waits: about whom, what, since when, and where it is dealt with."""

    name: str
    reference: str
    what: str
    url_name: str
    uid: str
    badge: str
    word: Words
    when: object = None
    is_measure: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    """Safety first, then decisions, then what is due again; last what clients still have with them."""

    alerts: tuple[QueueRow, ...]
    to_decide: tuple[QueueRow, ...]
    held: tuple[QueueRow, ...]
    due: tuple[QueueRow, ...]
    with_clients: tuple[QueueRow, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.alerts or self.to_decide or self.held or self.due or self.with_clients)


def review_queue(member: Member, today: date) -> ReviewQueue:
    """What waits among the clients in the member's care."""
    due = due_clearances(member, today)
    return ReviewQueue(
        alerts=tuple(map(_alert_row, open_alerts(member))),
        to_decide=tuple(map(_screening_row, screenings_to_decide(member))),
        held=tuple(_clearance_row(row, today) for row in due if row.by_rule),
        due=tuple(_clearance_row(row, today) for row in due if not row.by_rule),
        with_clients=tuple(map(_open_row, open_screenings(member))),
    )


def open_alerts(member: Member) -> list[SafetyAlert]:
    rows = SafetyAlert.objects.visible_to(member).unseen().select_related("client", "response")
    return list(rows.order_by("-raised_at", "-pk")[:MOST_ROWS])


def screenings_to_decide(member: Member) -> list[Screening]:
    rows = Screening.objects.visible_to(member).undecided().select_related("client")
    return list(rows.order_by("submitted_at", "pk")[:MOST_ROWS])


def due_clearances(member: Member, today: date) -> list[Clearance]:
    """Decisions to be looked at within the week or overdue, and holds by rule that nobody has taken up."""
    rows = Clearance.objects.visible_to(member).current().exclude(client__status="ended")
    rows = rows.filter(mode__in=["walk", "run"], review_on__lte=today + REVIEW_AHEAD)
    return list(rows.select_related("client").order_by("review_on", "pk")[:MOST_ROWS])


def open_screenings(member: Member) -> list[Screening]:
    rows = Screening.objects.visible_to(member).still_open().select_related("client")
    return list(rows.prefetch_related("responses").order_by("-asked_at", "-pk")[:MOST_ROWS])


def _alert_row(alert: SafetyAlert) -> QueueRow:
    return QueueRow(
        name=alert.client.name,
        reference=alert.client.reference,
        what=_("Safety answer. %s") % safe_words(alert.safe_now),
        url_name="safety_alert",
        uid=str(alert.uid),
        badge="stop",
        word=_("Now"),
        when=alert.raised_at,
    )


def _screening_row(screening: Screening) -> QueueRow:
    return QueueRow(
        name=screening.client.name,
        reference=screening.client.reference,
        what=_("%s handed in") % Screening.Purpose(screening.purpose).label,
        url_name="screening",
        uid=str(screening.uid),
        badge="due",
        word=_("Decide"),
        when=screening.submitted_at,
    )


def _open_row(screening: Screening) -> QueueRow:
    return QueueRow(
        name=screening.client.name,
        reference=screening.client.reference,
        what=progress_words(list(screening.responses.all())),
        url_name="screening",
        uid=str(screening.uid),
        badge="plain",
        word=Screening.Purpose(screening.purpose).label,
        when=screening.asked_at,
    )


def due_words(clearance: Clearance, today: date) -> str:
    """A decision that is to be looked at again, or a hold that waits for a person."""
    values = {"doing": DOING[clearance.mode], "day": in_words(clearance.review_on)}
    if clearance.by_rule:
        return _("On hold for %(doing)s by rule: talk with the client, then decide") % values
    if clearance.review_on < today:
        return _("The decision about %(doing)s was to be looked at by %(day)s") % values
    return _("The decision about %(doing)s is to be looked at by %(day)s") % values


def _clearance_row(clearance: Clearance, today: date) -> QueueRow:
    is_late = clearance.review_on < today
    return QueueRow(
        name=clearance.client.name,
        reference=clearance.client.reference,
        what=due_words(clearance, today),
        url_name="decide_clearance",
        uid=str(clearance.client.uid),
        badge="hold" if clearance.by_rule else "late" if is_late else "due",
        word=_("Hold") if clearance.by_rule else _("Overdue") if is_late else _("Due"),
        when=clearance.review_on,
    )
