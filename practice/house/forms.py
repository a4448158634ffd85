"""The shape of what an owner says about the practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.house.rules import LONGEST
from practice.web.forms import PlainText, ShapeForm


class ExitForm(ShapeForm):
    """The switch, and where it leads: an action says which address will do."""

    is_on = forms.BooleanField(label=_("Show “Exit quickly” on every page that clients see"), required=False)
    exit_to = PlainText(
        label=_("Where it leads"),
        help_text=_(
            "The https address of an everyday page that anybody might have open, such as a weather service. "
            "Towpath names none: which page looks usual, you know best."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )

    @property
    def wanted(self) -> str:
        """The address, "" where it is switched off. Call it on a valid form."""
        return self.cleaned_data["exit_to"] if self.cleaned_data["is_on"] else ""

    def clean(self) -> dict[str, Any]:
        """On without an address leads nowhere."""
        values = super().clean() or {}
        if values.get("is_on") and not values.get("exit_to") and "exit_to" not in self.errors:
            self.add_error("exit_to", _("Write the address that it leads to."))
        return values


class PracticeForm(ShapeForm):
    response_words = PlainText(
        label=_("Who reads what clients answer, and by when?"),
        help_text=_(
            "Clients read this sentence before they begin, and on the help page after a safety answer. "
            "Promise only what you can keep: nobody watches a form round the clock. "
            "For example: A clinician reads your answers within 2 working days."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
