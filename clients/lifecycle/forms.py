"""The shape of what is typed about keeping and erasing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.lifecycle.models import Hold, Reason
from clients.lifecycle.rules import LEAST_AGE, LEAST_YEARS, MOST_AGE, MOST_YEARS, Policy
from practice.web.forms import PlainText, ShapeForm


class ErasureForm(ShapeForm):
    reason = forms.ChoiceField(label=_("Why it goes"), choices=Reason.choices, widget=forms.RadioSelect)
    is_early = forms.BooleanField(
        label=_("I know that its time of keeping still runs, and it goes all the same"),
        help_text=_("Only where the law of your place lets you. The disposal log shows it."),
        required=False,
    )


class HoldForm(ShapeForm):
    reason = forms.ChoiceField(
        label=_("Why it must stay"), choices=Hold.Reason.choices, widget=forms.RadioSelect
    )
    file = PlainText(
        label=_("File number, if there is one"),
        help_text=_("No names and no clinical words: an owner reads it too."),
        max_length=60,
        required=False,
    )


class LiftForm(ShapeForm):
    because = PlainText(label=_("Why it may go again"), max_length=200)


class PolicyForm(ShapeForm):
    """Whole years."""

    years = forms.IntegerField(
        label=_("Years after the last session"), min_value=LEAST_YEARS, max_value=MOST_YEARS
    )
    minor_age = forms.IntegerField(
        label=_("Minors: until which birthday"), min_value=LEAST_AGE, max_value=MOST_AGE
    )
    late_minor_age = forms.IntegerField(
        label=_("Those who were 17 when the work ended: until which birthday"),
        min_value=LEAST_AGE,
        max_value=MOST_AGE,
    )

    @property
    def policy(self) -> Policy:
        return Policy(**self.cleaned_data)
