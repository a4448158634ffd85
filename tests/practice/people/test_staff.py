"""Owners keep the people: invite, give and take rights, let go. One owner always stays."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from practice.models import AuditEvent, Member
from practice.people.actions import EmailTaken
from practice.people.roles import Permission
from practice.people.staff import actions
from practice.people.tokens import create_token
from tests.factories import MONDAY_NOON, MemberFactory, PracticeFactory

NEW: dict[str, Any] = {"email": "new@practice.example", "name": "Wren Hill", "roles": ["clinician"]}


def url(name, member=None):
    return reverse(name, args=[member.uid] if member else [])


def change(member, by, roles, rights=()):
    return actions.change_rights(member=member, roles=roles, rights=list(rights), by=by, now=MONDAY_NOON)


# inviting


def test_an_owner_invites_and_a_letter_goes_out(browser_of, owner, mailoutbox):
    page = browser_of(owner).post(url("invite_member"), NEW, follow=True)

    invited = Member.objects.get(user__email="new@practice.example")
    assert (invited.roles, invited.rights) == (["clinician"], [])
    assert "Invited" in page.content.decode()
    assert [letter.to for letter in mailoutbox] == [["new@practice.example"]]


def test_who_is_invited_has_no_password_yet(owner):
    invited = actions.invite_member(**NEW, by=owner, now=MONDAY_NOON)

    assert not invited.user.has_usable_password()
    assert AuditEvent.objects.filter(action="member_admitted", member_uid=owner.uid).exists()


def test_a_right_is_given_with_the_invitation(owner):
    invited = actions.invite_member(**NEW, rights=["break_glass"], by=owner, now=MONDAY_NOON)

    assert invited.may(Permission.BREAK_GLASS)


def test_an_address_is_used_once(owner):
    actions.invite_member(**NEW, by=owner, now=MONDAY_NOON)

    with pytest.raises(EmailTaken):
        actions.invite_member(**NEW, by=owner, now=MONDAY_NOON)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"roles": []}, actions.NoRole),
        ({"roles": ["client"]}, actions.NotARoleOfStaff),
        ({"roles": ["king"]}, actions.NotARoleOfStaff),
        ({"roles": ["reception"], "rights": ["break_glass"]}, actions.RightNeedsTreating),
        ({"rights": ["read_notes"]}, actions.UnknownRight),
    ],
)
def test_what_cannot_be_given_is_refused(owner, changes, refusal):
    with pytest.raises(refusal):
        actions.invite_member(**{**NEW, **changes}, by=owner, now=MONDAY_NOON)


@pytest.mark.parametrize("who", ["clinician", "reception"])
def test_only_an_owner_keeps_people(request, who, colleague):
    other = request.getfixturevalue(who)

    with pytest.raises(actions.MayNotKeepPeople):
        change(colleague, other, ["owner"])


# roles and rights


def test_roles_change_at_once_and_end_every_sign_in(browser_of, owner, colleague):
    browser = browser_of(colleague)
    assert browser.get(reverse("caseload")).status_code == 200

    change(colleague, owner, ["owner"])

    assert browser.get(reverse("caseload")).status_code == 302
    assert browser.get(reverse("caseload")).url.startswith(reverse("account_login"))


def test_new_roles_end_every_token(owner, colleague, time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)
    _token, text = create_token(member=colleague, scopes=["me"], name="phone", now=MONDAY_NOON)
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")

    change(colleague, owner, ["reception"])

    assert caller.get("/api/v1/me/").status_code == 401


def test_a_right_by_name_holds_and_goes_with_the_word(owner, colleague):
    assert change(colleague, owner, ["clinician"], ["break_glass"]).may(Permission.BREAK_GLASS)
    assert not change(colleague, owner, ["clinician"]).may(Permission.BREAK_GLASS)


def test_a_change_says_before_and_after(owner, colleague):
    change(colleague, owner, ["supervisor", "clinician"], ["break_glass"])

    line = AuditEvent.objects.get(action="member_rights_changed")
    assert line.detail == {"before": "clinician", "after": "clinician,supervisor,break_glass"}


def test_the_same_again_leaves_no_line(owner, colleague):
    change(colleague, owner, ["clinician"])

    assert not AuditEvent.objects.filter(action="member_rights_changed").exists()


def test_a_client_is_never_made_staff(owner, client_person):
    with pytest.raises(actions.NotStaff):
        change(client_person.member, owner, ["owner"])


def test_the_last_owner_stays_one(owner):
    with pytest.raises(actions.LastOwner):
        change(owner, owner, ["clinician"])


def test_an_owner_who_cannot_sign_in_does_not_count(owner):
    MemberFactory(roles=["owner"], is_active=False)

    with pytest.raises(actions.LastOwner):
        actions.deactivate_member(member=owner, by=owner, now=MONDAY_NOON)


def test_one_of_two_owners_may_step_back(owner):
    MemberFactory(roles=["owner"])

    assert change(owner, owner, ["reception"]).roles == ["reception"]


@pytest.mark.parametrize(
    ("roles", "rights"), [(["owner", "clinician"], []), (["owner", "supervisor"], ["break_glass"])]
)
def test_nobody_gives_themself_what_opens_records(owner, colleague, roles, rights):
    with pytest.raises(actions.GivenByAnother):
        actions.change_rights(member=owner, roles=roles, rights=rights, by=owner, now=MONDAY_NOON)


def test_another_owner_gives_it(owner):
    other = MemberFactory(roles=["owner"])

    assert change(owner, other, ["owner", "clinician"]).roles == ["owner", "clinician"]


def test_who_is_alone_in_the_practice_may_begin_to_treat(owner):
    assert change(owner, owner, ["owner", "clinician"]).roles == ["owner", "clinician"]


def test_letting_everybody_go_first_does_not_make_one_alone(owner, colleague):
    actions.deactivate_member(member=colleague, by=owner, now=MONDAY_NOON)

    with pytest.raises(actions.GivenByAnother):
        change(owner, owner, ["owner", "clinician"])


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_leave_one():
    PracticeFactory()
    one, other = MemberFactory(roles=["owner"]), MemberFactory(roles=["owner"])
    said = []

    def remove(member, by):
        try:
            actions.deactivate_member(member=member, by=by, now=MONDAY_NOON)
        except actions.LastOwner as no:
            said.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (said, Member.objects.filter(is_active=True).count()) == (["last_owner"], 1)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("roles = '{king}'", "member_roles_are_known"),
        ("rights = '{read_notes}'", "member_extra_rights_are_known"),
        (
            "roles = '{reception}', rights = '{break_glass}'",
            "member_extra_rights_are_for_those_who_treat",
        ),
    ],
)
def test_a_row_that_must_never_be_is_refused_in_sql(colleague, change, constraint):
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE practice_member SET {change} WHERE id = %s", [colleague.pk])  # noqa: S608 - a change that the test itself writes


# leaving and coming back


def test_who_is_let_go_sees_nothing_from_the_next_page_on(browser_of, owner, clinician, client_person):
    browser = browser_of(clinician)
    page = reverse("client", args=[client_person.uid])
    assert browser.get(page).status_code == 200

    browser_of(owner).post(url("deactivate_member", clinician), {"even_so": "on"})

    assert browser.get(page).status_code in {302, 403}
    assert not Member.objects.get(pk=clinician.pk).user.is_active


def test_letting_go_twice_is_as_good_as_once(owner, colleague):
    actions.deactivate_member(member=colleague, by=owner, now=MONDAY_NOON)
    actions.deactivate_member(member=colleague, by=owner, now=MONDAY_NOON)

    assert AuditEvent.objects.filter(action="member_deactivated").count() == 1


def test_who_comes_back_has_the_roles_they_had(owner, colleague):
    actions.deactivate_member(member=colleague, by=owner, now=MONDAY_NOON)

    back = actions.reactivate_member(member=colleague, by=owner, now=MONDAY_NOON)

    assert (back.is_active, back.user.is_active, back.roles) == (True, True, ["clinician"])


# the pages


def test_the_list_says_who_may_what_and_how_they_sign_in(browser_of, owner, clinician, client_person):
    clinician.rights = ["break_glass"]
    clinician.save()

    page = browser_of(owner).get(url("people")).content.decode()

    assert all(words in page for words in ("Robin Vale", "Emergency access", "Off", "Active", "Alex Brook"))
    assert "Sam Wood" not in page


def test_the_list_asks_the_database_the_same_however_many(
    browser_of, owner, django_assert_max_num_queries, practice
):
    for _number in range(8):
        MemberFactory()
    browser = browser_of(owner)
    browser.get(url("people"))

    with django_assert_max_num_queries(12):
        browser.get(url("people"))


@pytest.mark.parametrize("name", ["people", "invite_member", "clients_and_clinicians", "break_glass_reviews"])
@pytest.mark.parametrize("who", ["clinician", "reception"])
def test_the_pages_are_for_owners(request, browser_of, who, name):
    assert browser_of(request.getfixturevalue(who)).get(url(name)).status_code == 403


def test_a_client_is_not_among_the_people(browser_of, owner, client_person):
    assert browser_of(owner).get(url("member", client_person.member)).status_code == 404


def test_what_is_refused_is_said_on_the_page(browser_of, owner):
    page = browser_of(owner).post(url("change_rights", owner), {"roles": ["clinician"]})

    assert page.status_code == 422
    assert "only owner who can sign in" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("change_rights", {"roles": ["owner"]}),
        ("deactivate_member", {}),
        ("reactivate_member", {}),
    ],
)
def test_an_old_sign_in_is_asked_again(browser_of, owner, colleague, time_machine, name, sent):
    time_machine.move_to(MONDAY_NOON, tick=False)
    browser = browser_of(owner)
    time_machine.move_to(MONDAY_NOON + timedelta(minutes=11), tick=False)

    answer = browser.post(url(name, colleague), sent)

    colleague.refresh_from_db()
    assert (answer.status_code, colleague.roles, colleague.is_active) == (403, ["clinician"], True)


def test_the_letter_is_sent_again_until_a_password_is_chosen(browser_of, owner, mailoutbox):
    invited = actions.invite_member(**NEW, by=owner, now=MONDAY_NOON)
    browser = browser_of(owner)

    browser.post(url("send_member_letter", invited))
    invited.user.set_password("side-by-side-2026")
    invited.user.save()
    browser.post(url("send_member_letter", invited))

    assert len(mailoutbox) == 1


# what is not understood is a no


def test_an_unknown_role_in_the_row_gives_nothing():
    member = MemberFactory.build(roles=["king"], rights=["crown"])

    assert not any(member.may(permission) for permission in Permission)


def test_an_unknown_permission_is_a_no(clinician):
    assert not clinician.may("fly")


@pytest.mark.parametrize("roles", [None, 7, [None]])
def test_a_table_that_breaks_lets_nobody_in(clinician, roles):
    clinician.roles = roles

    assert not clinician.may(Permission.READ_RECORD)


def test_a_table_that_breaks_is_a_refusal_that_is_recorded(browser_of, clinician, monkeypatch):
    browser = browser_of(clinician)
    monkeypatch.setattr("practice.people.models.granted", lambda *_words: 1 / 0)

    assert browser.get(reverse("caseload")).status_code == 403
    assert AuditEvent.objects.filter(outcome="refused", member_uid=clinician.uid).exists()
