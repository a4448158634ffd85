"""The shape of what is typed on the pages of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from clients.instruments import NOT_SAID, Answer, Instrument, Item, offered
from clients.instruments.scoring import MOST_LETTERS
from clients.screening.models import Screening
from practice.web.forms import PlainText, ShapeForm

RATHER_TALK = _("I’d rather talk about this in person")
DID_NOT_SAY = _("Did not want to say")
CHOOSE = {
    "required": _("Please choose one of the answers."),
    "invalid_choice": _("Please choose one of the answers."),
}
SAFE_NOW = (("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure")))


class AnswerForm(ShapeForm):
    """One question: radios for a choice, a number, or free words. `answer` is what was said."""

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["value"] = _field_of(item, RATHER_TALK)
        self.fields["value"].label = _("Your answer")
        if item.kind == "count":
            self.fields["later"] = forms.BooleanField(label=RATHER_TALK, required=False)

    def clean(self) -> dict[str, Any]:
        """A number may be left out only by choosing to talk instead."""
        values = super().clean() or {}
        if self.item.kind == "count" and values.get("later"):
            self.errors.pop("value", None)
            values["value"] = NOT_SAID
        return values

    @property
    def answer(self) -> Answer:
        """The answer as it is kept. Call it on a valid form."""
        return _kept(self.item, self.cleaned_data["value"])


class SafeNowForm(ShapeForm):
    safe_now = forms.ChoiceField(
        label=_("Are you safe right now?"), choices=SAFE_NOW, widget=forms.RadioSelect, required=False
    )


class AskForm(ShapeForm):
    """What to ask: a purpose, and the questionnaires of one's own choice."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=Screening.Purpose.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    instruments = forms.MultipleChoiceField(
        label=_("Questionnaires"),
        help_text=_(
            "Tick none for the usual set: an intake asks what a decision needs, a review what is asked again after 90 days,"
            " a check-in PHQ-9 and GAD-7."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instruments"].choices = [(one.key, _name_of(one)) for one in offered()]  # type: ignore[attr-defined]


class InPersonForm(ShapeForm):
    """A clinician's own questions, all on one page."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for item in instrument.items:
            field = _field_of(item, DID_NOT_SAY)
            field.label = item.text
            field.required = item.is_required and not item.is_conditional
            self.fields[item.key] = field

    @property
    def answers(self) -> dict[str, Answer]:
        """What was said, without what was left open. Call it on a valid form."""
        said = {item.key: (item, self.cleaned_data[item.key]) for item in self.instrument.items}
        return {key: _kept(item, value) for key, (item, value) in said.items() if value not in {"", None}}


class CloseAlertForm(ShapeForm):
    what_was_done = PlainText(
        label=_("What was done"),
        help_text=_("Whom you reached and when, what you agreed, who else knows."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _name_of(instrument: Instrument) -> str:
    """Its name, and who asks where it is not a form for the client."""
    if instrument.asked_by != "clinician":
        return instrument.name
    return now_("%s · you ask in person") % instrument.name


def _field_of(item: Item, instead: Any) -> forms.Field:
    """The control of a question, unbound to any wording around it."""
    if item.kind == "words":
        return PlainText(required=False, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 4}))
    if item.kind == "count":
        return forms.IntegerField(
            min_value=item.least,
            max_value=item.most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "required": _("Please give a number. 0 is an answer."),
                "invalid": _("Please give a number."),
            },
        )
    choices = [(str(option.value), option.label) for option in item.options] + [(NOT_SAID, instead)]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)


def _kept(item: Item, value: Any) -> Answer:
    """A form's value as answers keep it: numbers as numbers."""
    if item.kind == "words" or value == NOT_SAID:
        return str(value)
    return int(value)
