"""A query compiled once answers as the query itself does."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from practice.database.compiled import CompiledOnce
from practice.models import Member
from tests.factories import MemberFactory


def named(name: str) -> QuerySet[Member]:
    return Member.objects.select_related("user").filter(name=name).order_by("pk")


@pytest.fixture
def members(practice: Any) -> list[Member]:
    return [MemberFactory(name=name) for name in ("Robin Vale", "Jo % Marsh", "O'Dell")]


def test_each_value_finds_its_own(members):
    by_name = CompiledOnce(named, mark="a mark")

    found = [by_name.first(member.name) for member in members]

    assert found == members
    assert [member.user for member in found if member] == [member.user for member in members]


def test_what_is_joined_asks_nothing_more(members, django_assert_num_queries):
    by_name = CompiledOnce(named, mark="a mark")

    with django_assert_num_queries(1):
        found = by_name.first(members[0].name)
        assert found is not None
        assert found.user.email


def test_nobody_is_nobody(members):
    assert CompiledOnce(named, mark="a mark").first("Nobody") is None


@pytest.mark.parametrize("value", ["a mark", "' OR true --", "%s", "%(name)s"])
def test_a_value_is_never_part_of_the_statement(members, value):
    assert CompiledOnce(named, mark="a mark").first(value) is None


def test_a_mark_that_does_not_reach_the_statement_is_refused(practice):
    with pytest.raises(ValueError, match="does not reach"):
        CompiledOnce(lambda _name: named("somebody"), mark="a mark").first("Robin Vale")


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_over_its_own_connection(members):
    by_name = CompiledOnce(named, mark="a mark")
    by_name.first(members[0].name)
    found: list[Any] = []

    def ask() -> None:
        found.append(by_name.first(members[0].name))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [members[0]] * 4
