"""A date of birth in three boxes, forgiving about how it is typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class BirthDateInput(forms.MultiWidget):
    """Day, month and year as three number boxes with numeric keyboards."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        keyboard = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__({part: forms.TextInput(attrs=dict(keyboard)) for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class BirthDateField(forms.MultiValueField):
    """A date of birth; leading zeros and spaces are welcome, an impossible date is said so in plain words."""

    widget = BirthDateInput
    default_error_messages = {"invalid": _("Something looks off with the date. Try 27 3 1988.")}

    def __init__(self, **kwargs: Any) -> None:
        parts = tuple(forms.IntegerField(required=False) for _part in PARTS)
        kwargs.setdefault("require_all_fields", False)
        super().__init__(parts, **kwargs)

    def compress(self, data_list: list[int | None]) -> date | None:
        """The date of the three numbers. Raises ValidationError when there is no such day."""
        if not any(data_list):
            return None
        day, month, year = (part or 0 for part in data_list)
        try:
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
