"""A second scorer, written from the publications and not from the product: tables and plain loops, nothing imported.

`by_hand(key, sheet)` says what a sheet comes to, or REFUSED. A sheet is {question: answer}; "not_said" is no number.
"""

from decimal import ROUND_HALF_UP, Decimal

REFUSED = "refused"
LONGEST = 4_000

YES_NO = {0, 1}
ZERO_TO_THREE = {0, 1, 2, 3}
ZERO_TO_FOUR = {0, 1, 2, 3, 4}
ONE_TO_FIVE = {1, 2, 3, 4, 5}


def numbered(count, allowed):
    table = {}
    for number in range(1, count + 1):
        table[f"q{number}"] = allowed
    return table


PHQ_WORDS = [
    (0, 4, "none to minimal"),
    (5, 9, "mild"),
    (10, 14, "moderate"),
    (15, 19, "moderately severe"),
    (20, 27, "severe"),
]
GAD_WORDS = [(0, 4, "none to minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")]
CORE_WORDS = [
    (0, 6, "healthy"),
    (6, 11, "low level"),
    (11, 16, "mild"),
    (16, 21, "moderate"),
    (21, 26, "moderately severe"),
    (26, 41, "severe"),
]
"""From here (included) to there (not included), because a prorated score lies between whole numbers."""


def at_or_above(cut, most):
    return [(0, cut - 1, "below the cut-off"), (cut, most, "at the cut-off or above")]


READINESS = [
    "chest",
    "faint",
    "breath",
    "legs",
    "known_disease",
    "active",
    "other_health",
    "pregnancy",
    "followed",
    "being_seen",
    "access",
]

ADDED_UP = {
    "phq9": (numbered(9, ZERO_TO_THREE), PHQ_WORDS, {"q9": {1, 2, 3}}),
    "phq8": (numbered(8, ZERO_TO_THREE), PHQ_WORDS, {}),
    "phq2": (numbered(2, ZERO_TO_THREE), at_or_above(3, 6), {}),
    "gad7": (numbered(7, ZERO_TO_THREE), GAD_WORDS, {}),
    "gad2": (numbered(2, ZERO_TO_THREE), at_or_above(3, 6), {}),
    "k6": (
        numbered(6, ZERO_TO_FOUR),
        [(0, 12, "below the cut-off"), (13, 24, "serious distress")],
        {},
    ),
    "k10": (
        numbered(10, ONE_TO_FIVE),
        [
            (10, 15, "low distress"),
            (16, 21, "moderate distress"),
            (22, 29, "high distress"),
            (30, 50, "very high distress"),
        ],
        {},
    ),
    "cage": (numbered(4, YES_NO), at_or_above(2, 4), {}),
    "cageaid": (
        numbered(4, YES_NO),
        [
            (0, 0, "below the cut-off"),
            (1, 1, "at the sensitive cut-off"),
            (2, 4, "at the usual cut-off or above"),
        ],
        {},
    ),
    "bbgs": (numbered(3, YES_NO), at_or_above(1, 3), {}),
    "auditc": (
        numbered(3, ZERO_TO_FOUR),
        [
            (0, 2, "below the cut-off"),
            (3, 3, "at the cut-off for women"),
            (4, 12, "at the cut-off for women and men"),
        ],
        {},
    ),
    "eai": (
        numbered(6, ONE_TO_FIVE),
        [(6, 12, "below 13"), (13, 23, "some symptoms"), (24, 30, "at risk")],
        {},
    ),
    "scoff": (
        numbered(5, YES_NO),
        [(0, 1, "below the cut-off"), (2, 5, "at the cut-off or above: talk")],
        {},
    ),
    "pcl5": (numbered(20, ZERO_TO_FOUR), [], {}),
    "alcohol": ({"times": set(range(1000))}, at_or_above(1, 999), {}),
    "drugs": ({"times": set(range(1000))}, at_or_above(1, 999), {}),
}
"""Key: the answers of each question, (from, to, word), the answers that a clinician must hear of."""

