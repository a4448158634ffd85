"""A form with every kind of field, for the style page and its tests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.web.dates import BirthDateField
from practice.web.forms import PlainText, ShapeForm

MOODS = [(1, _("Very low")), (2, _("Low")), (3, _("In between")), (4, _("Good")), (5, _("Very good"))]
ACTS = [
    ("walk", _("Walk")),
    ("run_walk", _("Run-walk")),
    ("run", _("Run")),
    ("outside", _("Stepped outside")),
    ("rest", _("Rest")),
    ("other", _("Something else")),
]
MINUTES = [(5, "5"), (10, "10"), (20, "20"), (30, "30"), (45, "45")]
PACES = [("sing", _("could sing")), ("chat", _("could chat")), ("phrases", _("short phrases"))]
AGREED = [("yes", _("Yes")), ("no", _("No")), ("talk", _("I’d rather talk about this in person"))]


class SampleForm(ShapeForm):
    """Not for any data of the practice."""

    name = PlainText(label=_("Name"), help_text=_("As the person wants to be called."), max_length=40)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    born_on = BirthDateField(label=_("Date of birth"), help_text=_("For example 27 3 1988."))
    starts_at = forms.DateTimeField(label=_("Starts"))
    day = forms.DateField(label=_("Review on"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=180)
    pace = forms.ChoiceField(label=_("Pace"), choices=PACES)
    what = forms.ChoiceField(label=_("What did you do?"), choices=ACTS, widget=forms.RadioSelect)
    how_long = forms.ChoiceField(label=_("About how long?"), choices=MINUTES, widget=forms.RadioSelect)
    mood = forms.ChoiceField(label=_("How are you now?"), choices=MOODS, widget=forms.RadioSelect)
    agreed = forms.ChoiceField(label=_("May we leave a message?"), choices=AGREED, widget=forms.RadioSelect)
    faint = forms.ChoiceField(
        label=_("In the last year, have you fainted?"),
        help_text=_("We ask so that nobody comes to harm outdoors."),
        choices=AGREED,
        widget=forms.RadioSelect,
    )
    tags = forms.MultipleChoiceField(
        label=_("Which fit?"), choices=PACES, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = PlainText(label=_("In your own words"), required=False, widget=forms.Textarea, max_length=200)
    shared = forms.BooleanField(
        label=_("Share this with Jo"), help_text=_("You can change your mind later."), required=False
    )
    track = forms.FileField(label=_("Route file"), help_text=_("GPX, at most 20 MB."), required=False)
