"""How much of its own a practice may have in use, and bring in a day: nobody fills the shelf or keeps the machine busy."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from clients.models import PracticeInstrument
from clients.questionnaires import actions
from clients.questionnaires.actions import limits
from tests.clients.instruments.made_up import as_json, made_up, ten_questions
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def bring(owner, *, now=MONDAY_NOON, **changes):
    raw = as_json(made_up(**changes))
    return actions.add_file(raw=raw, statement="ours", proof="", by=owner, now=now)


def brought(owner, *, count, now=MONDAY_NOON, put_away=False, content=None):
    """Rows as they would stand after so many files."""
    away = {"put_away_by": owner, "put_away_at": now} if put_away else {}
    usual = {"version": "1", "tier": "own", "statement": "ours", "sha256": "0" * 64, **away}
    PracticeInstrument.objects.bulk_create(
        PracticeInstrument(
            key=f"made_{number}",
            name="Made up",
            content=content or {"key": f"made_{number}"},
            taken_by=owner,
            taken_at=now,
            **usual,
        )
        for number in range(count)
    )


def test_the_shelf_holds_so_many_in_use_and_says_what_to_do(owner):
    brought(owner, count=limits.MOST_IN_USE, now=MONDAY_NOON - 2 * DAY)

    with pytest.raises(actions.ShelfFull, match="Put one away"):
        bring(owner)

    assert PracticeInstrument.objects.count() == limits.MOST_IN_USE


def test_one_that_is_put_away_makes_room(owner):
    brought(owner, count=limits.MOST_IN_USE, now=MONDAY_NOON - 2 * DAY)
    actions.put_away(key="made_7", by=owner, now=MONDAY_NOON)

    assert bring(owner).is_in_use


def test_a_new_version_needs_no_room_of_its_own(owner):
    bring(owner, now=MONDAY_NOON - 2 * DAY)
    brought(owner, count=limits.MOST_IN_USE - 1, now=MONDAY_NOON - 2 * DAY)

    assert bring(owner, version="2").is_in_use


def test_the_files_in_use_hold_so_many_bytes_together(owner):
    large = {"words": "\N{SNOWMAN}" * (limits.MOST_BYTES // 3)}
    brought(owner, count=1, now=MONDAY_NOON - 2 * DAY, content=large)

    with pytest.raises(actions.ShelfTooHeavy, match="Put one away"):
        bring(owner)

    assert PracticeInstrument.objects.count() == 1


def test_the_practice_brings_so_many_a_day_whoever_does_it(owner):
    partner = MemberFactory(roles=["owner"])
    brought(owner, count=limits.MOST_A_DAY, put_away=True)

    with pytest.raises(actions.TooManyToday, match="tomorrow"):
        bring(partner, now=MONDAY_NOON + timedelta(hours=23))

    assert bring(partner, now=MONDAY_NOON + timedelta(hours=25)).is_in_use


def test_what_is_only_switched_on_counts_for_nothing(owner):
    brought(owner, count=limits.MOST_A_DAY, put_away=True)

    assert actions.switch_on(key="eai", understood=True, by=owner, now=MONDAY_NOON).is_in_use


def test_a_usual_questionnaire_fits_as_often_as_the_shelf_has_places():
    usual = as_json(ten_questions())

    assert len(usual) * limits.MOST_IN_USE < limits.MOST_BYTES


def test_the_page_says_it_at_the_file(owner, browser_of):
    brought(owner, count=limits.MOST_IN_USE, now=MONDAY_NOON - 2 * DAY)
    file = BytesIO(as_json(made_up()))
    file.name = "our.json"

    answer = browser_of(owner).post(reverse("add_instrument"), {"file": file, "statement": "ours"})

    assert answer.status_code == 422
    assert "Put one away that you no longer ask" in answer.content.decode()
