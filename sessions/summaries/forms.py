"""The shape of what a summary is asked."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.web.forms import PlainText, ShapeForm
from sessions.summaries.models import Summary

PRESETS = {"28": _("4 weeks"), "84": _("12 weeks"), "182": _("Half a year"), "364": _("A year")}
USUAL_DAYS = "84"
MOST_LETTERS = 2_000


class SummaryForm(ShapeForm):
    audience = forms.ChoiceField(
        label=_("Whom is it for?"),
        choices=Summary.Audience.choices,
        widget=forms.RadioSelect,
        help_text=_("The reader decides what is in it: a referrer and the client are told less."),
    )
    since = forms.DateField(label=_("First day"), widget=forms.DateInput)
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    plan = PlainText(
        label=_("Plan"),
        help_text=_("One line for each step. Started from your last signed note."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    questions = PlainText(
        label=_("Questions for supervision or case review"),
        help_text=_("One line for each. The client and a referrer do not see them."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def period_of(preset: str, today: date) -> tuple[date, date]:
    """The days of a preset that ends today; anything unknown is the usual twelve weeks."""
    days = int(preset if preset in PRESETS else USUAL_DAYS)
    return today - timedelta(days=days - 1), today
