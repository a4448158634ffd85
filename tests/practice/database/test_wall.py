"""T11-T16: what the database itself keeps from whoever asks, when every filter in Python is forgotten."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from clients.models import CareTeamMember, Client, RunLog
from practice.database import roles, wall
from practice.jobs import actions as jobs
from practice.jobs.models import Job
from practice.models import Member
from practice.people.acting import acting_as, acting_as_nobody
from sessions.models import Note
from tests.factories import ClientFactory, MemberFactory, NoteFactory, RunLogFactory, SessionFactory
from tests.practice.database.conftest import signed_in
from tests.security.town import build

ROOT = Path(__file__).resolve().parents[3]
OF_THE_DESK = {"clients_client", "clients_careteammember", "clients_emergencycontact"} | {
    "clients_intakesheet",
    "therapy_sessions_therapysession",
    "clients_portalinvitation",
}
BEYOND = {
    "clients/alarms/actions.py": 2,
    "clients/care/screens.py": 1,
    "clients/consents/actions/asking.py": 2,
    "clients/emergency/screens.py": 1,
    "clients/intake/actions/drafts.py": 2,
    "clients/intake/actions/resuming.py": 8,
    "clients/invitations/actions.py": 4,
    "clients/record/actions/details.py": 1,
    "clients/rescreening/daily.py": 2,
    "clients/questionnaires/actions/raising.py": 4,
    "clients/lifecycle/actions/erasing.py": 4,
    "clients/lifecycle/actions/moving.py": 5,
    "clients/lifecycle/finding.py": 3,
    "clients/lifecycle/screens/erasing.py": 1,
    "clients/lifecycle/screens/keeping.py": 1,
    "clients/lifecycle/tasks.py": 2,
    "clients/management/commands/export.py": 1,
    "clients/management/commands/tombstones.py": 3,
    "practice/audit/denials.py": 1,
    "practice/management/commands/keys.py": 1,
    "sessions/booking/actions/checks.py": 1,
    "sessions/management/commands/demo.py": 1,
    "sessions/management/commands/summary.py": 1,
    "sessions/onhold/changed_routes.py": 1,
}
"""Every place that acts for Towpath itself, and how often."""


@pytest.fixture
def town(db):
    return build()


@pytest.fixture
def tables():
    return [guard.table for guard in wall.guards()]


def seen(ask, tables):
    """The tables that have a row for whoever acts."""
    has_rows = 'SELECT EXISTS (SELECT FROM "{}")'
    return {table for table in tables if ask(has_rows.format(table))[0][0]}


def test_t11_whoever_says_nothing_gets_no_row_of_any_table(ask, tables, town):
    there = seen(ask, tables)

    with acting_as_nobody():
        found = seen(ask, tables)

    assert found == set()
    assert {"clients_client", "clients_runlog", "therapy_sessions_note"} <= there


@pytest.mark.parametrize("said", ["0", "-1", "x", "1 OR true", "Towpath", "9" * 30, "'", "1\u0661"])
def test_t11_a_made_up_name_gets_no_row_either(ask, tables, town, said):
    with acting_as_nobody():
        ask("SELECT set_config('towpath.member', %s, true)", said)

        assert seen(ask, tables) == set()


def test_t11_who_joins_a_care_team_sees_the_record_in_the_same_breath(as_, clinician):
    nobodys = ClientFactory(name="Lee Stone")

    with as_(clinician):
        CareTeamMember.objects.create(
            client=nobodys, member=clinician, part="covering", since=timezone.localdate()
        )
        joined = Client.objects.filter(pk=nobodys.pk).exists()
        CareTeamMember.objects.filter(client=nobodys, member=clinician).delete()
        left = Client.objects.filter(pk=nobodys.pk).exists()

    assert (joined, left) == (True, False)


def test_t12_every_table_that_leads_to_a_client_stands_behind_the_wall(db, tables):
    with connection.cursor() as cursor:
        assert wall.gaps(cursor) == []
    assert len(tables) >= 15


def test_t12_a_table_without_force_is_found(transactional_db):
    with signed_in(owner=True) as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE clients_runlog NO FORCE ROW LEVEL SECURITY")

        found = wall.gaps(cursor)
        owner.rollback()

    assert found == ["clients_runlog"]


def test_t12_the_product_runs_as_a_role_that_owns_nothing_and_passes_by_nothing(ask, db):
    with connection.cursor() as cursor:
        assert roles.why_the_wall_does_not_stand(cursor) == ""
    assert ask("SELECT current_user")[0][0] == roles.app_role() != roles.owner_role()
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")[0][0] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE clients_client DISABLE ROW LEVEL SECURITY",
        "DROP POLICY who_may_see ON clients_client",
        "CREATE POLICY mine ON clients_client USING (true)",
        "CREATE OR REPLACE FUNCTION towpath_itself() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET row_security = off; SELECT * FROM clients_client",
        "SET SESSION AUTHORIZATION postgres",
    ],
)
def test_t12_the_app_cannot_take_the_wall_down(db, ask, statement):
    with acting_as_nobody(), pytest.raises(DatabaseError), transaction.atomic():
        ask(statement)


def test_t13_the_next_on_a_connection_sees_nothing_of_the_one_whose_request_died(transactional_db, ask):
    clinician = MemberFactory()
    ClientFactory(treated_by=clinician)
    ask("SELECT set_config('towpath.member', '', false)")

    with pytest.raises(ZeroDivisionError):
        _look_and_die(clinician)

    assert Client.objects.count() == 0


def _look_and_die(clinician):
    with acting_as(clinician, now=timezone.now()):
        return 1 / (Client.objects.count() - 1)


def test_t14_a_job_is_nobody_until_it_says_for_whom_it_works(transactional_db, ask, clinician, client_person):
    told: list[int] = []
    jobs.register("count_clients", lambda job, tell: told.append(Client.objects.count()))
    jobs.register("count_mine", _count_for_the_asker(told))
    for kind in ("count_clients", "count_mine"):
        jobs.ask(kind=kind, subject_uid=client_person.uid, by=clinician, now=timezone.now())
    ask("SELECT set_config('towpath.member', '', false)")

    while jobs.do_one(timezone.now()):
        pass

    assert told == [0, 1]


def _count_for_the_asker(told: list[int]):
    def work(job: Job, tell: jobs.Progress) -> None:
        with acting_as(job.asked_by, now=timezone.now()):
            told.append(Client.objects.count())

    return work


def test_t16_no_way_of_asking_finds_a_record_of_another_care_team(as_, town):
    theirs = town.theirs.client.pk
    asked = (
        Client._base_manager.filter(pk=theirs).exists,
        Client._default_manager.filter(pk=theirs).exists,
        lambda: list(Client.objects.raw("SELECT * FROM clients_client WHERE id = %s", [theirs])),
        lambda: list(RunLog._base_manager.filter(client_id=theirs)),
        lambda: list(Note._base_manager.filter(session__client_id=theirs)),
        lambda: RunLog._base_manager.filter(client_id=theirs).update(share=True),
        lambda: CareTeamMember._base_manager.filter(client_id=theirs).delete()[0],
    )

    with as_(town.people["clinician"]):
        found = [bool(one()) for one in asked]

    assert found == [False] * len(asked)


def test_the_care_team_finds_every_kind_of_row_of_its_client(as_, ask, tables, town):
    with as_(town.people["clinician"]):
        own = seen(ask, tables)

    assert {"clients_client", "clients_response", "clients_clearance", "therapy_sessions_note"} <= own
    assert {"clients_safetyalert", "therapy_sessions_addendum", "therapy_sessions_summary"} <= own


def test_the_desk_finds_contacts_and_bookings_and_nothing_clinical(as_, ask, tables, town):
    with as_(town.people["reception"]):
        assert seen(ask, tables) - {"clients_breakglass"} == OF_THE_DESK


def test_the_owner_finds_who_is_treated_by_whom_and_nothing_clinical(as_, ask, tables, town):
    with as_(town.people["owner"]):
        found = seen(ask, tables)

    assert found & {table for table in tables if table.startswith("therapy_sessions")} == set()
    assert not found & {"clients_runlog", "clients_response", "clients_clearance", "clients_screening"}


def test_a_client_finds_themself_and_no_note(as_, ask, tables, town):
    with as_(town.people["client"]):
        found = seen(ask, tables)

        assert ask("SELECT id FROM clients_client") == [(town.ours.client.pk,)]
    assert not found & {"therapy_sessions_note", "therapy_sessions_summary", "therapy_sessions_addendum"}


def test_what_the_client_keeps_to_themself_is_not_there_for_the_care_team(as_, ask, clinician, client_person):
    RunLogFactory(client=client_person, share=False)

    with as_(clinician):
        assert ask("SELECT count(*) FROM clients_runlog") == [(0,)]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_part_that_is_over_or_has_not_begun_opens_nothing(as_, ask, clinician, days):
    today = timezone.localdate()
    day = today + timedelta(days=days)
    ClientFactory.create()
    CareTeamMember.objects.create(
        client=ClientFactory.create(),
        member=clinician,
        part="covering",
        since=min(day, today - timedelta(days=9)) if days < 0 else day,
        until=day if days < 0 else None,
    )

    with as_(clinician):
        assert ask("SELECT count(*) FROM clients_client") == [(0,)]


def test_who_is_deactivated_finds_nothing_in_the_same_second(as_, ask, clinician, client_person):
    with as_(clinician):
        assert ask("SELECT count(*) FROM clients_client") == [(1,)]
        Member.objects.filter(pk=clinician.pk).update(is_active=False)

        assert ask("SELECT count(*) FROM clients_client") == [(0,)]


def test_nobody_hangs_a_row_on_a_client_or_a_session_of_others(as_, clinician, stranger):
    theirs = SessionFactory(client=stranger, clinician=stranger.care_team.get().member)
    for wrong in (
        lambda: RunLogFactory(client=stranger, logged_by=clinician),
        lambda: NoteFactory(session=theirs, author=clinician),
    ):
        with as_(clinician), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            wrong()


def test_nobody_moves_a_row_of_theirs_to_a_client_of_others(as_, clinician, client_person, stranger):
    run = RunLogFactory(client=client_person)

    with as_(clinician), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        RunLog.objects.filter(pk=run.pk).update(client=stranger)


def test_every_place_beyond_the_wall_is_known():
    found = {
        str(path.relative_to(ROOT)): count
        for floor in ("practice", "clients", "sessions")
        for path in sorted((ROOT / floor).rglob("*.py"))
        if (count := _goes_beyond(path))
    }

    assert found == BEYOND


def _goes_beyond(path: Path) -> int:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return sum(isinstance(call.func, ast.Name) and call.func.id == "beyond_the_wall" for call in calls)
