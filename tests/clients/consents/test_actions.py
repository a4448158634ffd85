"""Signing, taking back, kinds of data, asking again."""

from datetime import date, timedelta

import pytest

from clients.consents import actions, standing, texts
from clients.consents.models import Consent, ConsentDraft
from clients.models import Clearance, Client, Rescreen
from practice.jobs.actions import do_one
from practice.models import AuditEvent, Practice
from tests.clients.consents.signing import NAME, give, keep, sign, ticked
from tests.factories import MONDAY_NOON, ClearanceFactory

TODAY = MONDAY_NOON.date()
LATER = MONDAY_NOON + timedelta(hours=1)


def signing(client, **other):
    usual = {"version": 1, "answers": ticked(), "signature": NAME, "by": client.member, "now": MONDAY_NOON}
    return actions.sign_agreement(client=client, **{**usual, **other})


def test_nobody_has_agreed_before_they_signed(client_person):
    assert standing.movement(client_person, TODAY).code == "unsigned"
    assert not standing.movement_agreed(client_person, TODAY)


def test_a_signature_keeps_the_text_the_ticks_and_the_name(client_person):
    signed = sign(client_person, topics="My family")

    assert signed.signature == NAME
    assert signed.answers["topics"] == {"agreed": True, "words": "My family"}
    assert signed.text
    assert signed.text["title"] == texts.shipped().title
    assert signed.review_on == date(2027, 6, 1)
    assert standing.movement_agreed(client_person, TODAY)


def test_it_is_looked_at_again_after_its_day(client_person):
    sign(client_person)

    assert standing.movement_agreed(client_person, date(2027, 6, 1))
    assert standing.movement(client_person, date(2027, 6, 2)).code == "review_due"


def test_the_day_before_the_signature_it_did_not_stand(client_person):
    sign(client_person)

    assert not standing.movement_agreed(client_person, TODAY - timedelta(days=1))


def test_a_point_that_is_not_ticked_refuses_the_signature(client_person):
    answers = ticked()
    answers["pace"]["agreed"] = False

    with pytest.raises(actions.PointsMissing, match="I set the pace"):
        signing(client_person, answers=answers)

    assert not Consent.objects.exists()


def test_a_script_that_is_not_chosen_refuses_the_signature(client_person):
    answers = ticked()
    answers["meeting"]["choice"] = ""

    with pytest.raises(actions.PointsMissing, match="If we meet someone"):
        signing(client_person, answers=answers)


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_without_a_name_nothing_is_signed(client_person, name):
    with pytest.raises(actions.NoSignature):
        signing(client_person, signature=name)


def test_under_18_nobody_signs_alone(client_person):
    client_person.born_on = date(2009, 1, 1)
    client_person.save()

    with pytest.raises(actions.NotOfAge):
        signing(client_person)


def test_another_version_than_the_one_that_stands_refuses(client_person, reworded):
    reworded()

    with pytest.raises(actions.TextChanged):
        signing(client_person, version=1)


def test_a_button_pressed_twice_signs_once(client_person):
    assert sign(client_person) == sign(client_person, now=LATER)
    assert Consent.objects.count() == 1


def test_other_words_are_another_signature(client_person):
    sign(client_person)

    sign(client_person, topics="Work", now=LATER)

    assert Consent.objects.count() == 2


def test_who_signs_again_after_a_year_begins_a_new_year(client_person):
    sign(client_person)

    again = sign(client_person, now=MONDAY_NOON + timedelta(days=400))

    assert Consent.objects.count() == 2
    assert again.review_on == date(2028, 7, 6)


def test_a_tick_is_kept_until_the_signature_and_then_gone(client_person):
    actions.save_point(
        client=client_person, version=1, key="pace", agreed=True, by=client_person.member, now=MONDAY_NOON
    )
    assert ConsentDraft.objects.get().answers == {"pace": {"agreed": True}}

    sign(client_person)

    assert not ConsentDraft.objects.exists()


