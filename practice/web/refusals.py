"""How a rule says no: a typed refusal with a code for programs and a sentence for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):
    """A rule says no. `code` is for programs, `message` for people, `field` the input at fault ("" for none)."""

    code: ClassVar[str] = "refused"
    message: Words = _("That cannot be done.")
    field: str = ""
    status: ClassVar[int] = 409

    def __init__(self, message: Words | None = None, *, field: str | None = None) -> None:
        self.message = self.message if message is None else message
        self.field = self.field if field is None else field
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


@contextmanager
def refusing(**refusals: type[Refused]) -> Iterator[None]:
    """Translate a broken database constraint, named by keyword, into its refusal.

    Anything else that the database says is raised as it came.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusals.get(_broken_constraint(error))
        if refusal is None:
            raise
        raise refusal from error


def _broken_constraint(error: DatabaseError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
