"""The pages of the record, as people use them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clients.models import Client
from clients.record.actions import EmergencyContactWords, edit_client
from clients.record.marks import mark_of
from practice.models import AuditEvent
from tests.counting import queries_of
from tests.factories import (
    MONDAY_NOON,
    ClearanceFactory,
    ClientFactory,
    MemberFactory,
    RunLogFactory,
    SessionFactory,
)


def details(**changed):
    return {
        "uid": str(uuid4()),
        "name": "Sam Wood",
        "pronouns": "",
        "born_on_day": "27",
        "born_on_month": "3",
        "born_on_year": "1988",
        "email": "",
        "phone": "",
        "focus": "",
        "contact_name": "",
        "contact_relation": "",
        "contact_phone": "",
    } | changed


def page_of(client):
    return reverse("client", args=[client.uid])


# who gets in


@pytest.mark.parametrize("name", ["caseload", "register_client"])
def test_a_client_has_no_business_with_the_practices_list(browser_of, client_person, name):
    assert browser_of(client_person.member).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["caseload", "register_client"])
def test_an_owner_who_does_not_treat_has_no_caseload(browser_of, owner, name):
    assert browser_of(owner).get(reverse(name)).status_code == 403


def test_a_colleague_cannot_know_that_the_client_exists(browser_of, colleague, client_person):
    browser = browser_of(colleague)

    answers = [
        browser.get(reverse(name, args=[client_person.uid]))
        for name in ("client", "edit_client", "open_portal")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("name", ["set_status", "join_care_team", "leave_care_team"])
def test_the_desk_changes_neither_status_nor_care_team(browser_of, reception, client_person, name):
    answer = browser_of(reception).post(reverse(name, args=[client_person.uid]))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["set_status", "join_care_team", "leave_care_team"])
def test_changes_are_posted(browser_of, clinician, client_person, name):
    assert browser_of(clinician).get(reverse(name, args=[client_person.uid])).status_code == 405


def test_a_supervisor_reads_but_does_not_edit(browser_of, practice, client_person):
    supervisor = MemberFactory(roles=["supervisor"])
    client_person.care_team.create(member=supervisor, part="supervising", since=date(2020, 1, 1))
    browser = browser_of(supervisor)

    assert browser.get(page_of(client_person)).status_code == 200
    assert browser.get(reverse("edit_client", args=[client_person.uid])).status_code == 403


# the caseload


def test_the_caseload_holds_ones_own_clients_only(browser_of, clinician, client_person, stranger):
    page = browser_of(clinician).get(reverse("caseload")).content.decode()

    assert client_person.name in page
    assert stranger.name not in page


@pytest.mark.parametrize("words", ["wOOd", "TP-90", "9001"])
def test_the_search_finds_by_name_reference_and_the_last_digits_of_the_phone(browser_of, clinician, words):
    ClientFactory(name="Sam Wood", reference="TP-9001", phone="+44 20 7946 90 01", treated_by=clinician)
    ClientFactory(name="Kim Reed", reference="TP-8888", phone="+44 20 7946 0000", treated_by=clinician)

    page = browser_of(clinician).get(reverse("caseload"), {"q": words}).content.decode()

    assert "Sam Wood" in page
    assert "Kim Reed" not in page


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; drop table", "(", "😀", "x" * 500, "nul\0here"])
def test_any_words_may_be_searched_for(browser_of, clinician, client_person, words):
    answer = browser_of(clinician).get(reverse("caseload"), {"q": words})

    assert answer.status_code == 200


def test_a_search_without_a_match_says_so_and_keeps_the_words(browser_of, clinician, client_person):
    page = browser_of(clinician).get(reverse("caseload"), {"q": "nobody <b>"}).content.decode()

    assert "Nobody matches" in page
    assert 'value="nobody &lt;b&gt;"' in page


def test_the_status_narrows_the_list(browser_of, clinician, client_person):
    ClientFactory(name="Kim Reed", status="paused", treated_by=clinician)

    page = browser_of(clinician).get(reverse("caseload"), {"status": "paused"}).content.decode()

    assert "Kim Reed" in page
    assert client_person.name not in page


def test_reading_on_shows_every_client_once_and_back_again(browser_of, clinician):
    for number in range(60):
        ClientFactory(name=f"Sam {number % 7}", treated_by=clinician)
    browser, seen = browser_of(clinician), []
    query: dict[str, str] = {}

    for _page in range(3):
        screen = browser.get(reverse("caseload"), query).context["screen"]
        seen += [row.client.pk for row in screen.rows]
        query = {"after": str(screen.next_after)}

    assert len(seen) == len(set(seen)) == 60
    assert screen.next_after is None
    back = browser.get(reverse("caseload"), {"before": str(screen.previous_before)}).context["screen"]
    assert [row.client.pk for row in back.rows] == seen[25:50]
    assert back.next_after
    assert back.previous_before


def test_reading_on_after_nobody_shows_nothing_and_does_not_break(browser_of, clinician, client_person):
    browser = browser_of(clinician)

    assert browser.get(reverse("caseload"), {"after": str(uuid4())}).status_code == 200
    assert browser.get(reverse("caseload"), {"after": "x", "status": "y"}).status_code == 200


def test_a_row_says_where_the_client_stands_and_what_they_logged(browser_of, clinician, client_person):
    ClearanceFactory(client=client_person, mode="walk", decision="hold")
    RunLogFactory(client=client_person, activity="walk", minutes=20)
    RunLogFactory(client=client_person, activity="run", minutes=777, started_at=MONDAY_NOON, share=False)

    page = browser_of(clinician).get(reverse("caseload")).content.decode()

    assert "Hold" in page
    assert "Walk, 20 min" in page
    assert "777 min" not in page


def test_a_row_says_when_the_next_session_is(browser_of, clinician, client_person):
    starts_at = timezone.now() + timedelta(days=3)
    SessionFactory(client=client_person, clinician=clinician, starts_at=starts_at)

    screen = browser_of(clinician).get(reverse("caseload")).context["screen"]

    assert screen.rows[0].next_session == starts_at


def test_the_desk_sees_contacts_and_nothing_clinical(browser_of, reception, client_person):
    ClearanceFactory(client=client_person, mode="walk", decision="hold")
    RunLogFactory(client=client_person, activity="walk", minutes=20)

    page = browser_of(reception).get(reverse("caseload"), {"status": "ended"}).content.decode()

    assert client_person.email in page
    assert "Active" not in page
    assert "Hold" not in page
    assert "Walk, 20 min" not in page


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_caseload_asks_the_database_the_same_however_many(browser_of, clinician, how_many):
    for _number in range(how_many):
        client = ClientFactory(treated_by=clinician, portal=True)
        ClearanceFactory(client=client)
        RunLogFactory(client=client)
    browser = browser_of(clinician)

    assert len(queries_of(browser, reverse("caseload"))) <= 9
    assert len(queries_of(browser, reverse("caseload") + f"?after={uuid4()}")) <= 9


def test_an_empty_caseload_says_how_to_begin(browser_of, clinician):
    page = browser_of(clinician).get(reverse("caseload")).content.decode()

    assert "Nobody here yet" in page


# registering


def test_a_clinician_registers_a_client(browser_of, clinician):
    answer = browser_of(clinician).post(
        reverse("register_client"), details(contact_name="Ash Wood", contact_phone="020 7946 0001")
    )

    client = Client.objects.get()
    assert answer.url == page_of(client)
    assert client.born_on == date(1988, 3, 27)
    assert client.emergency_contact.name == "Ash Wood"


def test_a_double_click_registers_one_client(browser_of, clinician):
    browser, typed = browser_of(clinician), details()

    answers = [browser.post(reverse("register_client"), typed) for _click in range(2)]

    assert answers[0].url == answers[1].url
    assert Client.objects.count() == 1


def test_reception_registers_for_a_clinician(browser_of, reception, clinician):
    browser_of(reception).post(
        reverse("register_client"), details(clinician=str(clinician.uid), focus="sleep")
    )

    client = Client.objects.get()
    assert client.care_team.get().member == clinician
    assert client.focus == ""


def test_reception_has_to_say_who_treats_and_keeps_what_was_typed(browser_of, reception):
    answer = browser_of(reception).post(reverse("register_client"), details(pronouns="they/them"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["clinician"] == ["Choose who will treat this client."]
    assert 'value="they/them"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"born_on_day": "31", "born_on_month": "2"}, "born_on"),
        ({"born_on_year": "2999"}, "born_on"),
        ({"born_on_year": "99999999999999999999"}, "born_on"),
        ({"name": "   "}, "name"),
        ({"name": "Sam\0Wood"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "not an address"}, "email"),
        ({"contact_name": "Ash"}, "contact_phone"),
        ({"contact_phone": "020 7946 0001"}, "contact_name"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(browser_of, clinician, changed, field):
    answer = browser_of(clinician).post(reverse("register_client"), details(phone="020 7946 0002") | changed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "020 7946 0002" in answer.content.decode()
    assert not Client.objects.exists()


def test_a_form_without_its_hidden_id_is_said_and_not_a_failure(browser_of, clinician):
    answer = browser_of(clinician).post(reverse("register_client"), details(uid=""))

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["🏃‍♀️ Sam", "مريم الخطيب", "<script>alert(1)</script>"])
def test_a_name_is_shown_as_it_was_typed(browser_of, clinician, name):
    browser = browser_of(clinician)
    browser.post(reverse("register_client"), details(name=name))

    page = browser.get(page_of(Client.objects.get())).content.decode()

    assert f'<bdi class="private">{name.replace("<", "&lt;").replace(">", "&gt;")}</bdi>' in page


# editing


def test_the_details_are_corrected(browser_of, clinician, client_person):
    typed = details(name="Sam Woods", focus="Sleep", seen=mark_of(client_person))

    answer = browser_of(clinician).post(reverse("edit_client", args=[client_person.uid]), typed)

    client_person.refresh_from_db()
    assert answer.url == page_of(client_person)
    assert (client_person.name, client_person.focus) == ("Sam Woods", "Sleep")


def test_a_stale_form_says_so_keeps_what_was_typed_and_can_be_sent_again(
    browser_of, clinician, client_person
):
    browser, url = browser_of(clinician), reverse("edit_client", args=[client_person.uid])
    typed = details(name="Sam Woods", seen=mark_of(client_person))
    edit_client(client=client_person, phone="020 7946 0009", by=clinician, now=MONDAY_NOON)

    answer = browser.post(url, typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Sam Woods"' in page
    assert "020 7946 0009" in page
    client_person.refresh_from_db()
    assert client_person.name == "Sam Wood"
    again = browser.post(url, typed | {"seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302


def test_the_desk_corrects_contacts_and_leaves_the_work_alone(
    browser_of, reception, clinician, client_person
):
    edit_client(client=client_person, focus="Sleep", by=clinician, now=MONDAY_NOON)
    typed = details(
        name="Sam Woods", focus="overwritten", seen=mark_of(Client.objects.get(pk=client_person.pk))
    )

    browser_of(reception).post(reverse("edit_client", args=[client_person.uid]), typed)

    client_person.refresh_from_db()
    assert (client_person.name, client_person.focus) == ("Sam Woods", "Sleep")


# the record


def test_opening_a_record_leaves_one_line_in_the_trail(browser_of, clinician, client_person):
    browser_of(clinician).get(page_of(client_person))

    line = AuditEvent.objects.get(action="client_read")
    assert (line.member_uid, line.client_uid, line.detail) == (
        clinician.uid,
        client_person.uid,
        {"part": "record"},
    )


def test_the_record_shows_whom_to_call_and_where_the_client_stands(browser_of, clinician, client_person):
    contact = EmergencyContactWords(name="Ash Wood", phone="020 7946 0001")
    edit_client(client=client_person, emergency_contact=contact, by=clinician, now=MONDAY_NOON)
    ClearanceFactory(client=client_person, mode="run", decision="not_suited")

    page = browser_of(clinician).get(page_of(client_person)).content.decode()

    assert "Ash Wood" in page
    assert "Not cleared for running: not suited now" in page


def test_the_desk_sees_contacts_and_no_clinical_word(browser_of, reception, clinician, client_person):
    edit_client(client=client_person, focus="Sleep after loss", by=clinician, now=MONDAY_NOON)
    ClearanceFactory(client=client_person, mode="run", decision="not_suited")

    answer = browser_of(reception).get(page_of(client_person))

    page = answer.content.decode()
    assert answer.context["screen"].clinical is None
    assert client_person.email in page
    assert "Sleep after loss" not in page
    assert "not suited" not in page
    assert AuditEvent.objects.get(action="client_read").detail == {"part": "contacts"}


def test_the_timeline_is_narrowed_by_kind_and_read_back_by_day(browser_of, clinician, client_person):
    browser, url = browser_of(clinician), page_of(client_person)

    answers = [
        browser.get(url, query)
        for query in (
            {"kind": "session"},
            {"before": "2026-03-01"},
            {"before": "0001-01-01"},
            {"before": "9999-12-31"},
            {"before": "not a day", "kind": "<b>"},
        )
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_sessions_of_each_window_appear_once(browser_of, clinician):
    now = timezone.now()
    client = ClientFactory(treated_by=clinician, registered_at=now - timedelta(days=400))
    for days in range(-10, 380, 10):
        SessionFactory(client=client, clinician=clinician, starts_at=now - timedelta(days=days))
    browser, query, seen = browser_of(clinician), {"kind": "session"}, []

    while query:
        timeline = browser.get(page_of(client), query).context["screen"].clinical.timeline
        seen += [row.url for month in timeline.months for row in month.rows]
        query = {"kind": "session", "before": str(timeline.earlier)} if timeline.earlier else {}

    assert len(seen) == len(set(seen)) == 39


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_record_asks_the_database_the_same_however_much_there_is(
    browser_of, clinician, client_person, how_many
):
    for number in range(how_many):
        moment = timezone.now() - timedelta(days=number + 1)
        SessionFactory(client=client_person, clinician=clinician, starts_at=moment, completed=True)
        RunLogFactory(client=client_person, started_at=moment)

    asked = queries_of(browser_of(clinician), page_of(client_person))

    assert len(asked) <= 18


# status, care team, portal


def test_the_status_is_set_from_the_record(browser_of, clinician, client_person):
    browser_of(clinician).post(reverse("set_status", args=[client_person.uid]), {"status": "paused"})

    client_person.refresh_from_db()
    assert client_person.status == "paused"


def test_an_unknown_status_changes_nothing(browser_of, clinician, client_person):
    answer = browser_of(clinician).post(reverse("set_status", args=[client_person.uid]), {"status": "gone"})

    client_person.refresh_from_db()
    assert (answer.status_code, client_person.status) == (302, "active")


def test_a_colleague_is_let_in_and_the_first_one_steps_back(browser_of, clinician, colleague, client_person):
    browser = browser_of(clinician)
    browser.post(
        reverse("join_care_team", args=[client_person.uid]),
        {"member": str(colleague.uid), "part": "covering"},
    )

    browser.post(reverse("leave_care_team", args=[client_person.uid]), {"member": str(clinician.uid)})

    assert client_person in Client.objects.visible_to(colleague)
    assert client_person.care_team.get(until=None).member == colleague


def test_the_last_one_hears_why_they_cannot_leave(browser_of, clinician, client_person):
    answer = browser_of(clinician).post(
        reverse("leave_care_team", args=[client_person.uid]), {"member": str(clinician.uid)}, follow=True
    )

    assert "Ask somebody to join first." in answer.content.decode()
