"""A copy of one client's record."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.urls import reverse

from clients.lifecycle import actions
from clients.lifecycle.bundle import check
from clients.lifecycle.tasks import tidy
from clients.models import CareTeamMember, Client, Export
from practice.jobs import actions as jobs
from practice.models import AuditEvent, Job
from practice.people.acting import acting_as, acting_as_nobody
from practice.web.csv import read_rows
from tests.clients.lifecycle.whole import (
    ADDENDUM,
    ALERT,
    CONTACT,
    NOTE,
    PAPER,
    RATIONALE,
    SHARED,
    UNSHARED,
)
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory, RunLogFactory

pytestmark = pytest.mark.django_db


def told_nothing(_percent, _step):
    """Nobody watches."""


def asked(client, by, now=MONDAY_NOON):
    export, _job = actions.ask_export(client=client, by=by, now=now)
    return export


def made(client, by, now=MONDAY_NOON):
    return actions.make_export(export=asked(client, by, now), tell=told_nothing, now=now)


def taken(client, by, now=MONDAY_NOON):
    """The files of a copy, by name."""
    content = actions.take_export(export=made(client, by, now), by=by, now=now)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(files):
    return b"\n".join(files.values()).decode(errors="replace")


def test_the_care_teams_copy_has_everything_they_may_read(whole, clinician):
    files = taken(whole, clinician)

    said = words(files)
    assert [word for word in (NOTE, ADDENDUM, SHARED, RATIONALE, ALERT, CONTACT) if word not in said] == []
    assert files["papers/summary-v1.pdf"].startswith(PAPER)


def test_the_care_teams_copy_leaves_out_what_the_client_keeps_to_themself(whole, clinician):
    assert UNSHARED not in words(taken(whole, clinician))


def test_a_clients_own_copy_has_what_is_theirs(whole):
    files = taken(whole, whole.member)

    said = words(files)
    assert [word for word in (SHARED, UNSHARED, CONTACT, whole.name) if word not in said] == []
    assert json.loads(files["record.json"])["tables"]["answers"]["rows"][0]["question"]
    assert [name for name in files if name.startswith("papers/")] == ["papers/summary-v2.pdf"]


def test_a_clients_own_copy_has_no_note_decision_or_score(whole):
    files = taken(whole, whole.member)

    said = words(files)
    assert [word for word in (NOTE, ADDENDUM, RATIONALE, ALERT, "canary-emergency") if word in said] == []
    assert {"notes", "decisions", "results", "safety_alerts", "holds"}.isdisjoint(
        json.loads(files["record.json"])["tables"]
    )


def test_a_copy_holds_one_client_and_no_other(whole, clinician):
    other = ClientFactory(name="Another Person", treated_by=clinician)
    RunLogFactory(client=other, logged_by=clinician, journal="canary-of-another")

    said = words(taken(whole, clinician))

    assert "canary-of-another" not in said
    assert "Another Person" not in said


def test_the_manifest_has_the_hash_of_every_file(whole, clinician):
    files = taken(whole, clinician)

    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {
        name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in files.items()
    }


def test_the_archive_checks(whole, clinician):
    content = actions.take_export(export=made(whole, clinician), by=clinician, now=MONDAY_NOON)

    assert check(io.BytesIO(content))["client"] == whole.reference


def test_json_and_csv_say_the_same(whole, clinician):
    files = taken(whole, clinician)

    tables = json.loads(files["record.json"])["tables"]
    for name, table in tables.items():
        header, *rows = read_rows(io.StringIO(files[f"tables/{name}.csv"].decode("utf-8-sig"), newline=""))
        assert header == list(table["columns"])
        assert rows == [["" if cell is None else str(cell) for cell in row.values()] for row in table["rows"]]


def test_what_somebody_typed_is_no_formula_in_the_spreadsheet(clinician):
    client = ClientFactory(name="=HYPERLINK(1)", treated_by=clinician)

    files = taken(client, clinician)

    assert b'"\'=HYPERLINK(1)"' in files["tables/client.csv"]


def test_the_same_record_gives_the_same_bytes(whole, clinician):
    first, second = made(whole, clinician), made(whole, clinician)

    tables = [words_of(export) for export in (first, second)]
    assert tables[0] == tables[1]


def words_of(export):
    """All but the list of copies, which the first copy lengthens."""
    with zipfile.ZipFile(io.BytesIO(bytes(export.content))) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if name.startswith("tables/") and "copies" not in name
        }


def test_the_copy_lies_sealed_in_the_database(whole, clinician):
    export = made(whole, clinician)

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM clients_export WHERE id = %s", [export.pk])
        kept = bytes(cursor.fetchone()[0])
    assert b"PK" not in kept[:4]
    assert b"record.json" not in kept


def test_a_copy_is_taken_once(whole, clinician):
    export = made(whole, clinician)
    actions.take_export(export=export, by=clinician, now=MONDAY_NOON)

    with pytest.raises(actions.AlreadyTaken):
        actions.take_export(export=export, by=clinician, now=MONDAY_NOON)


def test_nothing_is_left_of_a_copy_that_was_taken(whole, clinician):
    export = made(whole, clinician)

    actions.take_export(export=export, by=clinician, now=MONDAY_NOON)

    assert Export.objects.get().content is None


@pytest.mark.parametrize(("hours", "is_there"), [(24, True), (24.01, False)])
def test_a_copy_is_there_for_a_day(whole, clinician, hours, is_there):
    export = made(whole, clinician)
    then = MONDAY_NOON + timedelta(hours=hours)

    if is_there:
        assert actions.take_export(export=export, by=clinician, now=then)
    else:
        with pytest.raises(actions.ExportOver):
            actions.take_export(export=export, by=clinician, now=then)


def test_a_copy_that_nobody_took_is_thrown_away(whole, clinician):
    made(whole, clinician)

    left = actions.forget_left_behind(now=MONDAY_NOON + timedelta(hours=25))

    assert left == 1
    assert Export.objects.get().content is None


def test_a_copy_in_its_day_is_not_thrown_away(whole, clinician):
    made(whole, clinician)

    left = actions.forget_left_behind(now=MONDAY_NOON + timedelta(hours=23))

    assert left == 0
    assert Export.objects.get().content


def test_a_copy_that_is_not_made_cannot_be_taken(whole, clinician):
    with pytest.raises(actions.NotMadeYet):
        actions.take_export(export=asked(whole, clinician), by=clinician, now=MONDAY_NOON)


def test_asking_again_answers_the_one_under_way(whole, clinician):
    first = asked(whole, clinician)

    second = asked(whole, clinician)

    assert second == first
    assert Job.objects.count() == 1


@pytest.mark.parametrize("who", ["colleague", "reception", "owner"])
def test_nobody_else_may_ask(whole, who, request):
    with pytest.raises(actions.NotYours):
        asked(whole, request.getfixturevalue(who))


def test_a_client_may_not_ask_for_another(whole, client_person):
    with pytest.raises(actions.NotYours):
        asked(whole, client_person.member)


def test_who_left_the_care_team_while_it_was_made_gets_nothing(whole, clinician):
    export = asked(whole, clinician)
    CareTeamMember.objects.filter(client=whole).delete()

    with pytest.raises(actions.NotYours):
        actions.make_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    assert Export.objects.get().content is None


def test_who_left_the_care_team_after_it_was_made_gets_nothing(whole, clinician):
    export = made(whole, clinician)
    CareTeamMember.objects.filter(client=whole).delete()

    with pytest.raises(actions.NotYours):
        actions.take_export(export=export, by=clinician, now=MONDAY_NOON)


def test_somebody_elses_copy_cannot_be_taken(whole, clinician):
    other = MemberFactory()
    CareTeamMember.objects.create(client=whole, member=other, part="covering", since=MONDAY_NOON.date())

    with pytest.raises(actions.NotYours):
        actions.take_export(export=made(whole, clinician), by=other, now=MONDAY_NOON)


def test_the_database_shows_somebodys_copy_to_nobody_else(whole, clinician, colleague):
    made(whole, clinician)

    with acting_as(colleague, now=MONDAY_NOON):
        seen = Export.objects.count()

    assert seen == 0


def test_the_trail_says_who_asked_made_and_took_it_with_its_hash(whole, clinician):
    export = made(whole, clinician)
    actions.take_export(export=export, by=clinician, now=MONDAY_NOON)

    lines = AuditEvent.objects.filter(subject_uid=export.uid, action__startswith="export_").order_by("pk")
    assert [line.action for line in lines] == ["export_asked", "export_made", "export_taken"]
    assert lines[2].detail["sha256"] == export.sha256
    assert {line.client_uid for line in lines} == {whole.uid}


@pytest.mark.parametrize("who", ["clinician", "client"])
def test_a_worker_makes_it_though_it_is_nobody_by_itself(whole, clinician, who):
    export = asked(whole, clinician if who == "clinician" else whole.member, datetime.now(UTC))

    with acting_as_nobody():
        jobs.do_one(datetime.now(UTC))

    assert Job.objects.get().state == Job.State.DONE
    assert Export.objects.get(pk=export.pk).made_at


def test_a_damaged_part_says_so_and_the_rest_stands(whole, clinician):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clients_runlog SET journal = set_byte(journal, 40, 0) WHERE share")

    files = taken(whole, clinician)

    assert "[is damaged]" in words(files)
    assert NOTE in words(files)


def test_who_reads_the_page_of_a_copy_must_have_asked_for_it(whole, clinician, colleague, browser_of):
    export = made(whole, clinician)

    answer = browser_of(colleague).get(reverse("export_file", args=[export.uid]))

    assert answer.status_code == 404


def test_the_status_of_a_client_does_not_matter_for_a_copy(whole, clinician):
    Client.objects.filter(pk=whole.pk).update(status="active")

    assert taken(whole, clinician)


def test_the_worker_tidies(whole, clinician):
    made(whole, clinician, datetime.now(UTC) - timedelta(hours=25))

    with acting_as_nobody():
        tidy()

    assert Export.objects.get().content is None
