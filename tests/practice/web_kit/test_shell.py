"""The frame around a page says where one is and offers only where one may go."""

from typing import Any

import pytest
from django.test import RequestFactory

from practice.web.context import Shell
from tests.factories import MemberFactory


def shell_at(path, member=None):
    request: Any = RequestFactory().get(path)
    request.member = member
    return Shell(request)


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/routes/", "routes"),
        ("/routes/import/", "routes"),
        ("/clients/00000000-0000-4000-8000-000000000000/", "clients"),
        ("/sessions/new/", "calendar"),
        ("/my/", "home"),
        ("/my/log/", "log"),
        ("/accounts/password/change/", ""),
    ],
)
def test_a_page_knows_its_entry_in_the_navigation(path, entry):
    assert shell_at(path).current == entry


@pytest.mark.django_db
def test_reception_is_offered_no_review(practice):
    reception = shell_at("/today/", MemberFactory.build(roles=["reception"]))

    assert "review" not in [link.key for link in reception.staff]
    assert "calendar" in [link.key for link in reception.staff]


def test_nobody_is_offered_nothing():
    assert shell_at("/").staff == []
