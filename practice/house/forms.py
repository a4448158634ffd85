"""The shape of what an owner says about the practice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.web.forms import PlainText, ShapeForm


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
