"""The shape of what is typed about a session."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.runs.models import RunLog
from practice.people.models import Member
from practice.web.forms import PlainText, ShapeForm
from sessions.booking import rules
from sessions.booking.actions import Facts
from sessions.booking.actions.checks import said_minutes
from sessions.booking.models import CancelledBecause, TherapySession
from sessions.routes.models import Route

MODE, PLACE = TherapySession.Mode, TherapySession.Place
TALKING_PACES = [choice for choice in RunLog.Effort.choices if choice[0] != RunLog.Effort.NO_TALKING]
ODD_DATE = _("Something looks off with the date. Check day, month and year.")
NO_SUCH_TIME = _("The clocks go forward over that time, so it does not exist. Try an hour later.")


if TYPE_CHECKING:
    # the stubs know a type argument that Django itself does not
    class ClientField(forms.ModelChoiceField[Client]): ...

    class RouteField(forms.ModelChoiceField[Route]): ...
else:
    ClientField = RouteField = forms.ModelChoiceField


class ClientChoice(ClientField):
    def label_from_instance(self, obj: Client) -> str:
        return f"{obj.name} · {obj.reference}"


class RouteChoice(RouteField):
    """Routes by name; `labels` are the words for those whose length in minutes is known."""

    labels: dict[Any, str] = {}

    def label_from_instance(self, obj: Route) -> str:
        return self.labels.get(obj.pk, obj.name)


class FactsForm(ShapeForm):
    """When, where and how: what booking and changing a session ask alike."""

    clinician = forms.ModelChoiceField(
        Member.objects.none(), label=_("With"), to_field_name="uid", empty_label=None
    )
    mode = forms.ChoiceField(label=_("How you meet"), choices=MODE.choices, widget=forms.RadioSelect)
    pace = forms.ChoiceField(
        label=_("Pace"),
        choices=TALKING_PACES,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Slow enough to talk. The slower of the two sets it."),
    )
    route = RouteChoice(
        Route.objects.none(), label=_("Route"), required=False, to_field_name="uid", empty_label=_("No route")
    )
    route_is_chosen = forms.BooleanField(label=_("The client chose this route"), required=False)
    moving_minutes = forms.IntegerField(
        label=_("Minutes of moving"),
        required=False,
        min_value=1,
        error_messages={"invalid": _("Give the minutes as a whole number, like 30.")},
    )
    place = forms.ChoiceField(
        label=_("Where"),
        choices=PLACE.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Walking and running are outdoors. Sitting can be anywhere."),
    )
    meeting_place = PlainText(label=_("Where to meet"), required=False, max_length=200)
    date = forms.DateField(
        label=_("Date"),
        validators=[
            MinValueValidator(rules.FIRST_DAY, ODD_DATE),
            MaxValueValidator(rules.LAST_DAY, ODD_DATE),
        ],
        error_messages={"invalid": ODD_DATE},
    )
    time = forms.TimeField(
        label=_("Starts at"), error_messages={"invalid": _("Give the time as hours and minutes, like 09:30.")}
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=rules.USUAL_MINUTES,
        error_messages={"invalid": _("Give the minutes as a whole number, like 50.")},
    )

    def __init__(
        self, *args: Any, clinicians: QuerySet[Member], routes: QuerySet[Route], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._offer("clinician", clinicians)
        self._offer("route", routes)

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 for the type checker
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Day and clock time become one moment."""
        values = super().clean() or self.cleaned_data
        if values.get("date") and values.get("time"):
            values["starts_at"] = rules.moment(
                values["date"], values["time"], timezone.get_current_timezone()
            )
            if values["starts_at"] is None:
                self.add_error("time", ValidationError(NO_SUCH_TIME, code="no_such_time"))
        return values

    def facts(self) -> Facts:
        """What the actions want to know. Where nothing was chosen: outdoors to move, the practice to sit."""
        values = self.cleaned_data
        usual = PLACE.OFFICE if values["mode"] == MODE.SIT else PLACE.OUTDOORS
        return Facts(
            clinician=values["clinician"],
            mode=values["mode"],
            place=values["place"] or usual,
            starts_at=values["starts_at"],
            minutes=values["minutes"],
            route=values["route"],
            pace=values["pace"],
            meeting_place=values["meeting_place"],
            moving_minutes=values["moving_minutes"],
            route_is_chosen=bool(values["route_is_chosen"] and values["route"]),
        )

    def peek(self, name: str) -> Any:
        """The field's value as it stands in the form, sent or prefilled; None where it makes no sense."""
        try:
            return self.fields[name].clean(self[name].value()) or None
        except (ValidationError, ValueError, TypeError):
            return None


class BookingForm(FactsForm):
    client = ClientChoice(
        Client.objects.none(), label=_("Client"), to_field_name="uid", empty_label=_("Choose a client")
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ["client"]

    def __init__(self, *args: Any, clients: QuerySet[Client], **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("client", clients)

    def token_or_new(self) -> UUID:
        """The id of the session to be: sent twice, it is booked once."""
        return self.cleaned_data.get("token") or uuid4()

    def renew(self) -> None:
        """A form that has booked its session starts afresh, with all that was typed."""
        self.data = (
            {**self.data.dict(), "token": str(uuid4())} if isinstance(self.data, QueryDict) else self.data
        )


class MoveForm(FactsForm):
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def facts_of(session: TherapySession) -> dict[str, Any]:
        """The form as the session stands. The route's own meeting place is not repeated."""
        local = timezone.localtime(session.starts_at)
        is_usual = session.route is not None and session.meeting_place == session.route.meeting_place
        return {
            "clinician": session.clinician,
            "mode": session.mode,
            "place": session.place,
            "pace": session.pace,
            "route": session.route,
            "meeting_place": "" if is_usual else session.meeting_place,
            "date": local.date(),
            "time": local.time(),
            "minutes": session.minutes,
            "moving_minutes": said_minutes(session),
            "route_is_chosen": session.route_is_chosen,
            "seen": session.starts_at.isoformat(),
        }

    def start_seen(self) -> datetime | None:
        """The start that the page showed when it was opened."""
        seen: datetime | None = self.cleaned_data.get("seen")
        return seen


class CancelForm(ShapeForm):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CancelledBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. It helps whoever looks at the calendar later.")},
    )
