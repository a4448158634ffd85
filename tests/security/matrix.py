"""T01: who gets which answer at which door. `matrix.csv` is the table; a person has looked at every line of it.

python -m tests.security.matrix            says which lines are missing, superfluous or not true
python -m tests.security.matrix --write    adds the missing ones as they are now and drops those of doors that are gone;
                                           lines that stand are never changed: look at each new one before you keep it
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.urls import reverse

from tests.security.bodies import body_for
from tests.security.callers import Callers
from tests.security.routes import Route, routes
from tests.security.town import ROLES, Home

TABLE = Path(__file__).resolve().parent / "matrix.csv"
WRITE = "TOWPATH_WRITE_MATRIX"
SHUT = {"sign-in", "set-up", "wait", "401", "403", "404", "405"}
FEW = ("clinician", "client")
CLOSEST = ("clinician", "colleague", "reception", "client")
Door = tuple[str, str]
Line = dict[str, str]


def doors() -> Iterator[tuple[Door, Route]]:
    """Every route with every verb that it may be asked with."""
    for route in routes():
        for verb in route.verbs:
            yield (route.name, verb), route


def answers(callers: Callers, route: Route, verb: str, home: Home, roles: Sequence[str]) -> Line:
    """What each of the roles gets at a door, with the ids of `home` in the address and in the body."""
    address = route.address(home)
    return {
        role: outcome(
            callers.call(role, verb, address, None if verb == "GET" else body_for(route.name, home))
        )
        for role in roles
    }


def worth_asking(line: Line | None) -> Sequence[str]:
    """Whom to send to a door on every run: one for each answer in the table, and those who come closest to it.

    The others get there what one of these gets; they are sent at night.
    """
    if line is None:
        return ROLES
    alike = {line[role]: role for role in reversed(ROLES)}
    is_dull = len({line[role] for role in ROLES if role != "anonymous"}) == 1
    return sorted({*alike.values(), *(FEW if is_dull else CLOSEST)}, key=ROLES.index)


def outcome(answer: HttpResponse) -> str:
    """The status; where one is sent to sign in, to set up a second factor or to wait for being confirmed, that."""
    to = answer.headers.get("Location", "").partition("?")[0]
    elsewhere = {"account_login": "sign-in", "second_step": "set-up", "waiting": "wait"}
    return next((said for name, said in elsewhere.items() if to == reverse(name)), str(answer.status_code))


@cache
def read() -> dict[Door, Line]:
    """The table as it stands."""
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        lines = [{key.strip(): value.strip() for key, value in row.items()} for row in rows]
    return {(line.pop("door"), line.pop("verb")): line for line in lines}


def opens(role: str, name: str, verb: str = "GET") -> bool:
    """Whether the table lets this role through a door; True for a door that has no line yet."""
    return read().get((name, verb), {}).get(role, "200") not in SHUT


def write(table: dict[Door, Line]) -> None:
    """The table in columns, in the order of the resolver."""
    heads = ["door", "verb", *ROLES]
    lines = [heads, *([name, verb, *(line[role] for role in ROLES)] for (name, verb), line in table.items())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    text = [", ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    TABLE.write_text("".join(f"{line.rstrip()}\n" for line in text))
    read.cache_clear()


def main(argv: list[str]) -> int:
    """Run the test of the table in a database of its own."""
    from practice.machine import scratch  # noqa: PLC0415 - only wanted from a command line

    wish = {WRITE: "true"} if argv == ["--write"] else {}
    test = scratch.python("-m", "pytest", "-p", "no:randomly", str(TABLE.with_name("test_matrix.py")))
    return scratch.run(test, scratch.FOR_TESTS | wish)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
