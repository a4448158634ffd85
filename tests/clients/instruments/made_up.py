"""A questionnaire in a file, as a practice would bring it. All made up."""

import copy
import json
from typing import Any

BASE: dict[str, Any] = {
    "format": 2,
    "key": "our_check",
    "version": "1",
    "name": "Our check",
    "purpose": "How it went",
    "why": "So that we know.",
    "asked_by": "client",
    "language": "en",
    "tier": "own",
    "licence": "Our own",
    "attribution": "Example practice.",
    "source": "Example practice",
    "population": "Nobody yet",
    "least_age": 18,
    "scoring": "sum",
    "options": [[0, "No"], [1, "A little"], [2, "Yes"]],
    "bands": [[0, "low"], [3, "high"]],
    "cut_off": 3,
    "reliable_change": 2,
    "items": [
        {"key": "q1", "text": "Did it go well?"},
        {"key": "q2", "text": "Was it too much?", "reversed": True},
        {"key": "q3", "text": "Would you come again?", "safety": [2]},
    ],
}


def made_up(**changes):
    """The file as values, with these changes; what is None is left out."""
    values = copy.deepcopy(BASE) | changes
    return {key: value for key, value in values.items() if value is not None}


def ten_questions(**changes):
    """A file of the size of the AUDIT, with questions of our own."""
    answers = [[value, f"Answer {value}"] for value in range(5)]
    questions = [{"key": f"q{number}", "text": f"Question {number}"} for number in range(1, 11)]
    without = {"bands", "cut_off", "reliable_change"}
    data = made_up(options=answers, items=questions, tier="C") | changes
    return {name: value for name, value in data.items() if name not in without or name in changes}


def as_json(data):
    return json.dumps(data, ensure_ascii=False).encode()
