"""Answer sheets as people and programs fill them in: whole, with gaps, to be talked about, and impossible. Seeded."""

import random

SEED = 20_260_601
IMPOSSIBLE = (-1, 5, 6, 1000, True, 1.0, "1", "", None, [1], {"a": 1}, "not said")


def sheets(key, questions, count):
    """`count` sheets for the questionnaire of this key, always the same ones."""
    chance = random.Random(f"{SEED}{key}")
    for _number in range(count):
        yield one_sheet(chance, questions)


def one_sheet(chance, questions):
    names = list(questions)
    sheet = {name: an_answer(chance, questions[name]) for name in names}
    kind = chance.random()
    if kind < 0.25:
        for name in chance.sample(names, chance.randint(1, len(names))):
            del sheet[name]
    elif kind < 0.5:
        leave_out(chance, sheet, chance.choice(names))
    elif kind < 0.65:
        sheet[chance.choice(names)] = chance.choice(IMPOSSIBLE)
    elif kind < 0.7:
        sheet["q99"] = 0
    order = list(sheet.items())
    chance.shuffle(order)
    return dict(order)


def leave_out(chance, sheet, name):
    """One question without a number: not there, or to be talked about."""
    if chance.random() < 0.5:
        del sheet[name]
    else:
        sheet[name] = "not_said"


def an_answer(chance, allowed):
    if allowed is None:
        return chance.choice(["", "Some words.", "x" * 4001, "a\0b"])
    if len(allowed) > 100:
        return chance.choice([0, 0, 1, 2, 998, 999, chance.randint(0, 999)])
    return chance.choice(sorted(allowed))
