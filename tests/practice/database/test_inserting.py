"""A row that is added by a statement made once is the row that `save` would have made."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from practice.database.inserting import insert, insert_unless_there
from practice.models import TrailCheck

pytestmark = pytest.mark.django_db
MORE_THAN_IT_TAKES_TO_BE_PREPARED = 12


def look_at(**values: Any) -> TrailCheck:
    return TrailCheck(
        **{"at": timezone.now(), "sealed": 3, "unsealed": 0, "milliseconds": 7, "fault": ""} | values
    )


def kept() -> list[dict[str, Any]]:
    return [dict(row) for row in TrailCheck._base_manager.order_by("pk").values()]


def test_it_keeps_every_column():
    row = look_at(fault="gap", where={"shard": 4, "words": "100 % 'sure'"})

    insert(row)

    assert kept() == [
        {field.attname: getattr(row, field.attname) for field in TrailCheck._meta.concrete_fields}
    ]
    assert not row._state.adding


@pytest.mark.parametrize("fault", ["%s", "%(at)s", "$1", "'); --"])
def test_a_value_is_never_part_of_the_statement(fault):
    insert(look_at(fault=fault))

    assert [row["fault"] for row in kept()] == [fault]


def test_one_after_the_other_each_keeps_its_own():
    for number in range(MORE_THAN_IT_TAKES_TO_BE_PREPARED):
        insert(look_at(sealed=10**number))

    assert [row["sealed"] for row in kept()] == [
        10**number for number in range(MORE_THAN_IT_TAKES_TO_BE_PREPARED)
    ]


def test_it_goes_on_after_a_refusal():
    uid = uuid4()
    for _turn in range(MORE_THAN_IT_TAKES_TO_BE_PREPARED):
        insert(look_at())
    insert(look_at(uid=uid))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(look_at(uid=uid))
    insert(look_at(sealed=99))

    assert [row["sealed"] for row in kept()][-1] == 99


def test_a_row_that_is_there_is_left_as_it_is():
    first, again = look_at(sealed=1), look_at(sealed=2)
    again.uid = first.uid

    assert insert_unless_there(first)
    assert not insert_unless_there(again)

    assert [row["sealed"] for row in kept()] == [1]
    assert again.pk is None


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_is_opened_again():
    connection.close()

    insert(look_at(sealed=5))

    assert [row["sealed"] for row in kept()] == [5]
