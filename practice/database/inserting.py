"""Insert what may be there already, without a savepoint to fall back to."""

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.constants import OnConflict


def insert_unless_there(row: models.Model) -> bool:
    """Insert a new row; False, and nothing written, when one with its unique key stands.

    Whoever is inserting the same at this moment is waited for. Only for tables with one such key beside `id`.
    """
    model, key = type(row), row._meta.pk
    fields = [field for field in model._meta.local_concrete_fields if field is not key]
    (found,) = model._base_manager.get_queryset()._insert(  # type: ignore[attr-defined] # what save() is made of
        [row], fields=fields, returning_fields=[key], using=DEFAULT_DB_ALIAS, on_conflict=OnConflict.IGNORE
    )
    if found is None:
        return False
    row.pk, row._state.adding, row._state.db = found[0], False, DEFAULT_DB_ALIAS
    return True
