"""The wording of the agreements: the one that comes with Towpath, then the versions that the practice published."""

import json
from functools import cache
from pathlib import Path

from clients.consents.choices import About
from clients.consents.models import AgreementText
from clients.consents.rules import Text, read

FIRST = 1
FOLDER = Path(__file__).resolve().parent


@cache
def shipped(agreement: str = About.MOVEMENT) -> Text:
    """Version 1. Its file never changes; a better wording would be another file, offered to the practice."""
    return read(json.loads((FOLDER / f"{agreement}-{FIRST}.json").read_text()))


def current(agreement: str = About.MOVEMENT) -> Text:
    """The version that is signed today."""
    newest = AgreementText.objects.filter(agreement=agreement).order_by("-number").first()
    return read(newest.body) if newest else shipped(agreement)


def current_number(agreement: str = About.MOVEMENT) -> int:
    newest = AgreementText.objects.filter(agreement=agreement).order_by("-number")
    return newest.values_list("number", flat=True).first() or FIRST


def version(number: int, agreement: str = About.MOVEMENT) -> Text | None:
    """One version, None where there is none of this number."""
    if number == FIRST:
        return shipped(agreement)
    found = AgreementText.objects.filter(agreement=agreement, number=number).first()
    return read(found.body) if found else None