def test_ticks_under_an_older_text_are_not_carried_over(client_person, reworded):
    by = client_person.member
    actions.save_point(client=client_person, version=1, key="pace", agreed=True, by=by, now=MONDAY_NOON)
    reworded()

    actions.save_point(client=client_person, version=2, key="kit", agreed=True, by=by, now=LATER)

    assert ConsentDraft.objects.get().answers == {"kit": {"agreed": True}}


def test_a_tick_for_an_old_text_is_refused(client_person, reworded):
    reworded()

    with pytest.raises(actions.TextChanged):
        actions.save_point(
            client=client_person, version=1, key="pace", agreed=True, by=client_person.member, now=LATER
        )


@pytest.mark.parametrize("act", [actions.save_point, actions.talk_first])
def test_a_point_that_there_is_not_is_refused(client_person, act):
    more = {"agreed": True} if act is actions.save_point else {}

    with pytest.raises(actions.UnknownPoint):
        act(client=client_person, version=1, key="gold", by=client_person.member, now=LATER, **more)


def test_who_would_like_to_talk_is_heard_once(client_person):
    for _press in range(2):
        actions.talk_first(
            client=client_person, version=1, key="touch", by=client_person.member, now=MONDAY_NOON
        )

    assert [row.words for row in Consent.objects.all()] == ["Touch and company"]


def test_taking_it_back_is_another_line_and_holds_moving_at_once(client_person, clinician):
    for mode in ("walk", "run"):
        ClearanceFactory(client=client_person, mode=mode, decided_by=clinician)
    sign(client_person)

    actions.withdraw_agreement(client=client_person, words="Too public", by=client_person.member, now=LATER)

    assert standing.movement(client_person, TODAY).code == "withdrawn"
    assert Consent.objects.count() == 2
    newest = Clearance.objects.filter(client=client_person).current()
    assert {row.mode: row.decision for row in newest} == {"walk": "hold", "run": "hold"}
    assert Rescreen.objects.get().assigned_to == clinician


def test_taking_back_twice_or_nothing_changes_nothing(client_person):
    assert actions.withdraw_agreement(client=client_person, by=client_person.member, now=LATER) is None
    sign(client_person)
    first = actions.withdraw_agreement(client=client_person, by=client_person.member, now=LATER)

    again = actions.withdraw_agreement(client=client_person, by=client_person.member, now=LATER)

    assert again == first
    assert Rescreen.objects.count() == 1


def test_it_comes_back_only_with_a_new_signature(client_person):
    sign(client_person)
    actions.withdraw_agreement(client=client_person, by=client_person.member, now=LATER)

    sign(client_person, now=LATER)

    assert standing.movement_agreed(client_person, TODAY)
    assert Consent.objects.count() == 3


@pytest.mark.parametrize(
    ("kind", "silence"),
    [("location", False), ("heart_rate", False), ("mood", True), ("free_text", True), ("supervisor", True)],
)
def test_silence_means_what_the_page_says(client_person, kind, silence):
    assert standing.covers(client_person, kind, TODAY) is silence


@pytest.mark.parametrize("kind", ["location", "heart_rate", "mood", "free_text", "supervisor"])
def test_the_last_word_about_a_kind_counts(client_person, kind):
    give(client_person, kind)
    assert standing.covers(client_person, kind, TODAY)

    keep(client_person, kind)
    assert not standing.covers(client_person, kind, TODAY)
    assert standing.withheld(client_person) == {kind}

    give(client_person, kind)
    assert standing.covers(client_person, kind, TODAY)
    assert standing.withheld(client_person) == frozenset()


def test_the_same_word_twice_is_one_line(client_person):
    assert keep(client_person, "mood") == keep(client_person, "mood")


@pytest.mark.parametrize("kind", ["movement", "weight", ""])
def test_a_kind_that_there_is_not_is_refused(client_person, kind):
    with pytest.raises(actions.UnknownKind):
        keep(client_person, kind)


def test_a_kind_allowed_in_person_wants_a_name(client_person, clinician):
    with pytest.raises(actions.NoSignature):
        actions.allow(client=client_person, kind="mood", in_person=True, by=clinician, now=MONDAY_NOON)


