"""The shape of what is told about a change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.rescreening import rules
from clients.rescreening.models import Kind
from clients.rescreening.screens import CLIENT_WORDS
from practice.web.forms import PlainText, ShapeForm

MOST_LETTERS = 2_000


class TellForm(ShapeForm):
    """For the care team."""

    kind = forms.ChoiceField(
        label=_("What has changed?"),
        choices=[(kind, Kind(kind).label) for kind in rules.TOLD_BY_STAFF],
        widget=forms.RadioSelect,
    )
    words = PlainText(
        label=_("In words"),
        help_text=_("Since when, what exactly, who said so. It is kept with the record."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MyTellForm(ShapeForm):
    """For the client themself."""

    kind = forms.ChoiceField(
        label=_("What has changed?"), choices=[*CLIENT_WORDS.items()], widget=forms.RadioSelect
    )
    words = PlainText(
        label=_("In your own words, if you like"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].error_messages["required"] = _("Choose the one that fits best.")
