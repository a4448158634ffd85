"""What waits for a clinician's decision."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from clients.record.models import Client
from clients.record.reach import Reach
from clients.screening.models import Clearance, OverrideWish, Response, SafetyAlert, Screening
from clients.screening.querysets import OverrideWishQuerySet
from clients.screening.rules import MOVING_MODES
from clients.screening.screens.staff import progress_words, safe_words
from clients.screening.standing import DOING
from clients.screening.wording import in_words
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.refusals import Words

REVIEW_AHEAD = timedelta(days=7)
MOST_ROWS = 50


@dataclass(frozen=True, kw_only=True)
class Due:
    """A client whose walking or running, or both, is to be decided about again by `review_on`."""

    client: Client
    modes: tuple[str, ...]
    is_held: bool
    is_late: bool
    review_on: date


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
    when: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    """Safety first, then decisions, then what is due again; last what is still to be asked, and by whom."""

    alerts: tuple[QueueRow, ...]
    to_decide: tuple[QueueRow, ...]
    held: tuple[QueueRow, ...]
    due: tuple[QueueRow, ...]
    to_ask: tuple[QueueRow, ...]
    with_clients: tuple[QueueRow, ...]

    @property
    def count(self) -> int:
        parts = (self.alerts, self.to_decide, self.held, self.due, self.to_ask, self.with_clients)
        return sum(map(len, parts))

    @property
    def is_empty(self) -> bool:
        return self.count == 0


def review_queue(member: Member, today: date) -> ReviewQueue:
    """What waits among the clients in the member's care."""
    due, waiting = due_decisions(member, today), open_screenings(member)
    return ReviewQueue(
        alerts=tuple(map(_alert_row, open_alerts(member))),
        to_decide=tuple(map(_screening_row, screenings_to_decide(member))),
        held=tuple(_due_row(one) for one in due if one.is_held),
        due=tuple(_due_row(one) for one in due if not one.is_held),
        to_ask=tuple(_open_row(one) for one in waiting if _is_asked_in_person(one)),
        with_clients=tuple(_open_row(one) for one in waiting if not _is_asked_in_person(one)),
    )


def open_alerts(member: Member) -> list[SafetyAlert]:
    """All of them, however many: an answer that waits longest must not drop off the end."""
    rows = SafetyAlert.objects.visible_to(member).unseen().select_related("client", "response")
    return list(rows.order_by("-raised_at", "-pk"))


def screenings_to_decide(member: Member) -> list[Screening]:
    rows = Screening.objects.visible_to(member).undecided().select_related("client")
    return list(rows.order_by("submitted_at", "pk")[:MOST_ROWS])


def due_decisions(member: Member, today: date) -> list[Due]:
    """Decisions to be looked at within the week or overdue, and holds by rule; both modes of a client together."""
    rows = Clearance.objects.visible_to(member).current().exclude(client__status="ended")
    rows = rows.filter(mode__in=MOVING_MODES, review_on__lte=today + REVIEW_AHEAD).select_related("client")
    together: dict[tuple[int, bool, date], list[Clearance]] = {}
    for row in rows.order_by("review_on", "client_id", "-mode")[:MOST_ROWS]:
        together.setdefault((row.client_id, bool(row.by_rule), row.review_on), []).append(row)
    return [
        Due(
            client=same[0].client,
            modes=tuple(row.mode for row in same),
            is_held=is_held,
            is_late=review_on < today,
            review_on=review_on,
        )
        for (_client, is_held, review_on), same in together.items()
    ]


def wishes_for(member: Member) -> OverrideWishQuerySet | None:
    """Overrides that somebody else asked for and this member may sign; None for who may sign none."""
    if not member.may(Permission.DECIDE_CLEARANCE):
        return None
    clients = Client.objects.in_care_of(member, Reach.KEEP)
    rows = OverrideWish.objects.visible_to(member).still_open().exclude(asked_by=member)
    return rows.filter(client__in=clients)


def open_screenings(member: Member) -> list[Screening]:
    rows = Screening.objects.visible_to(member).still_open().select_related("client")
    return list(rows.prefetch_related("responses").order_by("-asked_at", "-pk")[:MOST_ROWS])


def _alert_row(alert: SafetyAlert) -> QueueRow:
    return QueueRow(
        name=alert.client.name,
        reference=alert.client.reference,
        what=f"{_alert_words(alert)} {safe_words(alert.safe_now)}",
        url_name="safety_alert",
        uid=str(alert.uid),
        badge="stop",
        word=_("Now"),
        when=alert.raised_at,
    )


def _alert_words(alert: SafetyAlert) -> str:
    if alert.would_rather_talk:
        return _("Would rather talk about a question of safety.")
    return _("Safety answer.")


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


def _is_asked_in_person(screening: Screening) -> bool:
    return all(response.asked_by_clinician for response in screening.responses.all())


def _open_row(screening: Screening) -> QueueRow:
    responses = list(screening.responses.all())
    return QueueRow(
        name=screening.client.name,
        reference=screening.client.reference,
        what=_names(responses) if _is_asked_in_person(screening) else progress_words(responses),
        url_name="screening",
        uid=str(screening.uid),
        badge="plain",
        word=Screening.Purpose(screening.purpose).label,
        when=screening.asked_at,
    )


def _names(responses: list[Response]) -> str:
    return ", ".join(response.snapshot["name"] for response in responses)


def due_words(due: Due) -> str:
    """A decision that is to be looked at again, or a hold that waits for a person."""
    doing = _(" and ").join(str(DOING[mode]) for mode in due.modes)
    values = {"doing": doing, "day": in_words(due.review_on)}
    if due.is_held:
        return _("On hold for %(doing)s by rule: talk with the client, then decide.") % values
    if due.is_late:
        return _("The decision about %(doing)s was to be looked at by %(day)s.") % values
    return _("The decision about %(doing)s is to be looked at by %(day)s.") % values


def _due_row(due: Due) -> QueueRow:
    badge, word = ("late", _("Overdue")) if due.is_late else ("due", _("Due"))
    return QueueRow(
        name=due.client.name,
        reference=due.client.reference,
        what=due_words(due),
        url_name="decide_clearance",
        uid=str(due.client.uid),
        badge="hold" if due.is_held else badge,
        word=_("Hold") if due.is_held else word,
        when=due.review_on,
    )
