"""A draft is announced twice, then erased; what a safety answer said stays with its alert."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from clients.intake import actions, rules
from clients.intake.contributions import attention
from clients.intake.models import Draft, IntakeSheet
from clients.intake.rules import Due, due
from clients.lifecycle.models import Hold
from clients.models import SafetyAlert
from clients.screening.actions import answer, ask_screening
from practice.models import AuditEvent
from tests.clients.damage import damage
from tests.clients.intake.conftest import tell_all
from tests.clients.screening.answering import fill
from tests.factories import MONDAY_NOON, ClientFactory

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "second", "day", "expected"),
    [
        (None, None, 15, None),
        (None, None, 16, Due.FIRST_NOTICE),
        (None, None, 300, Due.FIRST_NOTICE),
        (16, None, 26, None),
        (16, None, 27, Due.SECOND_NOTICE),
        (300, None, 306, None),
        (300, None, 307, Due.SECOND_NOTICE),
        (16, 27, 29, None),
        (16, 27, 30, Due.ERASURE),
        (16, 40, 42, None),
        (16, 40, 43, Due.ERASURE),
    ],
)
def test_what_is_due_and_when(first, second, day, expected):
    def after(days):
        return None if days is None else MONDAY_NOON + days * DAY

    found = due(
        touched_at=MONDAY_NOON,
        first_notice_at=after(first),
        second_notice_at=after(second),
        now=MONDAY_NOON + day * DAY,
    )

    assert found == expected


def test_nothing_is_erased_a_moment_early():
    notices = {"first_notice_at": MONDAY_NOON + 16 * DAY, "second_notice_at": MONDAY_NOON + 27 * DAY}
    end = MONDAY_NOON + rules.KEPT

    assert due(touched_at=MONDAY_NOON, now=end - timedelta(microseconds=1), **notices) is None


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture
    def begun(self, short, client_person, now):
        """Something told, and half the questions answered with a safety answer among them."""
        tell_all(short, client_person.member, now)
        response = short.responses.get(instrument="phq9")
        for item, value in (("q1", 2), ("q9", 3)):
            answer(response=response, item=item, value=value, by=client_person.member, now=now)
        return short

    @pytest.fixture
    def keep(self, now):
        return lambda *days: [actions.keep_drafts(now=now + day * DAY) for day in days]

    def test_two_letters_and_then_it_is_gone(self, begun, keep, mailoutbox, client_person):
        keep(16, 27, 30)

        response = begun.responses.get(instrument="phq9")
        assert [letter.to for letter in mailoutbox] == [[client_person.member.user.email]] * 2
        assert response.answers == {}
        assert not IntakeSheet.objects.exists()
        assert Draft.objects.get().erased_at

    def test_a_safety_answer_stays_with_its_alert(self, begun, keep):
        keep(16, 27, 30)

        alert = SafetyAlert.objects.get()
        assert alert.said == "Nearly every day"
        assert alert.seen_at is None

    def test_an_alert_from_before_gets_the_words_of_its_answer(self, begun, keep):
        alert = SafetyAlert.objects.get()
        alert.said = ""
        alert.save(update_fields=["said"])

        keep(16, 27, 30)

        assert SafetyAlert.objects.get().said == "Nearly every day"

    def test_the_letters_say_nothing_to_whoever_sees_them(self, begun, keep, mailoutbox, client_person):
        keep(16, 27)

        for letter in mailoutbox:
            words = f"{letter.subject} {letter.body}".lower()
            assert letter.subject == "Something is waiting for you"
            said = ("question", "answer", "health", "therap", "clinic", "intake", "screening", "mood", "sam")
            assert not [word for word in said if word in words]

    def test_doing_it_twice_tells_nobody_twice(self, begun, keep, mailoutbox):
        keep(16, 16, 16.5, 27, 27)

        assert len(mailoutbox) == 2

    def test_late_notices_still_leave_time(self, begun, keep):
        done = keep(60, 66, 67, 69, 70)

        assert [next((step for step, count in one.items() if count), None) for one in done] == [
            Due.FIRST_NOTICE,
            None,
            Due.SECOND_NOTICE,
            None,
            Due.ERASURE,
        ]

    def test_going_on_begins_anew(self, begun, keep, client_person, now):
        keep(16, 27)
        response = begun.responses.get(instrument="phq9")
        answer(response=response, item="q2", value=1, by=client_person.member, now=now + 28 * DAY)

        keep(30, 40)

        assert begun.responses.get(instrument="phq9").answers == {"q1": 2, "q2": 1, "q9": 3}
        assert Draft.objects.get().second_notice_at is None

    def test_what_is_handed_in_is_no_draft(self, begun, keep, client_person, now, mailoutbox):
        fill(begun, client_person.member, now)
        actions.hand_in(screening=begun, by=client_person.member, now=now)

        keep(16, 27, 30)

        assert mailoutbox == []
        assert begun.responses.get(instrument="phq9").answers

    def test_a_record_on_hold_keeps_its_draft(self, begun, keep, clinician, client_person, now):
        Hold.objects.create(client=client_person, reason="claim", set_by=clinician, set_at=now)

        keep(16, 27, 30, 90)

        assert begun.responses.get(instrument="phq9").answers
        assert Draft.objects.get().erased_at is None

    def test_a_letter_that_does_not_leave_is_no_notice(self, begun, keep, settings, mailoutbox):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = (
            "django.core.mail.backends.smtp.EmailBackend",
            "127.0.0.1",
        )
        settings.EMAIL_PORT = 1

        keep(16, 27, 30)

        assert Draft.objects.get().first_notice_at is None
        assert begun.responses.get(instrument="phq9").answers

    def test_who_cannot_sign_in_was_told_nothing_and_loses_nothing(
        self, begun, keep, mailoutbox, client_person
    ):
        client_person.member.is_active = False
        client_person.member.save()

        keep(16, 27, 30, 90)

        assert mailoutbox == []
        assert (Draft.objects.get().first_notice_at, Draft.objects.get().erased_at) == (None, None)
        assert begun.responses.get(instrument="phq9").answers

    def test_one_that_cannot_be_kept_keeps_no_other_waiting(self, begun, keep, clinician, now):
        other = ClientFactory(portal=True, treated_by=clinician)
        asked = ask_screening(client=other, purpose="intake", by=clinician, now=now)
        response = asked.responses.get(instrument="phq9")
        answer(response=response, item="q1", value=1, by=other.member, now=now + timedelta(minutes=1))
        keep(17, 28)
        alert = SafetyAlert.objects.get()
        alert.said = ""
        alert.save(update_fields=["said"])
        damage("clients_response", "answers", begun.responses.get(instrument="phq9").pk)

        keep(32)

        assert Draft.objects.get(client=other).erased_at
        assert not Draft.objects.exclude(client=other).get().erased_at

    def test_each_step_leaves_a_line(self, begun, keep):
        keep(16, 27, 30)

        said = list(
            AuditEvent.objects.filter(subject="draft").values_list("action", flat=True).order_by("pk")
        )
        assert [word for word in said if word.startswith("draft_")] == [
            "draft_notice_given",
            "draft_notice_given",
            "draft_erased",
        ]

    def test_the_client_is_told_on_the_page_as_well(self, begun, keep, own):
        keep(16)
        before = own.get(f"/my/questions/{begun.uid}/").content.decode()
        keep(27, 30)
        after = own.get(f"/my/questions/{begun.uid}/").content.decode()

        assert "waits here until" in before
        assert "was erased on" in after
        assert "was erased on" in own.get("/my/").content.decode()

    def test_the_clinician_hears_of_it(self, begun, keep, clinician, now):
        keep(16, 27, 30)

        found = attention(clinician, now + 31 * DAY)

        assert [one.urgency for one in found] == ["news"]

    def test_the_command_does_the_same(self, begun, capsys):
        call_command("drafts")

        assert capsys.readouterr().out == "first_notice: 0, second_notice: 0, erasure: 0\n"
