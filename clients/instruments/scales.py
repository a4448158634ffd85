"""What a questionnaire is, whatever its file is called: the scales whose points our rules read, and their ranges."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A published scale: its name, and the least and the most that its points can be."""

    name: str
    least: int
    most: int


SCALES = {
    "audit": Scale(name="AUDIT", least=0, most=40),
    "auditc": Scale(name="AUDIT-C", least=0, most=12),
    "bbgs": Scale(name="BBGS", least=0, most=3),
    "cage": Scale(name="CAGE", least=0, most=4),
    "cageaid": Scale(name="CAGE-AID", least=0, most=4),
    "dast10": Scale(name="DAST-10", least=0, most=10),
    "eai": Scale(name="EAI", least=6, most=30),
    "pcptsd5": Scale(name="PC-PTSD-5", least=0, most=5),
    "scoff": Scale(name="SCOFF", least=0, most=5),
}
"""Ranges: domain.md §1.2. `scale` in a file names one of these."""

FIRST_NUMBER = re.compile(r"\s*(\d{1,3})(?!\d|[.,]\d)")


def scale_named(name: str) -> str:
    """The scale that somebody means by that name, such as “Audit”, “AUDIT (WHO 2001)”, “dast 10”; "" for none."""
    first = re.split(r"[\s(,:;]", name.strip(), maxsplit=1)[0]
    return next((key for key in map(_letters, (name, first)) if key in SCALES), "")


def points_in(score: str) -> int | None:
    """The whole number that a score in words begins with: 25 in “25 of 40, severe”; None where it begins otherwise."""
    found = FIRST_NUMBER.match(score)
    return int(found.group(1)) if found else None


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
