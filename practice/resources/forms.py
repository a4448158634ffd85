"""The shape of what is typed about a resource."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practice.resources import countries
from practice.resources.actions import ResourceWords
from practice.resources.models import Resource
from practice.web.forms import PlainText, ShapeForm

NEEDS = Resource.Need.choices
NUMBER = set("0123456789 -+()")


def _number(label: Any, hint: Any) -> PlainText:
    field = PlainText(label=label, help_text=hint, max_length=40, required=False)
    field.validators.append(_dialled)
    return field


def _dialled(value: str) -> None:
    """A number that a telephone can dial."""
    if not set(value) <= NUMBER or not any(mark.isdigit() for mark in value):
        raise ValidationError(
            _("Write a number that can be dialled: digits, blanks, dashes, a plus in front.")
        )


class ResourceForm(ShapeForm):
    """What is given to clients. Every way to reach it is optional here; the rule asks for one."""

    name = PlainText(label=_("Name"), max_length=120)
    need = forms.ChoiceField(label=_("For what"), choices=NEEDS, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country"), choices=countries.choices, required=False)
    phone = _number(_("Number to call"), _("As people read it: “116 123”."))
    sms = _number(_("Number to text"), "")
    sms_word = PlainText(
        label=_("Word to text"),
        help_text=_("Where one word has to be sent first."),
        max_length=40,
        required=False,
    )
    link = forms.URLField(
        label=_("Website"),
        help_text=_("Begins with https://"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write a web address such as https://service.example.")},
    )
    words = PlainText(
        label=_("In words"),
        help_text=_("Such as an address, or how to get an appointment."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hours = PlainText(label=_("When it answers"), max_length=120, required=False)
    who_for = PlainText(label=_("Who it is for"), max_length=120, required=False)

    @property
    def typed(self) -> ResourceWords:
        """What was typed, for the action. Call it on a valid form."""
        names = ResourceWords.__dataclass_fields__
        return ResourceWords(**{name: self.cleaned_data[name] for name in names})

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("Write a web address such as https://service.example."))
        return link


class EditResourceForm(ResourceForm):
    """With the version that the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class VersionForm(ShapeForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class FindForm(ShapeForm):
    """What the list is asked for; a value that is not understood asks for nothing."""

    q = PlainText(label=_("Search"), max_length=100, required=False)
    need = forms.ChoiceField(label=_("For what"), choices=[("", _("Every need")), *NEEDS], required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    due = forms.BooleanField(required=False, widget=forms.HiddenInput)
    archived = forms.BooleanField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = _with_all(countries.choices)  # type: ignore[attr-defined]


def _with_all(choices: Callable[[], list[tuple[str, str]]]) -> list[tuple[str, Any]]:
    """All countries, then each; "any" stands for what serves everywhere, because an empty value means all."""
    named = [("any", words) if code == countries.ANYWHERE else (code, words) for code, words in choices()]
    return [("", _("Every country")), *named]


class PaperForm(ShapeForm):
    """Which list to print."""

    country = forms.ChoiceField(label=_("Country"), choices=countries.choices)
    needs = forms.MultipleChoiceField(
        label=_("What the list is for"), choices=NEEDS, widget=forms.CheckboxSelectMultiple
    )
