"""Take a questionnaire into use, or put it away. Who said that it may be used here stays in the rows."""

from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.instruments import BadInstrument, Instrument, bundled, checked, load, written
from clients.questionnaires.actions.limits import check_the_day, check_the_shelf
from clients.questionnaires.models import PracticeInstrument, Statement
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

SWITCHABLE = "B"
STATEMENTS: dict[str, frozenset[str]] = {
    "C": frozenset({Statement.NON_COMMERCIAL, Statement.PERMISSION}),
    "D": frozenset({Statement.PERMISSION}),
    "own": frozenset({Statement.OURS}),
}
"""What somebody must stand up for before a file of that tier is used."""


class NotSwitchable(Refused):
    """Those of the core are in use everywhere; the rest comes as a file."""

    code = "not_switchable"
    message = _("This questionnaire is not one that can be switched on.")


class InUseAlready(Refused):
    code = "in_use_already"
    message = _("This questionnaire is in use already.")


class NotInUse(Refused):
    code = "not_in_use"
    message = _("This questionnaire is not in use.")


class StatementMissing(Refused):
    """Nobody uses what belongs to others without somebody standing up for it."""

    code, field = "statement_missing", "statement"
    status: ClassVar[int] = 400
    message = _("Say why you may use it.")


class NotAFile(Refused):
    """The file cannot be used; the sentence says what is wrong with it."""

    code, field = "not_an_instrument", "file"
    status: ClassVar[int] = 400
    message = _("This file cannot be used.")


class KeyIsOurs(Refused):
    code, field = "key_is_ours", "file"
    message = _("A questionnaire that Towpath ships has this key. Choose another in the file.")


class TierNotForFiles(Refused):
    code, field = "tier_not_for_files", "file"
    message = _("A file of your own is of tier C, D or own.")


class SameVersion(Refused):
    """A version means one wording for ever: answers point at it."""

    code, field = "same_version", "file"
    message = _("This version was here before with other words. Raise the version in the file.")


@transaction.atomic
def switch_on(*, key: str, understood: bool, by: Member, now: datetime) -> PracticeInstrument:
    """Take one of ours of tier B into use. `by` has read the licence note and answers for it."""
    if key not in bundled() or load(key).tier != SWITCHABLE:
        raise NotSwitchable
    if not understood:
        raise StatementMissing(field="understood")
    return _taken(load(key), Statement.UNDERSTOOD, "", None, by, now)


@transaction.atomic
def add_file(*, raw: bytes, statement: str, proof: str, by: Member, now: datetime) -> PracticeInstrument:
    """Take the practice's own file into use, in place of an earlier version of it.

    The file is checked as if a stranger had sent it. `statement` is why it may be used; `proof` where that can be
    looked up. Raises NotAFile with what is wrong, TooManyToday, ShelfFull, ShelfTooHeavy.
    """
    check_the_day(now=now)
    try:
        instrument = checked(raw)
    except BadInstrument as problem:
        raise NotAFile(_("This file cannot be used. %s") % " ".join(problem.shown)) from problem
    _may_be_used(instrument, statement)
    digest = sha256(raw).hexdigest()
    _end_earlier(instrument, digest, by, now)
    row = _taken(instrument, statement, proof, digest, by, now)
    check_the_shelf()
    return row


@transaction.atomic
def put_away(*, key: str, by: Member, now: datetime) -> PracticeInstrument:
    """Ask it no more. What was answered stays as it is, and open questions can still be answered."""
    row = PracticeInstrument.objects.in_use().select_for_update().filter(key=key).first()
    if row is None:
        raise NotInUse
    row.put_away_by, row.put_away_at = by, now
    row.save(update_fields=["put_away_by", "put_away_at"])
    record("instrument_put_away", on=row, by=by, at=now, instrument=row.key, version=row.version)
    return row


def _may_be_used(instrument: Instrument, statement: str) -> None:
    if instrument.key in bundled():
        raise KeyIsOurs
    if instrument.tier not in STATEMENTS:
        raise TierNotForFiles
    if statement not in STATEMENTS[instrument.tier]:
        raise StatementMissing(_("Say why you may use it: what fits a questionnaire of this tier."))


def _end_earlier(instrument: Instrument, digest: str, by: Member, now: datetime) -> None:
    """Put the version in use away. The same file again is refused, and so are other words under an old version."""
    rows = PracticeInstrument.objects.select_for_update().filter(key=instrument.key)
    if rows.filter(put_away_at=None, sha256=digest).exists():
        raise InUseAlready(field="file")
    if rows.filter(version=instrument.version).exclude(sha256=digest).exists():
        raise SameVersion
    rows.filter(put_away_at=None).update(put_away_by=by, put_away_at=now)


def _taken(
    instrument: Instrument, statement: str, proof: str, digest: str | None, by: Member, now: datetime
) -> PracticeInstrument:
    with refusing(one_of_a_key_is_in_use=InUseAlready):
        row = PracticeInstrument.objects.create(
            key=instrument.key,
            version=instrument.version,
            tier=instrument.tier,
            name=instrument.name,
            content=written(instrument) if digest else None,
            sha256=digest or "",
            statement=statement,
            proof=proof,
            taken_by=by,
            taken_at=now,
        )
    record(
        "instrument_taken",
        on=row,
        by=by,
        at=now,
        instrument=row.key,
        version=row.version,
        statement=row.statement,
    )
    return row
