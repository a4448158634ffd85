"""The table: added to, corrected, confirmed, put away; every refusal."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from practice.models import AuditEvent, Resource
from practice.people.actions import found_practice
from practice.resources import actions, shipped
from practice.resources.actions import ResourceWords
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db


def words_of(resource, **changes):
    names = ResourceWords.__dataclass_fields__
    return ResourceWords(**{name: getattr(resource, name) for name in names} | changes)


def edit(resource, by, **changes):
    return actions.edit_resource(
        resource=resource,
        words=words_of(resource, **changes),
        version=resource.version,
        by=by,
        now=MONDAY_NOON,
    )


def last_line():
    return AuditEvent.objects.order_by("-pk").first()


def test_a_new_practice_begins_with_what_ships():
    Resource.objects.all().delete()

    found_practice(name="Towpath", time_zone="Europe/London", is_demo=False, now=MONDAY_NOON)

    assert Resource.objects.count() == len(shipped.ROWS)
    assert AuditEvent.objects.filter(action="resources_seeded").count() == 1


def test_what_a_practice_keeps_is_never_overwritten(table):
    table.filter(name="Samaritans").update(phone="01632 960001")

    assert actions.seed(now=MONDAY_NOON) == 0
    assert table.filter(phone="01632 960001").count() == 2


def test_what_is_added_waits_to_be_confirmed(table, owner, line_of):
    added = actions.add_resource(words=line_of(), by=owner, now=MONDAY_NOON)

    assert (added.verified_on, added.added_by) == (None, owner)
    assert last_line().action == "resource_added"


def test_a_name_alone_is_refused(table, owner, line_of):
    with pytest.raises(actions.NothingToReach):
        actions.add_resource(words=line_of(phone=""), by=owner, now=MONDAY_NOON)


@pytest.mark.parametrize(
    "way", [{"sms": "85258"}, {"link": "https://service.example"}, {"words": "At the town hall."}]
)
def test_one_way_to_reach_it_is_enough(table, owner, line_of, way):
    assert actions.add_resource(words=line_of(phone="", **way), by=owner, now=MONDAY_NOON).pk


def test_a_confirmation_is_of_a_day_and_a_person(table, clinician):
    row = table.get(name="Shout")

    actions.confirm_resource(resource=row, version=row.version, by=clinician, now=MONDAY_NOON)

    row.refresh_from_db()
    assert (row.verified_on, row.verified_by) == (date(2026, 6, 1), clinician)


def test_what_changed_since_it_was_looked_at_is_not_confirmed(table, clinician):
    row = table.get(name="Shout")
    edit(row, clinician, sms="01632 960002")

    with pytest.raises(actions.ResourceChanged):
        actions.confirm_resource(resource=row, version=1, by=clinician, now=MONDAY_NOON)


def test_another_number_has_to_be_confirmed_anew(table, owner):
    row = table.get(name="SAMHSA")

    changed = edit(row, owner, phone="01632 960002")

    assert changed.verified_on is None
    assert changed.version == 2


def test_other_hours_leave_the_confirmation(table, owner):
    row = table.get(name="SAMHSA")

    assert edit(row, owner, hours="Day and night").verified_on == shipped.CHECKED_ON


def test_a_stale_form_is_refused(table, owner):
    row = table.get(name="NHS")
    edit(row, owner, hours="Day and night")

    with pytest.raises(actions.ResourceChanged):
        actions.edit_resource(resource=row, words=words_of(row), version=1, by=owner, now=MONDAY_NOON)


def test_correcting_cannot_take_every_way_to_reach_it(table, owner):
    row = table.get(name="FRANK")

    with pytest.raises(actions.NothingToReach):
        edit(row, owner, phone="")


def test_the_last_emergency_number_of_the_practice_stays(table, owner):
    row = table.get(country="GB", need="emergency")

    with pytest.raises(actions.HelpPageWouldBeEmpty):
        actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)

    row.refresh_from_db()
    assert not row.is_archived


def test_the_last_emergency_number_cannot_be_made_something_else_either(table, owner):
    row = table.get(country="GB", need="emergency")

    for changes in ({"country": "IE"}, {"need": "other"}, {"phone": "", "words": "Shout for help."}):
        with pytest.raises(actions.HelpPageWouldBeEmpty):
            edit(row, owner, **changes)


def test_the_last_crisis_line_stays_too(table, owner):
    rows = list(table.filter(country="GB", need="crisis"))
    for row in rows[:-1]:
        actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.HelpPageWouldBeEmpty):
        actions.archive_resource(resource=rows[-1], by=owner, now=MONDAY_NOON)


def test_another_country_may_lose_its_last_number(table, owner):
    row = table.get(country="AU", need="emergency")

    assert actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON).is_archived


def test_what_is_put_away_stays_in_the_table(table, owner):
    row = table.get(name="FRANK")

    actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)
    actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)

    assert table.archived().get().archived_by == owner
    assert AuditEvent.objects.filter(action="resource_archived").count() == 1


def test_what_comes_back_has_to_be_confirmed_anew(table, owner):
    row = table.get(name="SAMHSA")
    actions.archive_resource(resource=row, by=owner, now=MONDAY_NOON)

    back = actions.restore_resource(resource=row, by=owner, now=MONDAY_NOON)

    assert (back.is_archived, back.verified_on) == (False, None)


@pytest.mark.parametrize(
    "broken",
    [
        {"name": ""},
        {"phone": "", "sms": "", "link": "", "words": ""},
        {"country": "gb"},
        {"archived_at": MONDAY_NOON},
    ],
)
def test_the_database_itself_refuses(table, broken):
    with pytest.raises(DatabaseError), transaction.atomic():
        table.filter(name="Samaritans", country="GB").update(**broken)


def test_nobody_confirms_without_a_day(table, owner):
    with pytest.raises(DatabaseError), transaction.atomic():
        table.filter(name="NHS").update(verified_by=owner)
