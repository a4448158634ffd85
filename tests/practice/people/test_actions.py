"""Founding the practice and letting people in."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from practice import settings as written
from practice.models import Member, Practice
from practice.people.actions import AlreadyFounded, EmailTaken, WeakPassword, admit_member, found_practice
from practice.people.roles import Role
from tests.factories import MONDAY_NOON, PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db


def _found():
    return found_practice(name="Lock House", time_zone="Europe/London", is_demo=False, now=MONDAY_NOON)


def _admit(email="jo@practice.example", password=PASSWORD):
    return admit_member(
        email=email, name="Jo Marsh", roles=[Role.CLINICIAN], password=password, by=None, now=MONDAY_NOON
    )


def test_a_practice_is_founded_once():
    _found()

    with pytest.raises(AlreadyFounded):
        _found()


def test_a_member_signs_in_with_the_address_in_lower_case():
    member = _admit(email=" Jo@Practice.example ")

    assert member.user.email == "jo@practice.example"
    assert member.user.check_password(PASSWORD)


def test_an_address_signs_one_person_in():
    MemberFactory(user__email="jo@practice.example")

    with pytest.raises(EmailTaken):
        _admit()


def test_a_weak_password_is_refused_in_words():
    with pytest.raises(WeakPassword, match="too short"):
        _admit(password="short")


def test_the_product_hashes_slowly_on_purpose():
    """The tests themselves do it quickly: see tests/hashing.py."""
    (hasher,) = [import_string(name)() for name in written.PASSWORD_HASHERS]

    assert hasher.encode(PASSWORD, hasher.salt()).startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_without_a_password_nobody_signs_in_until_one_is_chosen():
    assert not _admit(password=None).user.has_usable_password()


def test_a_practice_is_founded_from_the_command_line(monkeypatch):
    monkeypatch.setenv("TOWPATH_OWNER_PASSWORD", PASSWORD)

    call_command(
        "practice", "found", name="Lock House", owner_email="o@practice.example", owner_name="Alex Brook"
    )

    assert Practice.objects.get().name == "Lock House"
    assert Member.objects.get().roles == ["owner"]


def test_nothing_is_half_founded(monkeypatch):
    monkeypatch.setenv("TOWPATH_OWNER_PASSWORD", "short")

    with pytest.raises(CommandError):
        call_command("practice", "found", name="Lock House", owner_email="o@p.example", owner_name="Alex")

    assert not Practice.objects.exists()
