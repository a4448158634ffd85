"""The shape of a safety plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.safety.actions import PlanWords
from clients.safety.models import STEPS
from clients.safety.screens import TITLES
from practice.web.forms import PlainText, ShapeForm

LONGEST_STEP, LONGEST_NOTE = 4_000, 1_000
HINTS = {
    "signs": _("Thoughts, moods, places or moments that tell me a hard time is coming."),
    "on_my_own": _("Small things I can do without anybody else."),
    "distraction": _("Where I can go, whom I can be with, without having to talk about it."),
    "people": _("Names, and how I reach them."),
    "professionals": _("Whom to call, with the number. The crisis lines stand below it by themselves."),
    "surroundings": _("What to put away, give to somebody, or stay away from; who helps with it."),
}


def _step(key: str) -> PlainText:
    return PlainText(
        label=TITLES[key],
        help_text=HINTS[key],
        max_length=LONGEST_STEP,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PlanForm(ShapeForm):
    """The six steps, whether both agreed, and when to look again."""

    look_again_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    is_agreed = forms.BooleanField(
        label=_("We wrote this together. It may stand on the client’s own pages."),
        help_text=_("Without the tick it is your draft, and the client does not see it."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in STEPS:
            self.fields[key] = _step(key)
        self.order_fields([*STEPS])

    @property
    def typed(self) -> PlanWords:
        return PlanWords(**{key: self.cleaned_data[key] for key in STEPS})


class LookForm(ShapeForm):
    look_again_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class FirstAidForm(ShapeForm):
    words = PlainText(
        label=_("What helpers should know"),
        help_text=_(
            "As the client said it: allergies, epilepsy, diabetes, medicines, what they carry and where. "
            "Nothing about the work together."
        ),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
