"""What our HTML forms share: shape only, nothing typed is lost, a refusal lands at its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Refused

PLAIN_WORDS = {
    "required": _("Please fill this in."),
    "invalid_choice": _("Please choose one of these."),
}
PLEASE_CHOOSE = _("Please choose one.")
HIDDEN_CHARACTER = _("This text holds a hidden character. Please type it again.")
FIRST_PRINTABLE = 32


class ShapeForm(forms.Form):
    """A form that reports a Refused where the person can see it."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak_plainly(field)

    def refuse(self, refusal: Refused) -> None:
        """Show the refusal at its field, or on top where it has none."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, ValidationError(str(refusal), code=refusal.code))


def _speak_plainly(field: forms.Field) -> None:
    """Put our words where the field still has Django's."""
    usual = forms.ChoiceField.default_error_messages | forms.Field.default_error_messages
    for code, words in PLAIN_WORDS.items():
        if field.error_messages.get(code) == usual[code]:
            chooses = code == "required" and isinstance(field, forms.ChoiceField)
            field.error_messages[code] = PLEASE_CHOOSE if chooses else words


def holds_a_hidden_character(text: str) -> bool:
    """Whether there is a control character in it besides line ends and tabs."""
    return any(ord(letter) < FIRST_PRINTABLE and letter not in "\n\r\t" for letter in text)


def plain_address(value: str) -> None:
    """Refuse an e-mail address with letters beyond ASCII: 'с' for 'c' leads a letter to somebody else."""
    if not value.isascii():
        raise ValidationError(
            _("Please write the e-mail address with plain letters, a to z, without accents."),
            code="look_alike",
        )


class PlainEmail(forms.EmailField):
    """One e-mail address in plain letters."""

    default_validators = [*forms.EmailField.default_validators, plain_address]


class PlainText(forms.CharField):
    """Text as typed: surrounding blanks kept out, control characters refused with a sentence."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 10_000)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if holds_a_hidden_character(text):
            raise ValidationError(HIDDEN_CHARACTER, code="control")
        return text
