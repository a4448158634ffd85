"""The shape of what is typed when somebody decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.letters.models import Letter
from clients.letters.rules import FORMATS
from clients.screening import rules
from clients.screening.models import Clearance
from practice.web.forms import PlainText, ShapeForm

WORDS = {
    "walk": (_("Walking"), _("Conditions for walking, in words")),
    "run": (_("Running"), _("Conditions for running, in words")),
}
NOW = "now"
FIT = ((NOW, _("As decided: what is open, and what is not open now")), ("not_a_fit", _("Not a fit: refer")))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def limit_fields(prefix: str, words: Any) -> dict[str, forms.Field]:
    """Conditions that booking obeys, and the words beside them."""
    return {
        f"{prefix}most_minutes": forms.IntegerField(
            label=_("Minutes of moving at most"),
            required=False,
            min_value=rules.FEWEST_MINUTES,
            max_value=rules.MOST_MINUTES,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        ),
        f"{prefix}route_kinds": forms.MultipleChoiceField(
            label=_("Routes that are"),
            choices=[(kind, str(word).capitalize()) for kind, word in rules.ROUTE_KINDS.items()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        f"{prefix}no_solo_runs": forms.BooleanField(
            label=_("No runs alone between sessions"), required=False
        ),
        f"{prefix}company": forms.BooleanField(
            label=_("In company between sessions, not alone"), required=False
        ),
        f"{prefix}letter_by": forms.DateField(
            label=_("A doctor’s letter is here by"), required=False, widget=forms.DateInput
        ),
        f"{prefix}conditions": PlainText(label=words, required=False, max_length=2000, widget=_area(2)),
    }


def limits_in(said: dict[str, Any], prefix: str) -> rules.Limits:
    """The limits as they were typed. Call it with cleaned data."""
    return rules.Limits(
        most_minutes=said[f"{prefix}most_minutes"],
        route_kinds=tuple(said[f"{prefix}route_kinds"]),
        no_solo_runs=said[f"{prefix}no_solo_runs"],
        company=said[f"{prefix}company"],
        letter_by=said[f"{prefix}letter_by"],
    )


class DecisionForm(ShapeForm):
    """Walking and running decided together, with one reason and one date, and what the client will read."""

    walk_only = forms.BooleanField(label=_("Walk only: running waits until we look again"), required=False)
    exclusions = forms.MultipleChoiceField(
        label=_("Confirmed now"),
        help_text=_(
            "While one of these holds, nobody walks or runs with us. Sitting stays open. An acute crisis is also: intent"
            " or a plan, acute psychosis, mania or delirium, a risk of violence."
        ),
        choices=[(key, str(words).capitalize()) for key, words in rules.EXCLUSIONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    talked = forms.BooleanField(label=_("I have talked with the client about these answers"), required=False)
    rationale = PlainText(
        label=_("Why"),
        help_text=_("For the record. The client reads the letter below, not this."),
        required=False,
        max_length=4000,
        widget=_area(3),
    )
    review_on = forms.DateField(label=_("Look at it again by"), widget=forms.DateInput)
    screening = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    send_letter = forms.BooleanField(label=_("Send the client a letter"), required=False)
    way = forms.ChoiceField(
        label=_("How it reaches them"), choices=Letter.Way.choices, widget=forms.RadioSelect, required=False
    )
    fit = forms.ChoiceField(
        label=_("Which letter"), choices=FIT, widget=forms.RadioSelect, required=False, initial=NOW
    )
    reason = PlainText(
        label=_("The reason in plain words, as the client will read it"),
        help_text=_("It completes “For now we would not run or walk with you, because …”."),
        required=False,
        max_length=600,
        widget=_area(2),
    )
    formats = forms.MultipleChoiceField(
        label=_("What stays open"),
        choices=[(key, str(words).capitalize()) for key, words in FORMATS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    referral = PlainText(
        label=_("Whom to see, and how you help with it"), required=False, max_length=600, widget=_area(2)
    )
    alternatives = PlainText(
        label=_("Two or more other ways, each with whom to ask"),
        help_text=_("One a line. Only for “Not a fit”."),
        required=False,
        max_length=1000,
        widget=_area(3),
    )
    lines = forms.MultipleChoiceField(
        label=_("Where to turn meanwhile"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        """`lines` are the numbers that may go into the letter."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave as it is")), *Clearance.Decision.choices]
        for mode, (word, conditions) in WORDS.items():
            self.fields[f"{mode}_decision"] = forms.ChoiceField(
                label=word, choices=choices, widget=forms.RadioSelect, required=False
            )
            self.fields |= limit_fields(f"{mode}_", conditions)
        self.fields["lines"].choices = lines  # type: ignore[attr-defined]

    @property
    def other_ways(self) -> list[str]:
        """The alternatives, one a line. Call it on a valid form."""
        return [line.strip() for line in self.cleaned_data["alternatives"].splitlines() if line.strip()]


class SignForm(ShapeForm):
    """The letter as the clinician has read it."""

    letter = PlainText(label=_("The letter"), required=False, max_length=8000, widget=_area(16))


class OverrideForm(ShapeForm):
    """What the first clinician asks a second one to sign."""

    mode = forms.ChoiceField(
        label=_("For"), choices=[(mode, WORDS[mode][0]) for mode in WORDS], widget=forms.RadioSelect
    )
    talked = forms.BooleanField(label=_("I have talked with the client about it"), required=False)
    rationale = PlainText(label=_("Why"), required=False, max_length=4000, widget=_area(4))
    review_on = forms.DateField(label=_("Until, 30 days at most"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= limit_fields("", _("Conditions in words"))


class AnswerWishForm(ShapeForm):
    """A second clinician's words."""

    reason = PlainText(label=_("Why you sign or decline"), required=False, max_length=4000, widget=_area(4))
    send_letter = forms.BooleanField(label=_("Send the client a letter when you sign"), required=False)
    way = forms.ChoiceField(
        label=_("How it reaches them"), choices=Letter.Way.choices, widget=forms.RadioSelect, required=False
    )
    letter = PlainText(
        label=_("The letter"),
        help_text=_("Change it until it sounds like you."),
        required=False,
        max_length=8000,
        widget=_area(12),
    )


class LetterSeenForm(ShapeForm):
    """What a doctor's letter says."""

    words = PlainText(label=_("What it says"), required=False, max_length=4000, widget=_area(2))


class PolicyForm(ShapeForm):
    """What an owner allows."""

    allowed = forms.BooleanField(
        label=_("A second clinician may override H1 (eating disorder) and H2 (addiction)"), required=False
    )
