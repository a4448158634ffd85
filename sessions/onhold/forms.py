"""The shape of a choice about sessions on hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.web.forms import ShapeForm
from sessions.booking.models import TherapySession
from sessions.onhold.actions import SITTING_PLACES
from sessions.onhold.models import HoldChoice

PLACES = [(place.value, place.label) for place in SITTING_PLACES]


class ChoiceForm(ShapeForm):
    """Without `session` it is about all that are on hold."""

    choice = forms.ChoiceField(label=_("What becomes of it?"), choices=HoldChoice.Choice.choices)
    place = forms.ChoiceField(
        label=_("Where you sit"),
        choices=PLACES,
        required=False,
        initial=TherapySession.Place.OFFICE,
        widget=forms.Select,
    )
    session = forms.UUIDField(widget=forms.HiddenInput, required=False)
