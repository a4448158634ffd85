"""A questionnaire has a new version: whoever was decided about on the old one is looked at again (domain §2.5)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from clients.instruments import Instrument, offered
from clients.questionnaires.models import InstrumentVersion
from clients.record.models import Client
from clients.rescreening.actions import trigger
from clients.screening.models import Clearance, Response
from clients.screening.rules import ALLOWING, MOVING_MODES
from practice.jobs.leaving_out import going_on
from practice.people.acting import beyond_the_wall

KIND = "instrument_changed"


def notice_versions(*, now: datetime) -> int:
    """Look at every questionnaire in use, and ask for a new look wherever a version was raised; how many clients.

    The first version that is ever seen of a questionnaire is where the counting begins. Done twice, or after a crash, it
    has the effect of once. A client for whom it cannot be done keeps nobody waiting, and is tried again.
    """
    with beyond_the_wall("nobody asks: a questionnaire has a new version"):
        raised = [(one, row) for one in offered() if (row := _raised(one, now))]
    found = 0
    for instrument, row in raised:
        done = [_look_again(client, instrument, now) for client in _decided_on_others(instrument)]
        found += sum(one is True for one in done)
        if None in done:
            continue
        with beyond_the_wall("nobody asks: a questionnaire has a new version"):
            InstrumentVersion.objects.filter(pk=row.pk).update(told_at=now)
    return found


def _raised(instrument: Instrument, now: datetime) -> InstrumentVersion | None:
    """The row of a version that follows another and was not told of yet."""
    is_first = not InstrumentVersion.objects.filter(key=instrument.key).exists()
    row, _made = InstrumentVersion.objects.get_or_create(
        key=instrument.key,
        version=instrument.version,
        defaults={"first_seen_at": now, "told_at": now if is_first else None},
    )
    return row if row.told_at is None else None


def _decided_on_others(instrument: Instrument) -> list[Client]:
    """Clients who may move with us, and who answered this questionnaire in another version last."""
    with beyond_the_wall("nobody asks: a questionnaire has a new version"):
        moving = Clearance.objects.filter(mode__in=MOVING_MODES).current().filter(decision__in=ALLOWING)
        newest = (
            Response.objects.submitted()
            .filter(instrument=instrument.key, screening__client__in=moving.values("client"))
            .order_by("screening__client_id", "-submitted_at", "-pk")
            .distinct("screening__client_id")
            .values_list("screening__client_id", "version")
        )
        return list(Client.objects.filter(pk__in=_outdated(newest, instrument.version)).order_by("pk"))


def _outdated(newest: Iterable[tuple[int, str]], version: str) -> list[int]:
    return [client for client, answered in newest if answered != version]


def _look_again(client: Client, instrument: Instrument, now: datetime) -> bool | None:
    """Whether there is something to look at again; None where it could not be done."""
    why = _("%(name)s, version %(version)s.") % {"name": instrument.name, "version": instrument.version}
    found = False
    with (
        going_on("instrument_changed", client=client, now=now) as left,
        beyond_the_wall("nobody asks: a questionnaire has a new version"),
    ):
        found = trigger(client=client, kind=KIND, why=why, now=now) is not None
    return None if left.out else found
