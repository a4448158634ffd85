"""Questionnaires as data files, and the one pure scorer.

    offered()      → those that may be asked here now        keys() → their keys, in the order they are asked
    load("phq9")   → one questionnaire                       bundled() → the keys of every file we ship
    score(instrument, answers) → Result                      unanswered(instrument, answers) → keys still to ask
    checked(raw)   → the questionnaire of a file from outside, or BadInstrument with what is wrong

Nothing here knows the database or the clock. Wording lives in `data/*.toml` and nowhere else; `format.schema.json` says
how such a file is written.
"""

from clients.instruments.faults import BadInstrument, Fault
from clients.instruments.loading import bundled, core, keys, languages, load, offered, use_shelf
from clients.instruments.reading import checked, read, written
from clients.instruments.scales import SCALES, Scale, points_in, scale_named
from clients.instruments.scoring import OutOfRange, Result, check_answer, is_asked, score, unanswered
from clients.instruments.shapes import NOT_SAID, Answer, Answers, Band, Instrument, Item, Option, Points

__all__ = [
    "NOT_SAID",
    "SCALES",
    "Answer",
    "Answers",
    "BadInstrument",
    "Band",
    "Fault",
    "Instrument",
    "Item",
    "Option",
    "OutOfRange",
    "Points",
    "Result",
    "Scale",
    "bundled",
    "check_answer",
    "checked",
    "core",
    "is_asked",
    "keys",
    "languages",
    "load",
    "offered",
    "points_in",
    "read",
    "scale_named",
    "score",
    "unanswered",
    "use_shelf",
    "written",
]
