"""Whatever leads to a client leaves with them and goes with them: a room that forgets it turns this red."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from practice import contributions
from practice.contributions import Recipient, Table

pytestmark = pytest.mark.django_db
NOT_EXPORTED = {
    "clients.ErasureRequest": "an export says nothing of what is on its way out; the trail and the disposal log do",
    "clients.ExportPart": "pieces of a sealed file",
}


def _leading_to_a_client() -> set[str]:
    """Every model from which some chain of foreign keys ends at a client, and the client."""
    found = {"clients.Client"}
    while more := {label for label, up in _keys() if up in found and label not in found}:
        found |= more
    return found


def _keys() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                yield model._meta.label, field.related_model._meta.label


def test_the_walk_sees_what_hangs_on_what_hangs_on_a_client():
    assert {"therapy_sessions.Addendum", "clients.RunLog", "clients.Client"} <= _leading_to_a_client()


def test_everything_that_leads_to_a_client_is_exported_or_says_why_not(whole):
    given = contributions.exports(whole, Recipient(member=None))

    exported = {label for one in given for label in one.models}

    assert _leading_to_a_client() - exported - set(NOT_EXPORTED) == set()


def test_everything_that_leads_to_a_client_is_erased(whole):
    going = [one for one in contributions.erasures(whole) if one.erase]

    erased = {label for one in going for label in one.models}

    assert _leading_to_a_client() - erased == set()


def test_what_stays_says_why(whole):
    staying = [one for one in contributions.erasures(whole) if one.erase is None]

    assert staying
    assert all(str(one.kept_because) for one in staying)


def test_every_table_has_a_name_of_its_own_and_words_for_each_column(whole):
    tables = [one for one in contributions.exports(whole, Recipient(member=None)) if isinstance(one, Table)]

    assert len({table.name for table in tables}) == len(tables)
    assert all(str(words) for table in tables for words in table.columns.values())
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
