"""The shape of what is typed about letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.letters.models import Told
from practice.web.forms import PlainText, ShapeForm

OTHERS = [
    choice for choice in Told.How.choices if choice[0] not in {Told.How.PORTAL.value, Told.How.PAPER.value}
]


class ToldForm(ShapeForm):
    """Somebody besides the client was told."""

    whom = PlainText(
        label=_("Who was told"), help_text=_("Such as their family doctor, by name."), max_length=200
    )
    how = forms.ChoiceField(label=_("How"), choices=OTHERS, widget=forms.RadioSelect)
    words = PlainText(
        label=_("What was said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EveryToldForm(ToldForm):
    """Anybody was told, the client too."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].help_text = _("Such as the client themself, or their family doctor, by name.")
