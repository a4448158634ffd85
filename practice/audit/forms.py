"""What the trail can be narrowed to. A word that makes no sense narrows nothing."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.audit.models import AuditEvent
from practice.audit.querysets import AuditQuerySet
from practice.audit.words import KINDS, Kind, actions_of
from practice.people.models import Member
from practice.web.forms import PlainText, ShapeForm

ANY = ("", _("Any"))


class FilterForm(ShapeForm):
    """The address keeps what is asked for, so that a view of the trail can be kept and sent on."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    client = PlainText(label=_("Client reference"), max_length=12, required=False)
    kind = forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=[ANY, *((kind.value, words) for kind, words in KINDS.items())],
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[ANY, *AuditEvent.Outcome.choices]
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Up to and including"), required=False)

    def __init__(self, data: Any, *, people: list[Member]) -> None:
        super().__init__(data)
        choices = [(str(person.uid), person.name) for person in people]
        self.fields["person"].choices = [ANY, *choices, ("towpath", "Towpath")]  # type: ignore[attr-defined] # a ChoiceField
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """What the trail is narrowed to, as it is told in the trail itself."""
        return {
            f"asked_{name}": value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }

    def narrowed(self, rows: AuditQuerySet) -> AuditQuerySet:
        """The lines asked for. Rows of the database come only where they are asked for."""
        said = self.cleaned_data
        kind, client = said.get("kind"), said.get("client")
        rows = rows.changes() if kind == Kind.ROW else rows.acts()
        if kind and kind != Kind.ROW:
            rows = rows.filter(action__in=actions_of(kind))
        if client:
            rows = rows.filter(client_reference=client.strip().upper())
        if outcome := said.get("outcome"):
            rows = rows.filter(outcome=outcome)
        return self._between(self._by_person(rows))

    def _by_person(self, rows: AuditQuerySet) -> AuditQuerySet:
        person = self.cleaned_data.get("person")
        if person == "towpath":
            return rows.filter(member_uid=None, member_name="Towpath")
        return rows.filter(member_uid=UUID(person)) if person else rows

    def _between(self, rows: AuditQuerySet) -> AuditQuerySet:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since:
            rows = rows.filter(at__gte=_midnight(since))
        return (
            rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until and until < date.max else rows
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
