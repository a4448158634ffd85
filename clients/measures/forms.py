"""The shape of what the page of measures is asked."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

ALL = "all"
PERIODS = {"90": _("3 months"), "180": _("6 months"), "365": _("A year"), ALL: _("From the start")}


class PeriodForm(forms.Form):
    """How far back to look; anything else than the offered periods means from the start."""

    period = forms.ChoiceField(choices=list(PERIODS.items()), required=False)

    @property
    def chosen(self) -> str:
        return (self.cleaned_data.get("period") if self.is_valid() else "") or ALL

    def since(self, today: date) -> date:
        """The first day of the period."""
        return date.min if self.chosen == ALL else today - timedelta(days=int(self.chosen))
