"""What a clinician does with routes, and what is refused."""

from datetime import timedelta

import pytest

from practice.models import AuditEvent
from sessions.models import Route
from sessions.routes import actions, refusals
from tests.factories import MONDAY_NOON, RouteFactory
from tests.sessions.routes.recordings import gpx, northwards, real

pytestmark = pytest.mark.django_db


def bring_in(by, content=None, **given):
    given = {"name": "", "meeting_place": "", "description": "", "file_name": "route.gpx"} | given
    return actions.import_route(**given, content=content or real("Mojstrovka.gpx"), by=by, now=MONDAY_NOON)


def test_a_route_is_kept_with_its_line_length_and_climb(clinician):
    route = bring_in(clinician, name="Hill path", meeting_place="The chapel")

    route.refresh_from_db()
    assert (route.name, route.meeting_place, route.distance_m, route.ascent_m) == (
        "Hill path",
        "The chapel",
        2698,
        428,
    )
    assert len(route.points) == 184
    assert route.added_by == clinician


def test_the_trail_says_who_brought_it_in(clinician):
    route = bring_in(clinician)

    line = AuditEvent.objects.get(action="route_imported")
    assert (line.subject_uid, line.member_uid, line.at) == (route.uid, clinician.uid, MONDAY_NOON)


def test_no_time_of_the_recording_is_kept(clinician):
    route = bring_in(clinician)

    assert b"20:45:52" in real("Mojstrovka.gpx")
    assert "20:45:52" not in str(Route.objects.values().get(pk=route.pk))


def test_without_a_name_it_takes_the_file_s_own(clinician):
    assert bring_in(clinician, gpx(*northwards(9), name="Towpath east")).name == "Towpath east"


def test_without_any_name_it_takes_the_name_of_the_file(clinician):
    assert (
        bring_in(clinician, gpx(*northwards(9)), file_name="../lock to bridge.gpx").name == "lock to bridge"
    )


def test_a_name_in_a_file_loses_what_no_name_holds(clinician):
    content = gpx(*northwards(9), name="Lock&#x85;side " + "x" * 300)

    route = bring_in(clinician, content, file_name="a\x00b.gpx")

    assert route.name.startswith("Lockside xxx")
    assert len(route.name) == 120
    assert route.file_name == "ab.gpx"


def test_the_same_file_again_says_which_route_it_is(clinician):
    first = bring_in(clinician, name="Hill path")

    with pytest.raises(actions.FileInUse, match="Hill path") as no:
        bring_in(clinician, name="Another name")

    assert no.value.route == first
    assert Route.objects.count() == 1


def test_the_file_of_an_archived_route_may_come_again(clinician):
    actions.archive_route(route=bring_in(clinician), by=clinician, now=MONDAY_NOON)

    bring_in(clinician)

    assert Route.objects.in_use().count() == 1


def test_a_broken_file_leaves_nothing_behind(clinician):
    with pytest.raises(refusals.BrokenFile):
        bring_in(clinician, real("activity-unexpected-eof.fit"))

    assert not Route.objects.exists()
    assert not AuditEvent.objects.acts().exists()


def test_more_than_twenty_megabytes_are_not_even_looked_at(clinician):
    with pytest.raises(refusals.FileTooLarge):
        bring_in(clinician, b"<" * (20 * 1024 * 1024 + 1))


def test_a_member_brings_in_fifty_files_a_day_at_most(clinician, colleague):
    """T27."""
    RouteFactory.create_batch(50, added_by=clinician, added_at=MONDAY_NOON - timedelta(hours=23))

    with pytest.raises(refusals.TooManyFiles):
        bring_in(clinician)
    assert bring_in(colleague)


def test_the_next_day_they_go_on(clinician):
    RouteFactory.create_batch(50, added_by=clinician, added_at=MONDAY_NOON - timedelta(days=1))

    assert bring_in(clinician)


def test_a_route_is_described_anew(clinician):
    route = actions.edit_route(
        route=RouteFactory(),
        name="Canal",
        meeting_place="Lock",
        description="Level.",
        by=clinician,
        now=MONDAY_NOON,
    )

    route.refresh_from_db()
    assert (route.name, route.meeting_place, route.description, route.version) == (
        "Canal",
        "Lock",
        "Level.",
        2,
    )


def test_what_is_not_given_stays(clinician):
    route = actions.edit_route(
        route=RouteFactory(name="Canal"), description="Level.", by=clinician, now=MONDAY_NOON
    )

    assert (route.name, route.description) == ("Canal", "Level.")


def test_a_stale_form_is_refused(clinician):
    route = RouteFactory()
    actions.edit_route(route=route, name="Canal", by=clinician, now=MONDAY_NOON, version=1)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.edit_route(route=route, name="River", by=clinician, now=MONDAY_NOON, version=1)

    assert Route.objects.get().name == "Canal"


def test_archiving_twice_is_archiving_once(clinician):
    route = RouteFactory()
    actions.archive_route(route=route, by=clinician, now=MONDAY_NOON)

    again = actions.archive_route(route=route, by=clinician, now=MONDAY_NOON + timedelta(hours=1))

    assert again.archived_at == MONDAY_NOON
    assert AuditEvent.objects.filter(action="route_archived").count() == 1


def test_an_archived_route_comes_back(clinician):
    route = actions.archive_route(route=RouteFactory(), by=clinician, now=MONDAY_NOON)

    actions.restore_route(route=route, by=clinician, now=MONDAY_NOON)

    assert list(Route.objects.in_use()) == [route]


def test_a_route_does_not_come_back_beside_its_own_file(clinician):
    old = actions.archive_route(route=bring_in(clinician, name="Old"), by=clinician, now=MONDAY_NOON)
    bring_in(clinician, name="New")

    with pytest.raises(actions.FileInUse, match="New"):
        actions.restore_route(route=old, by=clinician, now=MONDAY_NOON)

    assert Route.objects.archived().count() == 1
