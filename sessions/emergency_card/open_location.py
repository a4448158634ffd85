"""Open Location Codes: a place as letters and digits that any map understands, worked out without a network. Pure.

After the specification by Google (github.com/google/open-location-code, Apache-2.0). Ten digits name a field of about 14 m
by 14 m, eleven one of about 3 m by 3 m.
"""

from math import floor

ALPHABET = "23456789CFGHJMPQRVWX"
PAIRS, GRID_STEPS, MOST_DIGITS = 5, 5, 15
ROWS, COLUMNS = 5, 4
"""Of the grid that refines a code beyond its ten digits."""
SEPARATOR_AT = 8
PER_DEGREE_NORTH = 8_000 * ROWS**GRID_STEPS
PER_DEGREE_EAST = 8_000 * COLUMNS**GRID_STEPS


def encode(latitude: float, longitude: float, digits: int = 11) -> str:
    """The code of a place in degrees (WGS 84): 2, 4, 6, 8 or from 10 to 15 digits.

    A latitude beyond a pole is the pole; a longitude is brought into −180…180.
    """
    whole = _all_digits(*_steps(latitude, longitude))
    digits = min(digits, MOST_DIGITS)
    if digits < SEPARATOR_AT:
        return f"{whole[:digits]:0<{SEPARATOR_AT}}+"
    return f"{whole[:SEPARATOR_AT]}+{whole[SEPARATOR_AT:digits]}"


def _steps(latitude: float, longitude: float) -> tuple[int, int]:
    """Whole steps of the finest grid, north of the south pole and east of 180° west."""
    # 34.45 times 25 million is a hair off a whole number: rounding to a millionth of a step first takes that away
    north = floor(round(latitude * PER_DEGREE_NORTH, 6)) + 90 * PER_DEGREE_NORTH
    east = floor(round(longitude * PER_DEGREE_EAST, 6)) + 180 * PER_DEGREE_EAST
    return min(max(north, 0), 180 * PER_DEGREE_NORTH - 1), east % (360 * PER_DEGREE_EAST)


def _all_digits(north: int, east: int) -> str:
    """All fifteen digits, worked out from the last one."""
    found = []
    for _step in range(GRID_STEPS):
        found.append(ALPHABET[north % ROWS * COLUMNS + east % COLUMNS])
        north, east = north // ROWS, east // COLUMNS
    for _pair in range(PAIRS):
        found += [ALPHABET[east % len(ALPHABET)], ALPHABET[north % len(ALPHABET)]]
        north, east = north // len(ALPHABET), east // len(ALPHABET)
    return "".join(reversed(found))
