"""The shape of what is typed about a route."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.screening.rules import ROUTE_KINDS
from practice.web.forms import PlainText, ShapeForm
from sessions.routes.models import OWN_KINDS
from sessions.routes.refusals import EmptyFile

LONGEST_NAME, LONGEST_PLACE, LONGEST_DESCRIPTION = 120, 200, 4_000


def _meeting_place() -> PlainText:
    return PlainText(
        label=_("Meeting place"),
        help_text=_("Where you find each other, in words: “the bench by the lock keeper's cottage”."),
        max_length=LONGEST_PLACE,
        required=False,
    )


def _description() -> PlainText:
    return PlainText(
        label=_("In words"),
        help_text=_("The way, the ground, quiet places, where one can turn back, benches, toilets."),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What it is like"),
        help_text=_(
            "Tick what holds for the whole way. Some clients walk only on routes that are all of these."
        ),
        choices=[(kind, ROUTE_KINDS[kind]) for kind in OWN_KINDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ImportRouteForm(ShapeForm):
    file = forms.FileField(
        label=_("GPX or FIT file"),
        help_text=_(
            "20 MB at most. Only the line and its heights are kept: no times, heart rates or devices."
        ),
        error_messages={"empty": EmptyFile.message, "required": _("Choose the file with the route.")},
        widget=forms.FileInput(attrs={"accept": ".gpx,.fit"}),
    )
    name = PlainText(
        label=_("Name"),
        help_text=_("Left empty, the route takes the name in the file."),
        max_length=LONGEST_NAME,
        required=False,
    )
    meeting_place = _meeting_place()
    description = _description()
    kinds = _kinds()


class EditRouteForm(ShapeForm):
    name = PlainText(label=_("Name"), max_length=LONGEST_NAME)
    meeting_place = _meeting_place()
    description = _description()
    kinds = _kinds()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class FindRoutesForm(ShapeForm):
    q = PlainText(label=_("Search routes"), max_length=100, required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    archived = forms.BooleanField(required=False, widget=forms.HiddenInput)
