"""The shape of the note form. Its fields come from the formats."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from practice.web.forms import PlainText, ShapeForm
from sessions.notes.formats import FORMATS, MOST_TEXT, SECTIONS, WALK, WALK_FIELDS, Kind, WalkField

ROWS = {"plan": 4, "text": 14}
SHORT_TEXT = 2_000


class NoteForm(ShapeForm):
    """Every section of the format, any text kept from another format, and the walk-and-talk block.

    A fact that looks off is left to the action, so that a draft is never lost over it.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        choices=[(entry.key, entry.word) for entry in FORMATS.values()], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, shown_format: str, kept: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        own = [section.key for section in FORMATS[shown_format].sections]
        self._own = own
        self._kept = [key for key in SECTIONS if key not in own and kept.get(key, "").strip()]
        for key in [*own, *self._kept]:
            self.fields[f"body_{key}"] = _section(key)
        for field in WALK:
            self.fields[f"walk_{field.key}"] = _fact(field)

    def sections(self) -> Iterator[BoundField]:
        return (self[f"body_{key}"] for key in self._own)

    def kept_sections(self) -> Iterator[BoundField]:
        """Texts written in another format: nothing is thrown away."""
        return (self[f"body_{key}"] for key in self._kept)

    def facts(self) -> Iterator[BoundField]:
        """Choices and numbers, side by side."""
        return (self[f"walk_{field.key}"] for field in WALK if field.kind != Kind.TEXT)

    def told(self) -> Iterator[BoundField]:
        """What is told in words."""
        return (self[f"walk_{field.key}"] for field in WALK if field.kind == Kind.TEXT)

    def body(self) -> dict[str, str]:
        return {
            key: self.cleaned_data[f"body_{key}"] for key in SECTIONS if f"body_{key}" in self.cleaned_data
        }

    def walk(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"walk_{key}"] for key in WALK_FIELDS}


def _section(key: str) -> PlainText:
    section = SECTIONS[key]
    return PlainText(
        label=section.word,
        help_text=section.hint,
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": ROWS.get(key, 5)}),
    )


def _fact(field: WalkField) -> forms.Field:
    if field.kind == Kind.CHOICE:
        choices = [("", _("not noted")), *field.choices]
        return forms.ChoiceField(label=str(field.word), choices=choices, required=False)
    if field.kind == Kind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return PlainText(label=field.word, required=False, max_length=4, widget=widget)
    box = forms.Textarea(attrs={"rows": 2})
    return PlainText(
        label=field.word, help_text=field.hint, required=False, max_length=SHORT_TEXT, widget=box
    )


def initial_of(
    *, format_key: str, body: Mapping[str, str], walk: Mapping[str, str], version: int
) -> dict[str, Any]:
    """A note as the form's values."""
    texts = {f"body_{key}": text for key, text in body.items()}
    facts = {f"walk_{key}": value for key, value in walk.items()}
    return {**texts, **facts, "format": format_key, "version": version}


class AddendumForm(ShapeForm):
    text = PlainText(
        label=_("What would you like to add?"),
        help_text=_("The signed note stays as it is. Your name and the time stand beside what you add."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SignForm(ShapeForm):
    """The version that was read before signing."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
