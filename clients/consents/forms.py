"""The shape of what is typed on the pages about agreements."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from clients.consents.choices import KINDS, About
from clients.consents.rules import MOST_WORDS, SCRIPT, Guardian, Point, Text
from clients.consents.rules import WORDS as OWN_WORDS
from practice.web.forms import PlainText, ShapeForm

TICK = _("Tick the box if you agree. If not yet, choose to talk about it first.")
CHOOSE = _("Choose one of these, so that both know what to do.")
LONGEST_NAME = 120
LONGEST_TITLE, LONGEST_TEXT = 120, 4_000
MOST_MONTHS = 36
NEW_POINTS = 3


def _tick(label: Any) -> forms.BooleanField:
    """Never ticked by itself."""
    return forms.BooleanField(label=label, required=False)


def _choice(point: Point) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=point.question, choices=point.choices, widget=forms.RadioSelect, required=False
    )


def _words(label: Any) -> PlainText:
    return PlainText(
        label=label, required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )


class VersionForm(ShapeForm):
    """Every form about the text says which version was on the page."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PointForm(VersionForm):
    """One point: a tick, and a choice or own words where it asks for them."""

    agreed = _tick(_("I agree to this point"))

    def __init__(self, point: Point, *args: Any, needs_tick: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.point, self.needs_tick = point, needs_tick
        if point.asks == SCRIPT:
            self.fields["choice"] = _choice(point)
        if point.asks:
            self.fields["words"] = _words(point.question if point.asks == OWN_WORDS else _("In my own words"))

    def clean(self) -> dict[str, Any]:
        """Going on wants the tick, and the choice with it; leaving keeps what there is."""
        values = super().clean() or {}
        if self.needs_tick and not values.get("agreed"):
            self.add_error("agreed", TICK)
        elif self.needs_tick and self.point.asks == SCRIPT and not values.get("choice"):
            self.add_error("choice", CHOOSE)
        return values

    @property
    def answer(self) -> dict[str, Any]:
        """What was said. Call it on a valid form."""
        said = self.cleaned_data
        return {
            "agreed": said["agreed"],
            "choice": said.get("choice", ""),
            "words": said.get("words", ""),
        }


def _signature(label: Any) -> PlainText:
    return PlainText(
        label=label,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type your name to sign.")},
    )


def _guardian_fields() -> dict[str, PlainText]:
    name = PlainText(label=_("Name of the parent or guardian"), max_length=LONGEST_NAME)
    relation = PlainText(
        label=_("What they are to the client"),
        help_text=_("Such as mother, father, legal guardian."),
        max_length=LONGEST_NAME,
    )
    signature = _signature(_("Their name, typed by them as their signature"))
    return {"guardian_name": name, "guardian_relation": relation, "guardian_signature": signature}


class SignForm(VersionForm):
    signature = _signature(_("Your name, typed as your signature"))


class InPersonForm(VersionForm):
    """All points on one page, on the clinician's device, for the client to tick and sign."""

    def __init__(self, text: Text, *args: Any, is_minor: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.text, self.is_minor = text, is_minor
        for point in text.points:
            self.fields[f"{point.key}-agreed"] = _tick(_("I agree to this point"))
            if point.asks == SCRIPT:
                self.fields[f"{point.key}-choice"] = _choice(point)
            if point.asks:
                label = point.question if point.asks == OWN_WORDS else _("In my own words")
                self.fields[f"{point.key}-words"] = _words(label)
        self.fields["signature"] = _signature(_("The client’s name, typed by them as their signature"))
        if is_minor:
            self.fields.update(_guardian_fields())

    @property
    def guardian(self) -> Guardian:
        """Who signs beside a client below 18. Call it on a valid form."""
        said = self.cleaned_data
        return Guardian(
            **{part: said.get(f"guardian_{part}", "") for part in ("name", "relation", "signature")}
        )

    @property
    def parts(self) -> Iterator[tuple[Point, list[BoundField]]]:
        """Each point with its fields."""
        for point in self.text.points:
            names = [f"{point.key}-{part}" for part in ("agreed", "choice", "words")]
            yield point, [self[name] for name in names if name in self.fields]

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """What was ticked and written. Call it on a valid form."""
        said = self.cleaned_data
        return {
            point.key: {
                "agreed": said[f"{point.key}-agreed"],
                "choice": said.get(f"{point.key}-choice", ""),
                "words": said.get(f"{point.key}-words", ""),
            }
            for point in self.text.points
        }


class WithdrawForm(ShapeForm):
    words = PlainText(
        label=_("If you like: why"),
        help_text=_("You need not say."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SayForm(ShapeForm):
    """Yes or no to one kind of data."""

    about = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in KINDS])
    say = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])


