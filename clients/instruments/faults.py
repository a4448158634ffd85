"""What may be wrong with the file of a questionnaire, said so that whoever wrote it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_SHOWN = 8


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where: the way into the file, such as `items.3.text`; "" for the file as a whole."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


class BadInstrument(ValueError):
    """The file says something impossible. `faults` are what is wrong; there is at least one."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(map(str, faults)))

    @property
    def shown(self) -> list[str]:
        """The first few faults, and how many more there are."""
        more = len(self.faults) - MOST_SHOWN
        shown = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        return [*shown, _("%d more.") % more] if more > 0 else shown


def expect_none(faults: Iterable[Fault]) -> None:
    """Raises BadInstrument where there is a fault."""
    if found := tuple(faults):
        raise BadInstrument(*found)