def test_one_client_says_nothing_for_another(client_person, stranger):
    keep(stranger, "mood")

    assert standing.covers(client_person, "mood", TODAY)


def test_what_was_printed_before_it_was_withheld_holds_it_still(client_person):
    keep(client_person, "mood", now=LATER)

    assert standing.withheld_since(client_person, MONDAY_NOON) == {"mood"}
    assert standing.withheld_since(client_person, LATER) == frozenset()


def test_a_new_text_asks_everybody_who_signed_another(
    client_person, stranger, clinician, reworded, mailoutbox
):
    ClearanceFactory(client=client_person, decided_by=clinician)
    sign(client_person)

    reworded(now=LATER)
    do_one(LATER)

    assert standing.movement(client_person, TODAY).code == "changed"
    assert [row.step for row in client_person.consents.order_by("pk")] == ["given", "asked"]
    assert not stranger.consents.exists()
    assert Rescreen.objects.get().client == client_person
    assert Clearance.objects.filter(client=client_person, mode="walk").current().get().decision == "hold"


def test_the_letter_about_a_new_text_says_nothing_of_the_work(
    client_person, reworded, mailoutbox, django_capture_on_commit_callbacks
):
    sign(client_person)
    Client.objects.filter(pk=client_person.pk).update(email="somebody.else@clients.example")
    with django_capture_on_commit_callbacks(execute=True):
        reworded(now=LATER)
        do_one(LATER)

    letters = [letter for letter in mailoutbox if client_person.member.user.email in letter.to]
    assert (len(letters), len(mailoutbox)) == (1, 1)
    said = f"{letters[0].subject} {letters[0].body}".lower()
    assert not any(word in said for word in ("walk", "run", "therap", "sam", "agreement"))


def test_asking_everybody_twice_asks_once(client_person, reworded):
    sign(client_person)
    text = reworded(now=LATER)

    for _time in range(2):
        actions.asking.ask_everybody_again(
            text=text, tell=lambda *_said: None, by=text.published_by, now=LATER
        )

    assert Consent.objects.filter(step="asked").count() == 1


def test_one_who_cannot_be_asked_keeps_nobody_waiting(client_person, stranger, reworded, monkeypatch):
    for client in (client_person, stranger):
        sign(client)
    text = reworded(now=LATER)
    monkeypatch.setattr(
        actions.asking, "trigger", lambda client, **given: 1 / 0 if client == client_person else None
    )

    asked = actions.asking.ask_everybody_again(
        text=text, tell=lambda *_said: None, by=text.published_by, now=LATER
    )

    assert asked == 1
    assert Consent.objects.get(step="asked").client == stranger


def test_a_clinician_asks_once_for_a_version(client_person, clinician):
    first = actions.ask_to_sign(client=client_person, by=clinician, now=MONDAY_NOON)

    assert actions.ask_to_sign(client=client_person, by=clinician, now=LATER) == first


def test_the_rule_of_the_practice_is_off_until_it_is_switched_on(client_person, owner):
    assert standing.may_move(client_person, TODAY)

    actions.set_rule(needed=True, by=owner, now=MONDAY_NOON)

    assert not standing.may_move(client_person, TODAY)
    sign(client_person)
    assert standing.may_move(client_person, TODAY)


def test_the_same_rule_again_leaves_no_line(owner):
    actions.set_rule(needed=False, by=owner, now=MONDAY_NOON)

    assert not AuditEvent.objects.filter(action="agreement_rule_set").exists()
    assert not Practice.objects.get().needs_agreement


def test_everything_is_told_in_the_trail_without_words(client_person):
    sign(client_person, topics="My family")
    actions.withdraw_agreement(client=client_person, words="Too public", by=client_person.member, now=LATER)

    told = AuditEvent.objects.filter(action__startswith="consent_")
    assert {line.action for line in told} == {"consent_given", "consent_withdrawn"}
    assert not any(word in str(line.detail) for line in told for word in ("family", "public", NAME))
