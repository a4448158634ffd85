"""The shape of what is typed for emergency cards."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practice.web.forms import PlainText, ShapeForm
from sessions.emergency_card.actions import NoSuchPlace, PlaceWords

LONGEST = 200
DEGREES = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*")


class PointField(PlainText):
    """Latitude and longitude in degrees, as a map copies them. (None, None) where nothing was typed."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None, None
        found = DEGREES.fullmatch(typed)
        if found is None:
            raise ValidationError(NoSuchPlace.message, code=NoSuchPlace.code)
        return float(found[1]), float(found[2])


class PlacesForm(ShapeForm):
    address = PlainText(
        label=_("Address of the meeting point"),
        help_text=_("Street and town, as one says it on the telephone."),
        max_length=LONGEST,
        required=False,
    )
    point = PointField(
        label=_("Its latitude and longitude"),
        help_text=_("As a map shows them: “51.50072, -0.12462”. Left empty, it is where the line begins."),
        max_length=60,
        required=False,
    )
    access_point = PlainText(
        label=_("Where an ambulance can get to"),
        help_text=_("A gate, a road, and how to come from there."),
        max_length=LONGEST,
        required=False,
    )
    nearest_aed = PlainText(
        label=_("Nearest defibrillator (AED)"),
        help_text=_("Where it hangs, and when one can get at it."),
        max_length=LONGEST,
        required=False,
    )
    nearest_ed = PlainText(label=_("Nearest emergency department"), max_length=LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def typed(self) -> PlaceWords:
        latitude, longitude = self.cleaned_data["point"]
        names = ("address", "access_point", "nearest_aed", "nearest_ed")
        words = {name: self.cleaned_data[name] for name in names}
        return PlaceWords(latitude=latitude, longitude=longitude, **words)


class BuddyForm(ShapeForm):
    name = PlainText(label=_("Name"), max_length=120)
    phone = PlainText(label=_("Telephone"), max_length=40)
