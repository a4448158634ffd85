"""Questionnaires as data files, and the one pure scorer.

    load("phq9")  → the questionnaire, read once        keys() → every key, in the order an intake asks them
    score(instrument, answers) → Result                 unanswered(instrument, answers) → keys still to ask

Nothing here knows the database or the clock. Wording lives in `data/*.toml` and nowhere else.
"""

from clients.instruments.loading import BadInstrument, keys, load, read, written
from clients.instruments.scoring import OutOfRange, Result, check_answer, is_asked, score, unanswered
from clients.instruments.shapes import NOT_SAID, Answer, Answers, Band, Instrument, Item, Option

__all__ = [
    "NOT_SAID",
    "Answer",
    "Answers",
    "BadInstrument",
    "Band",
    "Instrument",
    "Item",
    "Option",
    "OutOfRange",
    "Result",
    "check_answer",
    "is_asked",
    "keys",
    "load",
    "read",
    "score",
    "unanswered",
    "written",
]
