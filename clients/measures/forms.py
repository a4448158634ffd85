"""The shape of what the pages of measures are asked and sent."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.instruments import NOT_SAID, Answer, Instrument, Item, load
from clients.instruments.scoring import MOST_LETTERS
from clients.measures.actions import PlanWords
from clients.measures.models import MOST, MeasurePlan
from practice.web.forms import PlainText, ShapeForm

ALL = "all"
PERIODS = {"90": _("3 months"), "180": _("6 months"), "365": _("A year"), ALL: _("From the start")}
DID_NOT_SAY = _("Did not want to say")


class PeriodForm(forms.Form):
    """How far back to look; anything else than the offered periods means from the start."""

    period = forms.ChoiceField(choices=list(PERIODS.items()), required=False)

    @property
    def chosen(self) -> str:
        return (self.cleaned_data.get("period") if self.is_valid() else "") or ALL

    def since(self, today: date) -> date:
        """The first day of the period."""
        return date.min if self.chosen == ALL else today - timedelta(days=int(self.chosen))


class RhythmForm(ShapeForm):
    """How often, from when to when."""

    every = forms.IntegerField(
        label=_("How often? Every"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=MeasurePlan.Unit.choices, widget=forms.RadioSelect
    )
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput)
    shared = forms.BooleanField(
        label=_("The client may read in words whether it changed"),
        help_text=_("On their own page, without numbers. Off unless you two want it."),
        required=False,
    )

    @property
    def words(self) -> PlanWords:
        """What the plan is to say. Call it on a valid form."""
        said = self.cleaned_data
        return PlanWords(
            every=said["every"],
            unit=said["unit"],
            starts_on=said["starts_on"],
            until=said["until"],
            shared=said["shared"],
        )


class PlanForm(RhythmForm):
    """Several measures in one rhythm. Those with a plan of their own are not offered again."""

    instruments = forms.MultipleChoiceField(label=_("Which"), widget=forms.CheckboxSelectMultiple)
    field_order = ("instruments", "every", "unit", "starts_on", "until", "shared")

    def __init__(self, offered: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instruments"].choices = [  # type: ignore[attr-defined]
            (key, f"{name}: {load(key).purpose}") for key, name in offered
        ]


class PauseForm(ShapeForm):
    resumes_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput)


class BeginForm(forms.Form):
    instrument = forms.SlugField(max_length=40)


class TogetherForm(ShapeForm):
    """All questions of one form on a page. Each may be left open: what is given is kept whatever else is missing."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for item in instrument.items:
            self.fields[item.key] = _field_of(item)

    @property
    def answers(self) -> dict[str, Answer]:
        """What was given, without what was left open or does not fit. Call it once the form is validated."""
        said = {item: self.cleaned_data.get(item.key) for item in self.instrument.items}
        return {item.key: _kept(item, value) for item, value in said.items() if value not in {"", None}}

    def miss(self, keys: tuple[str, ...]) -> None:
        """Say of these questions that they have no answer yet."""
        for key in keys:
            if key not in self.errors:
                self.add_error(key, _("No answer yet."))


def _field_of(item: Item) -> forms.Field:
    if item.kind == "words":
        return PlainText(
            label=item.text, required=False, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 2})
        )
    if item.kind == "count":
        return forms.IntegerField(
            label=item.text,
            required=False,
            min_value=item.least,
            max_value=item.most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
    choices = [*((str(option.value), option.label) for option in item.options), (NOT_SAID, DID_NOT_SAY)]
    return forms.ChoiceField(label=item.text, required=False, choices=choices, widget=forms.RadioSelect)


def _kept(item: Item, value: Any) -> Answer:
    """A form's value as answers keep it: numbers as numbers."""
    return str(value) if item.kind == "words" or value == NOT_SAID else int(value)
