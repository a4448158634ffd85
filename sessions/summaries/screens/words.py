"""What people wrote, and where everything comes from."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import instruments
from clients.runs.models import RunLog
from sessions.summaries.document import Quote, Text
from sessions.summaries.rules import Part, Room, shortened
from sessions.summaries.screens.gathering import Gathered


def day_words(day: date) -> str:
    return date_format(day, "j F Y")


def moment_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")


def text(said: str, room: Room, *, letters: int | None = None) -> Text:
    lines, left_out = shortened(said, letters=room.letters if letters is None else letters, lines=room.lines)
    return Text(lines=lines, left_out=_left_out(left_out))


def _left_out(letters: int) -> str:
    return _("%d more letters not shown; the whole text is in Towpath.") % letters if letters else ""


def quotes(found: Gathered, room: Room) -> tuple[list[Quote], str]:
    """The newest words that the client shared, and a sentence about what is not here."""
    if Part.WORDS not in found.parts:
        return [], ""
    said = [
        run
        for run in found.runs
        if run.journal.strip() and run.logged_by_id == found.summary.client.member_id
    ]
    if not said:
        return [], _("The client shared no words of their own in this period.")
    shown = [_quote(run, room) for run in said[: room.quotes]]
    more = len(said) - len(shown)
    left = ngettext("%d more entry not shown.", "%d more entries not shown.", more) % more if more else ""
    return shown, left


def _quote(run: RunLog, room: Room) -> Quote:
    said = _("shared %s") % date_format(run.local_day, "j F")
    return Quote(text=text(run.journal, room, letters=room.quote_letters), said=said)


def sources(found: Gathered) -> Iterator[str]:
    """Where the figures come from, and whom the questionnaires belong to."""
    yield _(
        "Figures: %(sessions)d sessions, %(notes)d of them with a signed note; %(runs)d log entries that the "
        "client shares; %(forms)d questionnaires. All between the dates above, as they stood on %(day)s."
    ) % {
        "sessions": len(found.sessions),
        "notes": found.signed_notes,
        "runs": len(found.runs),
        "forms": found.forms,
        "day": moment_words(found.summary.asked_at),
    }
    if found.series:
        yield _("Reliable change and cut-offs are those of the questionnaire; they claim no cause.")
    yield from _attributions(key for key, _series in found.series)


def _attributions(keys: Iterable[str]) -> Iterator[str]:
    """Each notice once, after the names of the questionnaires that it is about."""
    notices: dict[str, list[str]] = {}
    for key in keys:
        instrument = instruments.load(key)
        notices.setdefault(instrument.attribution, []).append(instrument.name)
    for notice, names in notices.items():
        if notice:
            yield f"{', '.join(names)}: {notice}"