UNSCORED = {
    "dependence": ({"now": {0, 1, 2, 3}}, ()),
    "movement": (
        {
            "eating_now": {0, 1, 2, 3},
            "making_up": {0, 1, 2},
            "run_down": {0, 1},
            "joy_or_fear": {0, 1, 2, 3},
            "resting_today": {0, 1, 2, 3},
            "missed_day": {0, 1, 2, 3},
            "skipped": {0, 1, 2},
        },
        ("only_mood",),
    ),
    "readiness": (dict.fromkeys(READINESS, YES_NO), ("anything_else",)),
    "circumstances": (
        dict.fromkeys(["admission", "upheaval", "found", "mind", "far_away", "known_here"], YES_NO)
        | {"acute": {0, 1, 2}},
        (),
    ),
}
"""Key: the answers of each question, and the questions answered in words."""

ASQ = numbered(5, YES_NO)
PC_PTSD = {"event": YES_NO, **numbered(5, YES_NO)}
CORE = numbered(10, ZERO_TO_FOUR)

KEYS = (*ADDED_UP, *UNSCORED, "asq", "pcptsd5", "core10")


def questions_of(key):
    """{question: its answers}; None for one that is answered in words."""
    if key in ADDED_UP:
        return dict(ADDED_UP[key][0])
    if key in UNSCORED:
        return UNSCORED[key][0] | dict.fromkeys(UNSCORED[key][1])
    return {"asq": ASQ | {"how_when": None}, "pcptsd5": PC_PTSD, "core10": CORE}[key]


def by_hand(key, sheet):
    """(total, word, questions missing, questions flagged, prorated), or REFUSED."""
    if not allowed(questions_of(key), sheet):
        return REFUSED
    if key in UNSCORED:
        return None, "", set(), {key for key in ("admission", "acute") if sheet.get(key) in {1, 2}}, False
    if key == "asq":
        return by_hand_asq(sheet)
    if key == "pcptsd5":
        return by_hand_pc_ptsd(sheet)
    if key == "core10":
        return by_hand_core(sheet)
    table, words, grave = ADDED_UP[key]
    total, missing = add_up(table, sheet)
    flagged = {name for name, answers in grave.items() if sheet.get(name) in answers}
    return total, word_for(total, words), missing, flagged, False


def allowed(questions, sheet):
    for name, answer in sheet.items():
        if name not in questions:
            return False
        if questions[name] is None:
            if type(answer) is not str or len(answer) > LONGEST or "\0" in answer:
                return False
        elif answer != "not_said" and (type(answer) is not int or answer not in questions[name]):
            return False
    return True


def add_up(table, sheet):
    total, missing = 0, set()
    for name in table:
        if type(sheet.get(name)) is int:
            total += sheet[name]
        else:
            missing.add(name)
    return (None if missing else total), missing


def word_for(total, words):
    if total is None:
        return ""
    for first, last, word in words:
        if first <= total <= last:
            return word
    return ""


def by_hand_asq(sheet):
    """NIMH: any yes to 1 to 4 is positive. A yes to any of the five is a matter for somebody now."""
    total, missing = add_up(numbered(4, YES_NO), sheet)
    word = "" if total is None else "positive" if total else "negative"
    return total, word, missing, {name for name in ASQ if sheet.get(name) == 1}, False


def by_hand_pc_ptsd(sheet):
    """Prins 2016: without an event the score is 0; else count the yeses. Without an answer there is no score."""
    if sheet.get("event") == 0:
        return 0, "below the cut-off", set(), set(), False
    total, missing = add_up(numbered(5, YES_NO), sheet)
    words = [
        (0, 2, "below the cut-off"),
        (3, 3, "at the sensitive cut-off"),
        (4, 5, "at the balanced cut-off or above"),
    ]
    return total, word_for(total, words), missing, set(), False


def by_hand_core(sheet):
    """CORE System Trust: turn 2 and 3 round; ten times the mean of what was answered, if at most one is missing."""
    points, missing = [], set()
    for name in CORE:
        answer = sheet.get(name)
        if type(answer) is not int:
            missing.add(name)
        else:
            points.append(4 - answer if name in {"q2", "q3"} else answer)
    grave = {"q6"} if sheet.get("q6") in {1, 2, 3, 4} else set()
    if len(missing) > 1:
        return None, "", missing, grave, False
    exact = Decimal(10) * sum(points) / len(points)
    word = next(word for first, beyond, word in CORE_WORDS if first <= exact < beyond)
    total = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return float(total), word, missing, grave, bool(missing)
