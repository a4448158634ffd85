"""What a client tells about themself is kept at once, in the words of the day, and never lost to another device."""

from datetime import date

import pytest

from clients.instruments import NOT_SAID
from clients.intake import actions
from clients.intake.models import IntakeSheet
from clients.intake.screens import tasks_of
from clients.models import Client, EmergencyContact
from clients.screening.actions import AlreadySubmitted, ScreeningClosed, ask_screening, cancel_screening
from tests.clients.intake.conftest import BORN, tell_all
from tests.clients.screening.answering import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(intake, client_person, now):
    def say(section, ask, answer, screening=intake):
        return actions.tell(
            screening=screening, section=section, ask=ask, answer=answer, by=client_person.member, now=now
        )

    return say


def test_an_answer_is_kept_sealed(tell, intake):
    tell("hopes", "hopes", "To sleep through.")

    sheet = IntakeSheet.objects.get()
    assert sheet.answers == {"hopes": "To sleep through."}
    raw = IntakeSheet.objects.values_list("answers", flat=True).get()
    assert b"sleep" not in bytes(raw.value)


def test_two_devices_write_side_by_side(tell, intake):
    tell("contact", "name", "Mo")
    tell("contact", "relation", "a friend")
    tell("contact", "name", "Moritz")

    assert IntakeSheet.objects.get().answers == {"name": "Moritz", "relation": "a friend"}


@pytest.mark.parametrize(
    ("section", "ask", "answer"),
    [
        ("about", "called", ""),
        ("about", "called", "   "),
        ("hopes", "hopes", "x" * 4001),
        ("reaching", "voicemail", "maybe"),
        ("reaching", "voicemail", ""),
    ],
)
def test_what_is_no_answer_is_refused(tell, section, ask, answer):
    with pytest.raises(actions.NotAnAnswer):
        tell(section, ask, answer)

    assert not IntakeSheet.objects.exists()


@pytest.mark.parametrize("answer", ["2999-01-01", "1066-10-14", "yesterday", "1988-02-30"])
def test_nobody_was_born_then(tell, answer):
    with pytest.raises(actions.NotThatDay):
        tell("about", "born_on", answer)


@pytest.mark.parametrize(("section", "ask"), [("about", "weight"), ("shoes", "size"), ("hopes", "called")])
def test_there_is_no_such_question(tell, section, ask):
    with pytest.raises(actions.NoSuchQuestion):
        tell(section, ask, "x")


def test_only_an_intake_asks(tell, client_person, clinician, now):
    review = ask_screening(client=client_person, purpose="review", by=clinician, now=now)

    with pytest.raises(actions.NoSuchQuestion):
        tell("about", "called", "Sam", screening=review)


def test_what_was_taken_back_takes_no_answer(tell, intake, clinician, now):
    cancel_screening(screening=intake, by=clinician, now=now)

    with pytest.raises(ScreeningClosed):
        tell("about", "called", "Sam")


def test_a_birth_date_goes_into_a_record_without_one_and_may_be_put_right(tell, client_person):
    tell("about", "born_on", "1988-03-26")
    tell("about", "born_on", "1988-03-27")

    assert Client.objects.get(pk=client_person.pk).born_on == date(1988, 3, 27)


def test_a_birth_date_in_the_record_is_not_asked_and_not_overwritten(born, tell, intake):
    asked = [told.ask.key for task in tasks_of(intake) for told in task.told]

    with pytest.raises(actions.NoSuchQuestion):
        tell("about", "born_on", "1990-01-01")

    assert "born_on" not in asked
    assert Client.objects.get(pk=born.pk).born_on == BORN


def test_a_section_stays_as_it_was_worded_when_it_was_begun(tell, intake):
    tell("hopes", "hopes", "Sleep.")
    sheet = IntakeSheet.objects.get()
    sheet.asked["asks"][0]["text"] = "What did you wish for, back then?"
    sheet.save()

    task = next(task for task in tasks_of(intake) if task.key == "hopes")

    assert task.told[0].ask.text == "What did you wish for, back then?"


class TestHandingIn:
    @pytest.fixture
    def intake(self, short):
        return short

    @pytest.fixture
    def hand_in(self, intake, client_person, now):
        return lambda: actions.hand_in(screening=intake, by=client_person.member, now=now)

    def test_every_section_is_looked_at_first(self, hand_in, intake, client_person, now):
        fill(intake, client_person.member, now)

        with pytest.raises(actions.SectionsMissing, match="About you"):
            hand_in()

    def test_the_record_gets_what_it_lacks(self, hand_in, intake, client_person, now):
        fill(intake, client_person.member, now)
        tell_all(intake, client_person.member, now)

        hand_in()

        client = Client.objects.get(pk=client_person.pk)
        contact = EmergencyContact.objects.get(client=client)
        assert (client.phone, client.pronouns) == ("01632 960002", "Mo")
        assert (contact.name, contact.phone) == ("Mo", "01632 960002")

    def test_nothing_is_overwritten(self, hand_in, intake, client_person, now):
        client_person.phone, client_person.pronouns = "01632 960099", "they"
        client_person.save()
        EmergencyContact.objects.create(client=client_person, name="Kim", phone="01632 960098")
        fill(intake, client_person.member, now)
        tell_all(intake, client_person.member, now)

        hand_in()

        client = Client.objects.get(pk=client_person.pk)
        assert (client.phone, client.pronouns, client.emergency_contact.name) == (
            "01632 960099",
            "they",
            "Kim",
        )

    def test_what_waits_for_a_talk_goes_nowhere(self, hand_in, intake, client_person, now):
        fill(intake, client_person.member, now)
        tell_all(intake, client_person.member, now)
        for section, ask in (("contact", "name"), ("reaching", "phone")):
            actions.tell(
                screening=intake,
                section=section,
                ask=ask,
                answer=NOT_SAID,
                by=client_person.member,
                now=now,
            )

        hand_in()

        assert Client.objects.get(pk=client_person.pk).phone == ""
        assert not EmergencyContact.objects.exists()

    def test_twice_is_refused(self, hand_in, intake, client_person, now):
        fill(intake, client_person.member, now)
        tell_all(intake, client_person.member, now)
        hand_in()

        with pytest.raises(AlreadySubmitted):
            hand_in()
