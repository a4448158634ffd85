"""Sheets for rules: questionnaires we ship, and made-up ones of the shape of those we may not."""

from hypothesis import strategies as st

from clients.instruments import NOT_SAID, bundled, load, read
from clients.screening.rules import Sheet

SHAPES = {"audit": (10, 4), "dast10": (10, 1)}
"""Questions and highest option of questionnaires that only a practice may bring."""


def brought(key):
    """A questionnaire of that shape with questions of our own: rules look at points, not at words."""
    questions, highest = SHAPES[key]
    return read(
        {
            "format": 2,
            "key": key,
            "version": "1",
            "name": key.upper(),
            "purpose": "Made up",
            "why": "Made up",
            "asked_by": "client",
            "language": "en",
            "tier": "C",
            "licence": "Made up",
            "attribution": "Made up",
            "source": "Made up",
            "population": "Adults",
            "least_age": 18,
            "scoring": "sum",
            "options": [[value, f"Option {value}"] for value in range(highest + 1)],
            "items": [
                {"key": f"q{number}", "text": f"Question {number}"} for number in range(1, questions + 1)
            ],
        }
    )


def instrument(key):
    return brought(key) if key in SHAPES else load(key)


def adding_up(key, total):
    """Answers to every scored question that come to this total."""
    found = instrument(key)
    answers, left = {}, total - sum(item.lowest for item in found.scored)
    for item in found.scored:
        step = min(item.highest - item.lowest, left)
        answers[item.key] = item.lowest + step
        left -= step
    assert left == 0
    return answers | {
        item.key: item.highest for item in found.items if item.key not in answers and item.kind == "choice"
    }


def sheet(key, answers):
    return {key: Sheet(instrument=instrument(key), answers=answers)}


def scoring(key, total):
    """One sheet with this total."""
    return sheet(key, adding_up(key, total))


def any_answer(item):
    if item.kind == "words":
        return st.text(alphabet="ab ", max_size=3)
    values = (
        st.integers(item.least, item.most)
        if item.kind == "count"
        else st.sampled_from([option.value for option in item.options])
    )
    return st.one_of(values, st.just(NOT_SAID))


EVERY_KEY = (*bundled(), *SHAPES)
EVERY = {key: instrument(key) for key in EVERY_KEY}


@st.composite
def any_sheets(draw, but=()):
    """Any answers, or none, to any of all questionnaires."""
    keys = draw(st.sets(st.sampled_from([key for key in EVERY_KEY if key not in but])))
    return {
        key: Sheet(
            instrument=EVERY[key],
            answers=draw(
                st.fixed_dictionaries({}, optional={item.key: any_answer(item) for item in EVERY[key].items})
            ),
        )
        for key in sorted(keys)
    }
