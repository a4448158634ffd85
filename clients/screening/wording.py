"""Days as sentences say them."""

from datetime import date

from django.utils.formats import date_format


def in_words(day: date) -> str:
    """3 June 2026."""
    return date_format(day, "j F Y")
