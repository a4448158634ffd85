"""The shape of what is said when a record is opened in an emergency, and afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.record.models import BreakGlass
from practice.web.forms import PlainText, ShapeForm


class BreakGlassForm(ShapeForm):
    reason = forms.ChoiceField(label=_("Why"), choices=BreakGlass.Reason.choices, widget=forms.RadioSelect)
    words = PlainText(
        label=_("In your own words"),
        max_length=1000,
        help_text=_("Why it cannot wait. An owner reads this: leave out what is clinical."),
        widget=forms.Textarea({"rows": 3}),
    )


class ReviewForm(ShapeForm):
    review = PlainText(label=_("What you found"), max_length=1000, widget=forms.Textarea({"rows": 2}))
