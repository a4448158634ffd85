"""Below 18 the client and a guardian sign together, in person: domain.md 2.2, point 23."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clients.consents import actions, standing, texts
from clients.consents.models import Consent
from clients.consents.rules import Guardian
from practice.models import AuditEvent, Practice
from tests.clients.consents.signing import NAME, ticked
from tests.factories import MONDAY_NOON

pytestmark = pytest.mark.django_db
TODAY = MONDAY_NOON.date()
MOTHER = Guardian(name="Ash Wood", relation="Mother", signature="A. Wood")
SIXTEEN = date(2010, 1, 1)


@pytest.fixture
def minor(client_person):
    client_person.born_on = SIXTEEN
    client_person.save()
    return client_person


def signing(client, by, **changes):
    usual = {
        "client": client,
        "version": texts.current_number(),
        "answers": ticked(),
        "signature": NAME,
        "guardian": MOTHER,
        "in_person": True,
        "by": by,
        "now": MONDAY_NOON,
    }
    return actions.sign_agreement(**(usual | changes))


def test_both_sign_together_and_it_stands(minor, clinician):
    signed = signing(minor, clinician)

    assert (signed.signature, signed.guardian, signed.at) == (NAME, MOTHER, MONDAY_NOON)
    assert standing.movement_agreed(minor, TODAY)
    assert AuditEvent.objects.get(action="consent_given").detail["guardian"] is True


@pytest.mark.parametrize("part", ["name", "relation", "signature"])
@pytest.mark.parametrize("words", ["", " \n"])
def test_each_part_of_a_guardians_signature_is_needed(minor, clinician, part, words):
    whole = {"name": "Ash Wood", "relation": "Mother", "signature": "A. Wood"}

    with pytest.raises(actions.GuardianMissing) as no:
        signing(minor, clinician, guardian=Guardian(**(whole | {part: words})))

    assert no.value.field == f"guardian_{part}"
    assert not Consent.objects.exists()


def test_the_young_persons_own_word_is_needed_too(minor, clinician):
    with pytest.raises(actions.NoSignature):
        signing(minor, clinician, signature=" ")


def test_nobody_signs_for_a_guardian_from_afar(minor):
    with pytest.raises(actions.NotOfAge):
        signing(minor, minor.member, in_person=False)


@pytest.mark.parametrize("born_on", [date(2008, 6, 1), None])
def test_who_is_18_signs_for_themself_alone(client_person, clinician, born_on):
    client_person.born_on = born_on
    client_person.save()

    with pytest.raises(actions.NoGuardianNeeded):
        signing(client_person, clinician)


def test_from_the_birthday_on_the_client_signs_for_themself(minor, clinician):
    minor.born_on = date(2008, 6, 2)
    minor.save()
    signing(minor, clinician)

    stands = [standing.movement(minor, TODAY + timedelta(days=days)).code for days in (0, 1)]

    assert stands == ["signed", "of_age"]


def test_an_old_signature_without_a_guardian_does_not_stand_for_a_minor(client_person, clinician):
    signing(client_person, clinician, guardian=Guardian())
    client_person.born_on = SIXTEEN
    client_person.save()

    assert standing.movement(client_person, TODAY).code == "guardian_missing"


@pytest.mark.parametrize("needed", [True, False])
def test_below_18_moving_needs_it_whatever_the_practice_says(minor, clinician, needed):
    Practice.objects.update(needs_agreement=needed)
    before = standing.may_move(minor, TODAY)

    signing(minor, clinician)

    assert (before, standing.may_move(minor, TODAY)) == (False, True)


def test_a_button_pressed_twice_signs_once_and_another_guardian_is_another_line(minor, clinician):
    father = Guardian(name="Lee Wood", relation="Father", signature="L. Wood")

    signed = [signing(minor, clinician, guardian=who).pk for who in (MOTHER, MOTHER, father)]

    assert len(set(signed)) == 2


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"guardian_relation": ""}, "guardian_signs_whole_or_not_at_all"),
        ({"in_person": False}, "guardian_signs_an_agreement_in_person"),
    ],
)
def test_the_database_refuses_half_a_guardian(minor, clinician, values, name):
    row = signing(minor, clinician)
    row.pk, row._state.adding = None, True
    row.uid = minor.uid

    for field, value in values.items():
        setattr(row, field, value)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


class TestPages:
    BODY = {
        "version": "1",
        "signature": NAME,
        "guardian_name": "Ash Wood",
        "guardian_relation": "Mother",
        "guardian_signature": "A. Wood",
    }

    @pytest.fixture
    def ticks(self):
        points = {f"{point.key}-agreed": "on" for point in texts.current().points}
        return points | {"meeting-choice": "nothing"}

    @pytest.fixture
    def browser(self, browser_of, clinician):
        return browser_of(clinician)

    def test_both_sign_on_the_clinicians_device(self, browser, minor, ticks):
        page = reverse("sign_in_person", args=[minor.uid])

        shown = browser.get(page).content.decode()
        answer = browser.post(page, self.BODY | ticks)

        assert "Name of the parent or guardian" in shown
        assert answer.status_code == 302
        assert Consent.objects.get().guardian == MOTHER

    @pytest.mark.parametrize("part", ["guardian_name", "guardian_relation", "guardian_signature"])
    def test_half_a_guardian_is_asked_again(self, browser, minor, ticks, part):
        body = {**self.BODY, **ticks, part: ""}

        answer = browser.post(reverse("sign_in_person", args=[minor.uid]), body)

        assert answer.status_code == 422
        assert not Consent.objects.exists()

    def test_for_an_adult_no_guardian_is_asked_or_taken(self, browser, client_person, ticks):
        page = reverse("sign_in_person", args=[client_person.uid])

        shown = browser.get(page).content.decode()
        browser.post(page, self.BODY | ticks)

        assert "guardian_name" not in shown
        assert Consent.objects.get().guardian == Guardian()

    def test_the_copy_names_the_guardian_for_both_sides(self, browser, browser_of, minor, clinician):
        row = signing(minor, clinician, now=timezone.now())

        staff = browser.get(reverse("signed_copy", args=[minor.uid, row.uid])).content.decode()
        own = browser_of(minor.member).get(reverse("my_signed_copy", args=[row.uid])).content.decode()

        for html in (staff, own):
            assert "Signed by a parent or guardian" in html
            assert "Ash Wood · Mother" in html

    def test_both_sides_are_told_before_they_begin(self, browser, browser_of, minor):
        staff = browser.get(reverse("client_agreements", args=[minor.uid])).content.decode()
        own = browser_of(minor.member).get(reverse("my_agreement")).content.decode()

        assert "Not 18 yet." in staff
        assert "Below 18 a parent or guardian agrees too." in own
        assert "Begin" not in own
