"""T15: what is counted, cached or named for one person is never another's."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from practice.models import Member
from practice.people import attempts
from tests.factories import ClientFactory
from tests.sessions.summaries.lives import asked

ROOT = Path(__file__).resolve().parents[2]
CACHED = {
    ("practice/audit/denials.py", 'cache.add(f"stranger-{_address('),
    ("practice/people/middleware.py", 'cache.add(f"last-used-{key}"'),
}
"""Every key that anything is cached under: an address that the wrong keys come from, a session. Neither holds a record."""
LIMITS = [limit for limit in vars(attempts).values() if isinstance(limit, attempts.Limit)]
NAMES = ["1", "11", "1:1", ":1", "1:", "sam@clients.example", "sam@clients.example:1", "", "in_a_day:1"]


def test_nothing_else_is_cached():
    texts = {
        file: file.read_text()
        for floor in ("practice", "clients", "sessions")
        for file in (ROOT / floor).rglob("*.py")
    }
    found = {
        (str(file.relative_to(ROOT)), call)
        for file, text in texts.items()
        for call in re.findall(r"\bcache\.\w+\([^,)]*", text)
    }

    assert found == CACHED
    assert [file for file, text in texts.items() if "cache_page" in text or "cache_control" in text] == []


def test_no_two_people_and_no_two_limits_share_a_count():
    keys = [attempts._key(limit, name) for limit in LIMITS for name in NAMES]

    assert len(LIMITS) >= 5
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)
    assert len(set(keys)) == len(keys)


def test_no_name_of_a_limit_can_be_mistaken_for_another_with_a_person():
    assert [
        (one.name, other.name) for one, other in combinations(LIMITS, 2) if ":" in one.name + other.name
    ] == []


@pytest.mark.django_db
def test_one_persons_wrong_tries_shut_nobody_else_out():
    for _time in range(attempts.SIGN_IN.most):
        attempts.take(attempts.SIGN_IN, "sam@clients.example")

    with pytest.raises(attempts.TooManyTries):
        attempts.take(attempts.SIGN_IN, "sam@clients.example")
    attempts.take(attempts.SIGN_IN, "lee@clients.example")


@pytest.mark.django_db
def test_each_clients_summaries_are_numbered_by_themselves(clinician):
    sam, lee = ClientFactory(treated_by=clinician), ClientFactory(treated_by=clinician)

    versions = [asked(person).version for person in (sam, sam, lee)]

    assert versions == [1, 2, 1]


@pytest.mark.django_db
def test_a_page_of_one_member_is_never_the_page_of_another(browser_of, clinician, client_person, stranger):
    """The same address, one after another and back, with everything warm."""
    other = Member.objects.get(caseload__client=stranger)
    first, second = browser_of(clinician), browser_of(other)

    said = [browser.get("/clients/").content.decode() for browser in (first, second, first)]

    assert [client_person.name in page for page in said] == [True, False, True]
    assert [stranger.name in page for page in said] == [False, True, False]


def test_nothing_is_kept_as_a_file_under_a_name_from_outside():
    """What is uploaded lies in rows of the database, sealed: there is no folder whose paths could be mixed."""
    sources = [
        file for floor in ("practice", "clients", "sessions") for file in (ROOT / floor).rglob("models*/*.py")
    ]
    sources += [
        file for floor in ("practice", "clients", "sessions") for file in (ROOT / floor).rglob("models.py")
    ]

    assert [
        file for file in sources if re.search(r"models\.(File|Image)Field|default_storage", file.read_text())
    ] == []
