"""From values to places on the paper: arithmetic only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from math import ceil, cos, radians
from typing import TypeVar

METRES_PER_DEGREE = 111_320.0
T = TypeVar("T")


@dataclass(frozen=True)
class Scale:
    """A straight scale from `low`..`high` to `start`..`end`. A span of nothing lands in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def days_scale(days: Sequence[date], start: float, end: float) -> Scale:
    """A scale over the ordinals of days."""
    ordinals = [day.toordinal() for day in days]
    return Scale(min(ordinals, default=0), max(ordinals, default=0), start, end)


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50 … that cuts `span` into at most `most` parts."""
    steps = (digit * 10.0**power for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if span <= step * most)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values between `low` and `high`."""
    step = round_step(high - low, most)
    first = ceil(low / step) * step
    return [first + step * i for i in range(int((high - first) / step + 1e-9) + 1)]


def project(latitudes: Sequence[float], longitudes: Sequence[float]) -> list[tuple[float, float]]:
    """Metres east and south of the north-west corner, flat: right enough for a walk of a few kilometres."""
    north, west = max(latitudes), min(longitudes)
    squeeze = cos(radians(sum(latitudes) / len(latitudes)))
    return [
        ((longitude - west) * METRES_PER_DEGREE * squeeze, (north - latitude) * METRES_PER_DEGREE)
        for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]


def thin(values: Sequence[T], most: int) -> list[T]:
    """At most `most` of the values, evenly spaced, the first and the last always among them."""
    if len(values) <= most:
        return list(values)
    step = (len(values) - 1) / (most - 1)
    return [values[round(i * step)] for i in range(most)]
