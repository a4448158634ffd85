"""The pages: who finds which, what a button does, what is said on the way."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from clients.lifecycle import actions
from clients.models import CareTeamMember, Client, ErasureRequest, Export, Hold, RetentionPolicy, Tombstone
from practice.jobs import actions as jobs
from tests.clients.lifecycle.whole import NOTE
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

pytestmark = pytest.mark.django_db
EARLY = {"reason": "client_asked", "is_early": "on"}


@pytest.fixture
def partner(whole):
    member = MemberFactory(name="Jo Marsh")
    CareTeamMember.objects.create(client=whole, member=member, part="covering", since=date(2020, 1, 1))
    return member


def at(name, *args):
    return reverse(name, args=args)


def make_everything():
    while jobs.do_one(datetime.now(UTC)):
        pass


def not_fresh(monkeypatch):
    """Everybody's sign-in is older than ten minutes."""
    monkeypatch.setattr("practice.people.freshness.is_fresh", lambda _request: False)


class TestACopy:
    def test_a_clinician_asks_waits_and_takes_it(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        page = browser.post(at("ask_export", whole.uid), follow=True)
        assert "Being made" in page.content.decode()

        make_everything()
        address = at("export_file", Export.objects.get().uid)
        assert "Take it now" in browser.get(address).content.decode()
        answer = browser.post(at("take_export", Export.objects.get().uid))

        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer.headers["Cache-Control"]
        assert NOTE.encode() in zipfile.ZipFile(io.BytesIO(answer.getvalue())).read("record.json")
        assert "Nothing of it is left here" in browser.get(address).content.decode()

    def test_a_client_takes_their_own(self, whole, browser_of):
        browser = browser_of(whole.member)
        browser.post(at("ask_my_export"))
        make_everything()

        answer = browser.post(at("take_export", Export.objects.get().uid))

        assert answer.headers["Content-Type"] == "application/zip"
        assert NOTE.encode() not in answer.getvalue()

    def test_it_is_taken_once(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_export", whole.uid))
        make_everything()
        take = at("take_export", Export.objects.get().uid)
        browser.post(take)

        again = browser.post(take, follow=True)

        assert "This copy was taken already" in again.content.decode()

    def test_looking_at_its_page_takes_nothing(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_export", whole.uid))
        make_everything()

        statuses = [
            browser.get(at("take_export", Export.objects.get().uid)).status_code,
            browser.head(at("export_file", Export.objects.get().uid)).status_code,
        ]

        assert statuses == [405, 200]
        assert Export.objects.get().taken_at is None

    @pytest.mark.parametrize("door", ["ask_export", "take_export"])
    def test_an_old_sign_in_is_asked_again(self, whole, clinician, browser_of, monkeypatch, door):
        export, _job = actions.ask_export(client=whole, by=clinician, now=datetime.now(UTC))
        make_everything()
        browser = browser_of(clinician)
        not_fresh(monkeypatch)

        answer = browser.post(at(door, whole.uid if door == "ask_export" else export.uid))

        assert answer.status_code == 403
        assert Export.objects.get().taken_at is None

    def test_who_left_the_care_team_finds_nothing_and_takes_nothing(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_export", whole.uid))
        make_everything()
        CareTeamMember.objects.all().delete()

        browser.post(at("take_export", Export.objects.get().uid))

        assert browser.get(at("export_client", whole.uid)).status_code == 404
        assert Export.objects.get().taken_at is None

    @pytest.mark.parametrize("who", ["colleague", "reception", "owner"])
    def test_others_find_no_copy(self, whole, clinician, browser_of, who, request):
        export, _job = actions.ask_export(client=whole, by=clinician, now=datetime.now(UTC))
        browser = browser_of(request.getfixturevalue(who))

        answers = {
            browser.get(at("export_file", export.uid)).status_code,
            browser.get(at("export_progress", export.uid)).status_code,
            browser.post(at("take_export", export.uid)).status_code,
            browser.get(at("export_client", whole.uid)).status_code,
        }

        assert answers <= {403, 404}

    def test_the_file_is_named_by_the_reference_only(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_export", whole.uid))
        make_everything()

        answer = browser.post(at("take_export", Export.objects.get().uid))

        assert re.search(
            rf'filename="\d{{4}}-\d\d-\d\d-{whole.reference}.zip"', answer.headers["Content-Disposition"]
        )


class TestAMove:
    def test_the_owner_asks_a_clinician_gets_the_passphrase_the_owner_the_file(
        self, whole, owner, clinician, browser_of
    ):
        browser_of(owner).post(at("ask_practice_export"))
        export = Export.objects.get()
        asked = browser_of(clinician).get(at("confirm_practice_export", export.uid))
        assert "show me the passphrase" in asked.content.decode()

        shown = browser_of(clinician).post(at("release_practice_export", export.uid))
        make_everything()
        answer = browser_of(owner).post(at("take_export", export.uid))

        assert re.search(r"<code>([A-Z2-9]{5}-){5}[A-Z2-9]{5}</code>", shown.content.decode())
        assert b"".join(answer.streaming_content).startswith(b"TOWPATH SEALED FILE")

    def test_the_owner_cannot_confirm_their_own(self, owner, clinician, browser_of):
        browser = browser_of(owner)
        browser.post(at("ask_practice_export"))

        answer = browser.post(at("release_practice_export", Export.objects.get().uid), follow=True)

        assert "Somebody else has to confirm it" in answer.content.decode()
        assert Export.objects.get().confirmed_at is None

    def test_the_one_who_confirmed_cannot_take_it(self, owner, clinician, browser_of):
        browser_of(owner).post(at("ask_practice_export"))
        export = Export.objects.get()
        browser = browser_of(clinician)
        browser.post(at("release_practice_export", export.uid))
        make_everything()

        assert browser.post(at("take_export", export.uid)).status_code == 404

    def test_it_waits_on_the_today_page_of_who_may_confirm(self, owner, clinician, browser_of):
        actions.ask_practice_export(by=owner, now=datetime.now(UTC))

        page = browser_of(clinician).get("/today/")

        assert "Everything in the practice is to be exported" in page.content.decode()

    @pytest.mark.parametrize("who", ["clinician", "reception"])
    def test_only_an_owner_asks(self, who, browser_of, request):
        browser = browser_of(request.getfixturevalue(who))

        assert browser.get(at("export_practice")).status_code == 403
        assert browser.post(at("ask_practice_export")).status_code == 403


class TestErasing:
    def test_two_people_erase(self, whole, clinician, partner, browser_of):
        page = browser_of(clinician).post(at("ask_erasure", whole.uid), EARLY, follow=True)
        assert "Nothing is gone before somebody else confirms it" in page.content.decode()

        request = ErasureRequest.objects.get()
        page = browser_of(partner).post(at("confirm_erasure", request.uid), follow=True)

        assert f"{whole.reference} is erased" in page.content.decode()
        assert not Client.objects.exists()
        assert browser_of(clinician).get(at("erase_client", whole.uid)).status_code == 404

    def test_the_preview_says_what_goes_and_what_stays_and_why(self, whole, clinician, browser_of):
        page = browser_of(clinician).get(at("erase_client", whole.uid)).content.decode()

        assert "Progress notes, signed ones too" in page
        assert "The audit trail" in page
        assert "7 years after the end of the work" in page

    def test_an_owner_sees_the_reference_and_no_name(self, whole, owner, browser_of):
        page = browser_of(owner).get(at("erase_client", whole.uid)).content.decode()

        assert whole.reference in page
        assert whole.name not in page

    def test_the_other_clinician_finds_it_on_today(self, whole, clinician, partner, browser_of):
        browser_of(clinician).post(at("ask_erasure", whole.uid), EARLY)

        page = browser_of(partner).get("/today/").content.decode()

        assert f"{whole.reference} is to be erased" in page

    def test_who_asked_cannot_confirm(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_erasure", whole.uid), EARLY)

        page = browser.post(at("confirm_erasure", ErasureRequest.objects.get().uid), follow=True)

        assert "Somebody else has to confirm it" in page.content.decode()
        assert Client.objects.exists()

    def test_a_refusal_stands_at_its_field(self, whole, clinician, browser_of):
        answer = browser_of(clinician).post(at("ask_erasure", whole.uid), {"reason": "client_asked"})

        assert answer.status_code == 422
        assert "If it must go earlier, say that you know it" in answer.content.decode()

    def test_a_reason_is_asked_for(self, whole, clinician, browser_of):
        answer = browser_of(clinician).post(at("ask_erasure", whole.uid), {})

        assert answer.status_code == 422

    def test_it_is_taken_back(self, whole, clinician, browser_of):
        browser = browser_of(clinician)
        browser.post(at("ask_erasure", whole.uid), EARLY)

        page = browser.post(at("withdraw_erasure", ErasureRequest.objects.get().uid), follow=True)

        assert "The record stays" in page.content.decode()

    @pytest.mark.parametrize("who", ["colleague", "reception"])
    def test_others_find_nothing_to_erase(self, whole, clinician, browser_of, who, request):
        asked = actions.ask_erasure(
            client=whole, reason="client_asked", is_early=True, by=clinician, now=datetime.now(UTC)
        )
        browser = browser_of(request.getfixturevalue(who))

        answers = {
            browser.get(at("erase_client", whole.uid)).status_code,
            browser.post(at("ask_erasure", whole.uid), EARLY).status_code,
            browser.post(at("confirm_erasure", asked.uid)).status_code,
            browser.post(at("withdraw_erasure", asked.uid)).status_code,
            browser.post(at("set_hold", whole.uid), {"reason": "court"}).status_code,
        }

        assert answers <= {403, 404}
        assert Client.objects.filter(pk=whole.pk).exists()

    @pytest.mark.parametrize("door", ["ask_erasure", "confirm_erasure"])
    def test_both_are_asked_again_who_they_are(
        self, whole, clinician, partner, browser_of, monkeypatch, door
    ):
        now = datetime.now(UTC)
        asked = actions.ask_erasure(client=whole, reason="client_asked", is_early=True, by=clinician, now=now)
        browser = browser_of(partner)
        not_fresh(monkeypatch)

        answer = browser.post(at(door, whole.uid if door == "ask_erasure" else asked.uid), EARLY)

        assert answer.status_code == 403
        assert Client.objects.exists()


class TestHolds:
    def test_an_owner_puts_a_record_on_hold_and_a_clinician_lifts_it(
        self, whole, owner, clinician, browser_of
    ):
        browser_of(owner).post(at("set_hold", whole.uid), {"reason": "court", "file": "7/2026"})
        hold = Hold.objects.get()
        page = browser_of(clinician).get(at("erase_client", whole.uid)).content.decode()
        assert "7/2026" in page

        browser_of(clinician).post(at("lift_hold", hold.uid), {"because": "The court is done."})

        assert Hold.objects.get().lifted_because == "The court is done."

    def test_lifting_needs_a_reason(self, whole, owner, browser_of):
        hold = actions.set_hold(client=whole, reason="court", by=owner, now=MONDAY_NOON)

        answer = browser_of(owner).post(at("lift_hold", hold.uid), {})

        assert answer.status_code == 422
        assert Hold.objects.get().lifted_at is None


class TestRetention:
    def test_the_owner_reads_who_is_due_by_reference(self, owner, browser_of):
        client = ClientFactory(
            name="Ended Person", status="ended", registered_at=MONDAY_NOON - timedelta(days=4000)
        )

        page = browser_of(owner).get(at("retention")).content.decode()

        assert client.reference in page
        assert "Ended Person" not in page

    def test_nobody_due_is_said(self, owner, browser_of):
        assert "Nobody at the moment" in browser_of(owner).get(at("retention")).content.decode()

    def test_the_owner_says_how_long(self, owner, browser_of):
        values = {"years": "10", "minor_age": "25", "late_minor_age": "26"}

        browser_of(owner).post(at("set_retention"), values)

        assert RetentionPolicy.objects.get().years == 10

    @pytest.mark.parametrize("years", ["0", "101", "seven", ""])
    def test_impossible_years_are_refused(self, owner, browser_of, years):
        values = {"years": years, "minor_age": "25", "late_minor_age": "26"}

        assert browser_of(owner).post(at("set_retention"), values).status_code == 422

    @pytest.mark.parametrize("door", ["retention", "disposals"])
    @pytest.mark.parametrize("who", ["clinician", "reception"])
    def test_it_is_the_owners(self, door, who, browser_of, request):
        assert browser_of(request.getfixturevalue(who)).get(at(door)).status_code == 403

    def test_the_disposal_log_goes_on_page_by_page(self, owner, browser_of):
        for number in range(30):
            Tombstone.objects.create(
                client_uid=f"00000000-0000-0000-0000-{number:012d}",
                reference_hash="0",
                reason="mistake",
                erased_at=MONDAY_NOON,
                replayed_at=MONDAY_NOON,
            )
        browser = browser_of(owner)

        first = browser.get(at("disposals")).content.decode()
        older = re.search(r"\?before=([0-9a-f-]{36})", first)
        assert older
        second = browser.get(at("disposals"), {"before": older.group(1)}).content.decode()

        ids = re.compile(r"00000000-0000-0000-0000-\d{12}")
        assert len(ids.findall(first)) == 25
        assert len(set(ids.findall(first) + ids.findall(second))) == 30

    def test_an_empty_log_says_so(self, owner, browser_of):
        assert "Nothing was erased yet" in browser_of(owner).get(at("disposals")).content.decode()
