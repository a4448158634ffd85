"""Open every sealed value there is, and say which will not open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from practice.encryption import keys
from practice.encryption.fields import Encrypted, Sealed
from practice.encryption.models import DataKey
from practice.encryption.problems import Damaged, Erased, KeyMissing

AT_ONCE = 500
Tell = Callable[[str, int, int], None]


@dataclass
class Findings:
    """How many values opened, how many were erased on purpose, and which are damaged."""

    opened: int = 0
    erased: int = 0
    damaged: list[Damaged] = field(default_factory=list)


def check_everything(*, tell: Tell) -> Findings:
    """Open every data key and every sealed value. `tell` hears the table, and how many of its rows are done of how many."""
    findings = Findings()
    _check_keys(findings)
    for model, fields in sealed_models():
        _check_rows(model, fields, findings, tell)
    return findings


def sealed_models() -> Iterator[tuple[type[models.Model], list[Encrypted[Any]]]]:
    """Every model that has sealed fields, and those fields."""
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, Encrypted)]
        if fields:
            yield model, fields


def _check_keys(findings: Findings) -> None:
    for row in DataKey.objects.filter(destroyed_at=None).iterator(AT_ONCE):
        try:
            keys.unwrapped(row)
        except KeyMissing:
            findings.damaged.append(Damaged(DataKey._meta.db_table, "wrapped", str(row.pk)))
        except Damaged as damage:
            findings.damaged.append(damage)


def _check_rows(
    model: type[models.Model], fields: list[Encrypted[Any]], findings: Findings, tell: Tell
) -> None:
    rows = model._base_manager.only(
        *{"pk", *(name for one in fields for name in (one.attname, *one.bound_to))}
    )
    total = rows.count()
    for number, row in enumerate(rows.iterator(AT_ONCE), start=1):
        for one in fields:
            _check_value(one, row, findings)
        if number % AT_ONCE == 0 or number == total:
            tell(model._meta.db_table, number, total)


def _check_value(one: Encrypted[Any], row: models.Model, findings: Findings) -> None:
    sealed = row.__dict__[one.attname]
    if not isinstance(sealed, Sealed) or not sealed.value:
        return
    try:
        one.open(sealed, row)
        findings.opened += 1
    except Erased:
        findings.erased += 1
    except Damaged as damage:
        findings.damaged.append(damage)
