"""Everything, for a move: one asks and downloads, another confirms and has the passphrase."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from clients.lifecycle import actions
from clients.lifecycle.bundle import check
from clients.lifecycle.sealed_file import NotOurs, new_passphrase, opened
from clients.models import Export, ExportPart
from practice.jobs import actions as jobs
from practice.models import AuditEvent, Member
from practice.people.acting import acting_as_nobody
from practice.people.staff.actions import change_rights, deactivate_member, invite_member
from tests.clients.lifecycle.whole import NOTE, SHARED, UNSHARED, whole_client
from tests.factories import MONDAY_NOON, RouteFactory

pytestmark = pytest.mark.django_db


def told_nothing(_percent, _step):
    """Nobody watches."""


@pytest.fixture
def confirmed(owner, clinician):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)
    return actions.confirm_practice_export(export=export, by=clinician, now=MONDAY_NOON)


def test_two_people_make_an_archive_that_opens_with_the_passphrase(whole, owner, confirmed):
    export, passphrase = confirmed
    RouteFactory(name="Along the lock")
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    with actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON) as file:
        plain = opened(file, passphrase)
        manifest = check(plain)
        plain.seek(0)
        said = zipfile.ZipFile(plain).read(f"clients/{whole.reference}/record.json").decode()
        practice = zipfile.ZipFile(plain).read("practice/record.json").decode()

    assert manifest["kind"] == "practice"
    assert [word for word in (NOTE, SHARED, whole.name) if word not in said] == []
    assert "Along the lock" in practice
    assert owner.user.email in practice


def test_what_clients_keep_to_themselves_is_not_in_it(whole, owner, confirmed):
    export, passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    with actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON) as file:
        archive = zipfile.ZipFile(opened(file, passphrase))
        said = b"".join(archive.read(name) for name in archive.namelist())

    assert UNSHARED.encode() not in said


def test_everybodys_folder_is_in_it(whole, clinician, owner, confirmed):
    other = whole_client(clinician, days=1, name="Lee Stone")
    export, passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    with actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON) as file:
        names = zipfile.ZipFile(opened(file, passphrase)).namelist()

    assert {name.split("/")[1] for name in names if name.startswith("clients/")} == {
        whole.reference,
        other.reference,
    }


def test_nothing_that_lies_here_opens_it(whole, confirmed):
    export, passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    content = b"".join(bytes(part.content) for part in ExportPart.objects.order_by("number"))
    assert NOTE.encode() not in content
    with pytest.raises(NotOurs):
        opened(io.BytesIO(content), new_passphrase())
    assert passphrase not in json.dumps(list(Export.objects.values()), default=str)


def test_nobody_confirms_their_own(owner, clinician):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.ConfirmedBySomebodyElse):
        actions.confirm_practice_export(export=export, by=owner, now=MONDAY_NOON)


def days(number):
    return MONDAY_NOON + timedelta(days=number)


def test_who_is_alone_waits_fourteen_days(owner):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.WaitsForItsDay, match="15 Jun 2026"):
        actions.confirm_practice_export(export=export, by=owner, now=days(13))


def test_who_is_alone_confirms_for_themself_then(owner):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    _export, passphrase = actions.confirm_practice_export(export=export, by=owner, now=days(14))

    assert passphrase


def test_what_waited_for_its_day_is_forgotten_a_week_later(owner):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.NotYours):
        actions.confirm_practice_export(export=export, by=owner, now=days(22))


def test_asking_again_while_it_waits_does_not_begin_the_wait_anew(owner):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    assert actions.ask_practice_export(by=owner, now=days(15)) == export


def test_letting_everybody_go_does_not_make_an_owner_alone(owner, clinician):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)
    deactivate_member(member=clinician, by=owner, now=days(10))

    with pytest.raises(actions.WaitsForItsDay, match="25 Jun 2026"):
        actions.confirm_practice_export(export=export, by=owner, now=days(14))


def test_taking_everybodys_roles_does_not_make_an_owner_alone(owner, clinician):
    change_rights(member=clinician, roles=["reception"], rights=[], by=owner, now=MONDAY_NOON)
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.WaitsForItsDay):
        actions.confirm_practice_export(export=export, by=owner, now=MONDAY_NOON)


def test_who_was_let_in_for_it_is_no_second_person(owner):
    other = invite_member(
        email="second@practice.example", name="Robin Again", roles=["clinician"], by=owner, now=days(-13)
    )
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.NotLongEnoughHere):
        actions.confirm_practice_export(export=export, by=other, now=MONDAY_NOON)


def test_who_has_been_here_for_fourteen_days_is_one(owner):
    other = invite_member(
        email="second@practice.example", name="Robin Again", roles=["clinician"], by=owner, now=days(-14)
    )
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    assert actions.confirm_practice_export(export=export, by=other, now=MONDAY_NOON)


def test_who_was_let_go_lately_hears_that_it_is_asked_for(
    owner, clinician, mailoutbox, django_capture_on_commit_callbacks
):
    deactivate_member(member=clinician, by=owner, now=days(-5))

    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    assert clinician.user.email in {address for letter in mailoutbox for address in letter.to}


def test_the_passphrase_is_given_once(confirmed, clinician):
    export, _passphrase = confirmed

    with pytest.raises(actions.AlreadyConfirmed):
        actions.confirm_practice_export(export=export, by=clinician, now=MONDAY_NOON)


def test_a_request_is_forgotten_after_a_day(owner, clinician):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.NotYours):
        actions.confirm_practice_export(export=export, by=clinician, now=MONDAY_NOON + timedelta(hours=25))


def test_who_is_no_owner_any_more_gets_nothing(confirmed, owner):
    export, _passphrase = confirmed
    Member.objects.filter(pk=owner.pk).update(roles=["reception"])
    export = Export.objects.select_related("asked_by").get(pk=export.pk)

    with pytest.raises(actions.NotYours):
        actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    assert not ExportPart.objects.exists()


def test_the_archive_is_taken_once_and_leaves_nothing(confirmed, owner):
    export, _passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)
    actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON).close()

    with pytest.raises(actions.AlreadyTaken):
        actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON)

    assert not ExportPart.objects.exists()


def test_who_confirmed_does_not_get_the_file(confirmed, clinician):
    export, _passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    with pytest.raises(actions.NotYours):
        actions.take_practice_export(export=export, by=clinician, now=MONDAY_NOON)


def test_a_worker_that_died_half_way_begins_again(whole, confirmed, owner):
    export, passphrase = confirmed
    ExportPart.objects.create(export=export, number=0, content=b"half of another try")

    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    with actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON) as file:
        assert check(opened(file, passphrase))


def test_an_archive_that_nobody_took_is_thrown_away(whole, confirmed):
    export, _passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)

    actions.forget_left_behind(now=MONDAY_NOON + timedelta(hours=25))

    assert not ExportPart.objects.exists()


def test_everybody_who_treats_clients_hears_of_it(
    owner, clinician, colleague, reception, mailoutbox, django_capture_on_commit_callbacks
):
    export = actions.ask_practice_export(by=owner, now=MONDAY_NOON)

    with django_capture_on_commit_callbacks(execute=True):
        actions.confirm_practice_export(export=export, by=clinician, now=MONDAY_NOON)

    told = {address for letter in mailoutbox for address in letter.to}
    assert told == {member.user.email for member in (owner, clinician, colleague)}


def test_the_trail_says_who_asked_confirmed_made_and_took_it(confirmed, owner):
    export, _passphrase = confirmed
    actions.make_practice_export(export=export, tell=told_nothing, now=MONDAY_NOON)
    actions.take_practice_export(export=export, by=owner, now=MONDAY_NOON).close()

    lines = AuditEvent.objects.filter(subject_uid=export.uid, action__startswith="practice_export_")
    assert [line.action for line in lines.order_by("pk")] == [
        "practice_export_asked",
        "practice_export_confirmed",
        "practice_export_made",
        "practice_export_taken",
    ]


def run(*words, **options):
    out = io.StringIO()
    call_command("export", *words, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_the_command_writes_checks_and_opens_an_archive(whole, home, monkeypatch):
    sealed, plain = str(home / "all.towpath"), str(home / "all.zip")

    passphrase = run("practice", out=sealed).splitlines()[-1]
    monkeypatch.setenv("TOWPATH_EXPORT_PASSPHRASE", passphrase)

    assert "are as they were written" in run("verify", sealed)
    run("open", sealed, out=plain)
    assert "are as they were written" in run("verify", plain)
    assert (home / "all.towpath").stat().st_mode & 0o777 == 0o600


def test_the_command_says_what_is_wrong_with_a_file(whole, home, monkeypatch):
    sealed = home / "all.towpath"
    monkeypatch.setenv("TOWPATH_EXPORT_PASSPHRASE", run("practice", out=str(sealed)).splitlines()[-1])
    content = bytearray(sealed.read_bytes())
    content[-5] ^= 1
    sealed.write_bytes(content)

    with pytest.raises(CommandError, match="not whole"):
        run("verify", str(sealed))


@pytest.mark.parametrize("words", [("practice",), ("verify",), ("open",), ("verify", "/nowhere")])
def test_the_command_says_what_it_misses(words):
    with pytest.raises(CommandError):
        run(*words)


def test_the_command_overwrites_nothing(home, practice):
    (home / "there").write_text("mine")

    with pytest.raises(CommandError, match="there already"):
        run("practice", out=str(home / "there"))

    assert (home / "there").read_text() == "mine"


def test_a_worker_writes_it_though_it_is_nobody_by_itself(whole, owner, clinician):
    now = datetime.now(UTC)
    export = actions.ask_practice_export(by=owner, now=now)
    _export, passphrase = actions.confirm_practice_export(export=export, by=clinician, now=now)

    with acting_as_nobody():
        jobs.do_one(now)

    with actions.take_practice_export(export=export, by=owner, now=datetime.now(UTC)) as file:
        assert f"clients/{whole.reference}/record.json" in check(opened(file, passphrase))["files"]