class ToldForm(ShapeForm):
    """What a client takes back by telling their clinician."""

    about = forms.ChoiceField(
        label=_("What do they take back?"),
        choices=[(about.value, about.label) for about in About],
        widget=forms.RadioSelect,
    )
    words = PlainText(
        label=_("What they said"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class KindInPersonForm(ShapeForm):
    """A kind of data that the client allows, signed by them on the clinician's device."""

    about = forms.ChoiceField(
        label=_("What do they allow?"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
    )
    signature = _signature(_("The client’s name, typed by them as their signature"))


class RuleForm(ShapeForm):
    needs_agreement = forms.BooleanField(
        label=_("Book walking and running only with clients who have signed"), required=False
    )


class TextForm(ShapeForm):
    """The wording of an agreement. A point without words is left out; what it asks for stays as it is."""

    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = PlainText(label=_("Title"), max_length=LONGEST_TITLE)
    opening = PlainText(label=_("Opening"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    notice = PlainText(
        label=_("A note below the text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    review_months = forms.IntegerField(
        label=_("Months until it is looked at again"), min_value=1, max_value=MOST_MONTHS
    )

    def __init__(self, text: Text, *args: Any, **options: Any) -> None:
        initial = {
            "title": text.title,
            "opening": text.opening,
            "notice": text.notice,
            "review_months": text.review_months,
            **{f"{point.key}-heading": point.heading for point in text.points},
            **{f"{point.key}-words": point.words for point in text.points},
            **options.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **options)
        self.text = text
        for key in [point.key for point in text.points] + _new_keys(text):
            self.fields[f"{key}-heading"] = PlainText(
                label=_("Heading"), required=False, max_length=LONGEST_TITLE
            )
            self.fields[f"{key}-words"] = PlainText(
                label=_("Sentence"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        """A sentence wants a heading: the list of points shows it."""
        values = super().clean() or {}
        for key in self._keys():
            if values.get(f"{key}-words") and not values.get(f"{key}-heading"):
                self.add_error(f"{key}-heading", _("Give this point a heading."))
        return values

    @property
    def parts(self) -> list[tuple[int, BoundField, BoundField]]:
        """Number, heading and sentence of each point that there is."""
        points = enumerate(self.text.points, 1)
        return [(n, self[f"{point.key}-heading"], self[f"{point.key}-words"]) for n, point in points]

    @property
    def new_parts(self) -> list[tuple[BoundField, BoundField]]:
        """Room for points of one's own."""
        return [(self[f"{key}-heading"], self[f"{key}-words"]) for key in _new_keys(self.text)]

    @property
    def wanted(self) -> Text:
        """The text as it was typed. Call it on a valid form."""
        said = self.cleaned_data
        points = [self._point(key) for key in self._keys() if said[f"{key}-words"]]
        return Text(
            agreement=self.text.agreement,
            number=self.text.number,
            title=said["title"],
            opening=said["opening"],
            notice=said["notice"],
            review_months=said["review_months"],
            points=tuple(points),
        )

    def _keys(self) -> list[str]:
        return [point.key for point in self.text.points] + _new_keys(self.text)

    def _point(self, key: str) -> Point:
        old = self.text.point(key) or Point(key=key, heading="", words="")
        said = self.cleaned_data
        return Point(
            key=key,
            heading=said[f"{key}-heading"],
            words=said[f"{key}-words"],
            asks=old.asks,
            question=old.question,
            choices=old.choices,
        )


def _new_keys(text: Text) -> list[str]:
    """Keys that no point of this text has, for three points more."""
    taken = [int(point.key[4:]) for point in text.points if point.key.startswith("own-")]
    first = max(taken, default=0) + 1
    return [f"own-{number}" for number in range(first, first + NEW_POINTS)]
