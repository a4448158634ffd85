"""The shape of what is typed in an intake, and to come back to it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.instruments import NOT_SAID
from clients.intake.sections import Ask
from practice.web.dates import BirthDateField
from practice.web.forms import PlainEmail, PlainText, ShapeForm

RATHER_TALK = _("I’d rather talk about this in person")
OR_TALK = _("Please fill this in, or choose to talk about it in person.")
LEAST_DIGITS = 4
LONGEST = {"line": 120, "phone": 32, "words": 4_000}


class SectionForm(ShapeForm):
    """One question of a section. `answer` is what was said: "" for nothing, NOT_SAID for a talk."""

    def __init__(self, ask: Ask, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask = ask
        self.fields["value"] = _field_of(ask)
        self.fields["value"].label = ask.text
        if ask.is_required and ask.kind != "choice":
            self.fields["later"] = forms.BooleanField(label=RATHER_TALK, required=False)

    def clean_value(self) -> str:
        """A telephone number has digits; whatever else is in it may stay."""
        value = self.cleaned_data["value"]
        if isinstance(value, date):
            return value.isoformat()
        digits = sum(letter.isdecimal() for letter in value or "")
        if self.ask.kind == "phone" and value and digits < LEAST_DIGITS:
            raise forms.ValidationError(
                _("Something looks off with the number. Digits, spaces and + are fine.")
            )
        return value or ""

    def clean(self) -> dict[str, Any]:
        """Nothing has to be filled in by whoever would rather talk."""
        typed = super().clean() or {}
        if typed.get("later"):
            self.errors.pop("value", None)
            typed["value"] = NOT_SAID
        elif self.ask.is_required and not typed.get("value") and "value" not in self.errors:
            self.add_error("value", OR_TALK)
        return typed

    @property
    def answer(self) -> str:
        """Call it on a valid form."""
        return str(self.cleaned_data["value"])

    @staticmethod
    def initial_of(ask: Ask, answer: str | None, known: str) -> dict[str, Any]:
        """What stands in the form: what was said, else what the record says."""
        if answer == NOT_SAID and ask.kind != "choice":
            return {"later": True}
        if answer and ask.kind == "date":
            return {"value": date.fromisoformat(answer)}
        return {"value": known if answer is None else answer}


class ResumeForm(ShapeForm):
    email = PlainEmail(label=_("Your e-mail"), max_length=254)


class BornForm(ShapeForm):
    born_on = BirthDateField(label=_("Your date of birth"))


def _field_of(ask: Ask) -> forms.Field:
    if ask.kind == "choice":
        choices = [*ask.options, (NOT_SAID, RATHER_TALK)]
        words = {"required": OR_TALK, "invalid_choice": _("Please choose one of the answers.")}
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=words)
    if ask.kind == "date":
        return BirthDateField(required=False)
    widget = forms.Textarea(attrs={"rows": 5}) if ask.kind == "words" else forms.TextInput()
    if ask.kind == "phone":
        widget = forms.TextInput({"type": "tel", "autocomplete": "off"})
    return PlainText(required=False, max_length=LONGEST[ask.kind], widget=widget)
