"""The four-tap form: its shape. What may not be is said by the rules, at the field it is about."""

from dataclasses import replace
from datetime import datetime, timedelta
from datetime import timezone as tz
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.runs.choices import Activity, Context, Effort
from clients.runs.heading_out import HeadingOut
from clients.runs.models import RunLog
from clients.runs.rules import MOST_WORDS, RunEntry, local_moment, offset_minutes_of
from practice.web.forms import PlainText, ShapeForm
from practice.web.refusals import Refused

METRES_IN_KM = 1000
OTHER = "other"
OUT_OF_DATE = _("This page is out of date. Open it again, please.")
MINUTES = [*((str(minutes), str(minutes)) for minutes in (5, 10, 20, 30, 45)), (OTHER, _("Other"))]
MOODS = [
    (1, _("Very low")),
    (2, _("Low")),
    (3, _("In between")),
    (4, _("Good")),
    (5, _("Very good")),
]
ACTIVITIES = [
    (activity.value, activity.label)
    for activity in (
        Activity.WALK,
        Activity.RUN_WALK,
        Activity.RUN,
        Activity.STEPPED_OUTSIDE,
        Activity.REST,
        Activity.OTHER,
    )
]


def _mood(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=MOODS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )


class NaiveDateTime(forms.Field):
    """What a native picker for date and time sends. Raises ValidationError for what is no date."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "required": _("Say when, about."),
        "invalid": _("Something looks off with the date. Try 14/05/2026, 18:05."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        for shape in (
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%d/%m/%Y, %H:%M",
            "%d/%m/%Y %H:%M",
        ):
            try:
                return datetime.strptime(str(value).strip(), shape)  # noqa: DTZ007 a clock on a wall has no zone
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class RunForm(ShapeForm):
    """One entry. `uid` is made when the page is made, so that sending the page twice is harmless."""

    uid = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": OUT_OF_DATE, "invalid": OUT_OF_DATE},
    )
    activity = forms.ChoiceField(
        label=_("What"),
        choices=ACTIVITIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did."), "invalid_choice": _("Choose what you did.")},
    )
    minutes = forms.ChoiceField(
        label=_("About how long?"), choices=MINUTES, required=False, widget=forms.RadioSelect
    )
    other_minutes = forms.IntegerField(label=_("How many minutes?"), required=False)
    mood_after = _mood(_("How are you now?"))
    started_at = NaiveDateTime(label=_("When did it start?"))
    mood_before = _mood(_("How were you before?"))
    effort = forms.ChoiceField(
        label=_("While moving I"), choices=Effort.choices, required=False, widget=forms.RadioSelect
    )
    context = forms.MultipleChoiceField(
        label=_("Who with, where"),
        choices=Context.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    distance_km = forms.DecimalField(
        label=_("Distance in km"), required=False, max_digits=9, decimal_places=3
    )
    journal = PlainText(
        label=_("In your own words"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    share = forms.BooleanField(required=False)

    @property
    def has_details(self) -> bool:
        """Whether anything below the fold is filled or refused, so that the page opens it."""
        folded = ("started_at", "mood_before", "effort", "context", "distance_km", "journal")
        if self.is_bound:
            return any(
                self.errors.get(name) or self.data.get(name) for name in folded if name != "started_at"
            )
        return any(self.initial.get(name) for name in folded if name != "started_at")

    def entry(self, standing: RunEntry | None = None) -> RunEntry:
        """What was typed, as an entry; `standing` is what it changes. Raises NoSuchTime for a skipped hour.

        Rest is not asked for numbers: the page hides those questions, and what was left in them is not meant.
        """
        typed = self.cleaned_data
        began = self._began(standing)
        entry = RunEntry(
            activity=typed["activity"],
            started_at=began,
            utc_offset_minutes=offset_minutes_of(began),
            minutes=self._minutes(),
            mood_before=typed["mood_before"],
            mood_after=typed["mood_after"],
            effort=typed["effort"],
            distance_m=self._metres(),
            context=tuple(typed["context"]),
            journal=typed["journal"].replace("\r\n", "\n"),
            share=typed.get("share", True),
        )
        is_rest = entry.activity == Activity.REST
        return replace(entry, minutes=None, distance_m=None, effort="") if is_rest else entry

    def refuse(self, refusal: Refused) -> None:
        """At the box that was filled: a distance is typed in km, other minutes in their own box."""
        names = {"distance_m": "distance_km"}
        if self.cleaned_data.get("minutes") == OTHER:
            names["minutes"] = "other_minutes"
        refusal.field = names.get(refusal.field, refusal.field)
        super().refuse(refusal)

    def _began(self, standing: RunEntry | None) -> datetime:
        """The moment typed, on the practice's clock; the old one to the second, in its own zone, if left as it was."""
        typed: datetime = self.cleaned_data["started_at"]
        if standing is not None:
            offset = tz(timedelta(minutes=standing.utc_offset_minutes))
            shown = standing.started_at.astimezone(offset)
            if shown.replace(tzinfo=None, second=0, microsecond=0) == typed:
                return shown
        return local_moment(typed, timezone.get_current_timezone())

    def _minutes(self) -> int | None:
        chosen = self.cleaned_data["minutes"]
        minutes = self.cleaned_data["other_minutes"] if chosen in {"", OTHER} else chosen
        return None if minutes is None else int(minutes)

    def _metres(self) -> int | None:
        km = self.cleaned_data["distance_km"]
        return None if km is None else round(km * METRES_IN_KM)


class StaffRunForm(RunForm):
    """The same, for what staff log on a client's behalf: that is always shared."""

    share = None  # type: ignore[assignment] # how Django takes a field away


def new_entry(now: datetime, last: RunLog | None, before: HeadingOut | None) -> dict[str, Any]:
    """What the form of a new entry starts from: what was done last time, and what was said before leaving."""
    began = before.at if before else now
    initial: dict[str, Any] = {"uid": uuid4(), "started_at": timezone.localtime(began), "share": True}
    if before is not None:
        initial["mood_before"] = before.mood
    if last is not None:
        initial |= {"activity": last.activity, "share": last.share, **_minutes_shown(last.minutes)}
    return initial


def standing_entry(run: RunLog) -> dict[str, Any]:
    """What the form of an entry that stands starts from."""
    names = ("activity", "mood_before", "mood_after", "effort", "context", "journal", "share", "uid")
    shown: dict[str, Any] = {name: getattr(run, name) for name in names}
    shown["started_at"] = run.local_start
    shown["distance_km"] = None if run.distance_m is None else run.distance_m / METRES_IN_KM
    return shown | _minutes_shown(run.minutes)


def _minutes_shown(minutes: int | None) -> dict[str, Any]:
    if minutes is None:
        return {}
    if str(minutes) in dict(MINUTES):
        return {"minutes": str(minutes)}
    return {"minutes": OTHER, "other_minutes": minutes}


class MoodForm(ShapeForm):
    """One tap before leaving."""

    mood = _mood(_("How are you now?"))
