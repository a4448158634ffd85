"""Letters: what they say, how they go out, who reads them, what never changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from clients.letters import actions, rules
from clients.letters.models import Letter, Told
from clients.models import Client
from practice.models import AuditEvent
from tests.clients.screening.answering import decide
from tests.factories import MONDAY_NOON, ClientFactory, MemberFactory

LATER = MONDAY_NOON + timedelta(hours=1)
FACTS: dict[str, Any] = {
    "kind": "not_now",
    "stopped": ["walk", "run"],
    "open_for": [],
    "reason": "you have not slept for a week.",
    "conditions": [],
    "formats": ["office", "video"],
    "referral": "Dr Ash is glad to see you; we can call together.",
    "alternatives": [],
    "lines": ["Crisis line: 000"],
    "look_again_on": date(2026, 8, 30),
    "clinician": "Robin Vale",
    "practice": "Towpath Practice",
    "phone": "0000 1234",
}


def draft(**changes):
    return rules.draft(rules.Facts(**(FACTS | changes)))


class TestTheDraft:
    def test_not_now_is_in_our_voice(self):
        assert draft().split("\n\n") == [
            "Thank you for your honest answers. For now we would not run or walk with you, because you have not slept"
            " for a week. This is about safety today, not about you.",
            "What stays open for you: sit-down sessions in the office or sessions by video. Dr Ash is glad to see you;"
            " we can call together.",
            "If you need somebody before then:\n• Crisis line: 000",
            "We will look again on 30 August 2026, or when you tell us something changed.",
            "Robin Vale\nTowpath Practice",
        ]

    def test_where_walking_stays_open_it_says_so_with_what_was_agreed(self):
        text = draft(stopped=["run"], open_for=["walk"], conditions=["At most 30 minutes of moving."])

        assert "we would not run with you" in text
        assert "You can still walk with us." in text
        assert "What we have agreed on:\n• At most 30 minutes of moving." in text

    def test_not_a_fit_names_ways_onward_the_record_and_whom_to_reply_to(self):
        text = draft(kind="not_a_fit", alternatives=["The clinic, 0000 1", "Dr Ash, 0000 2"])

        for words in (
            "• The clinic, 0000 1\n• Dr Ash, 0000 2",
            "stays in your record",
            "Robin Vale",
            "0000 1234",
        ):
            assert words in text

    def test_without_a_phone_there_is_a_name_to_write_to(self):
        assert "write to Robin Vale" in draft(kind="not_a_fit", alternatives=["A", "B"], phone="")

    def test_moving_together_leaves_the_pace_to_the_client(self):
        text = draft(kind="open", stopped=[], open_for=["walk", "run"], reason="")

        assert "We would be glad to run or walk with you." in text
        assert "You set the pace" in text

    @pytest.mark.parametrize("kind", ["open", "not_now", "not_a_fit"])
    def test_no_draft_judges(self, kind):
        assert rules.never_said_in(draft(kind=kind, open_for=["walk"], alternatives=["A", "B"])) == ()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("You were REJECTED.", ("rejected",)),
            ("unfit, failed", ("failed", "unfit")),
            ("fit as you are", ()),
            (
                "This rejection is a failure; rejecting, failing.",
                ("failing", "failure", "rejecting", "rejection"),
            ),
            ("It is self-rejection.", ("rejection",)),
            ("because of heart failure", ()),
        ],
    )
    def test_words_that_judge_are_found(self, text, said):
        assert rules.never_said_in(text) == said

    @pytest.mark.parametrize(
        ("reason", "within"),
        [
            ("You have not slept for a week.", "you have not slept for a week"),
            ("Because your ankle heals", "your ankle heals"),
            ("Dr Ash asks for a rest", "Dr Ash asks for a rest"),
            ("I think rest comes first", "I think rest comes first"),
        ],
    )
    def test_the_reason_goes_on_with_the_sentence(self, reason, within):
        assert f"because {within}. This is about" in draft(reason=reason)

    @pytest.mark.parametrize(
        ("decisions", "is_a_fit", "kind"),
        [
            (["cleared", "conditions"], True, "open"),
            (["cleared", "hold"], True, "not_now"),
            (["not_suited"], True, "not_now"),
            (["not_suited"], False, "not_a_fit"),
            (["cleared", "not_suited"], False, "not_now"),
            (["cleared"], False, "open"),
        ],
    )
    def test_the_decision_chooses_the_letter(self, decisions, is_a_fit, kind):
        assert rules.kind_for(decisions, is_a_fit=is_a_fit) == kind


@pytest.mark.django_db
class TestSending:
    @pytest.fixture
    def clearance(self, client_person, clinician):
        return decide(client_person, clinician, decision="not_suited")

    def sent(self, clearance, by, **changes):
        letter = actions.Written(**({"kind": "not_now", "text": "Dear Alex, for now we sit."} | changes))
        return actions.send_letter(clearance=clearance, letter=letter, by=by, now=LATER)

    def test_the_mail_goes_out_after_the_letter_is_kept_and_says_nothing(
        self, clearance, clinician, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            self.sent(clearance, clinician)

        assert len(mail.outbox) == 1
        assert "Alex" not in f"{mail.outbox[0].body} {mail.outbox[0].subject}"

    def test_a_mail_that_fails_undoes_nothing(
        self, clearance, clinician, django_capture_on_commit_callbacks, settings
    ):
        settings.EMAIL_BACKEND = "no.such.Backend"

        with django_capture_on_commit_callbacks(execute=True):
            self.sent(clearance, clinician)

        assert Letter.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"text": " \n"}, actions.LetterIsEmpty),
            ({"text": "You failed."}, actions.SaysWhatWeNeverSay),
            ({"way": "pigeon"}, actions.UnknownWay),
        ],
    )
    def test_it_is_refused(self, clearance, clinician, changes, refusal):
        with pytest.raises(refusal):
            self.sent(clearance, clinician, **changes)

    def test_nobody_without_pages_gets_one_there(self, clinician):
        somebody = ClientFactory(treated_by=clinician, member=None)

        with pytest.raises(actions.NoPortal):
            self.sent(decide(somebody, clinician, decision="hold"), clinician)

    def test_paper_sends_no_mail(self, clearance, clinician, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.sent(clearance, clinician, way="paper")

        assert not mail.outbox
        assert Told.objects.get().how == "paper"

    def test_a_letter_never_changes_but_is_marked_as_read_once(self, clearance, clinician, client_person):
        letter = self.sent(clearance, clinician)
        marked = actions.mark_read(letter=letter, by=client_person.member, now=LATER)
        again = actions.mark_read(letter=letter, by=client_person.member, now=LATER + timedelta(days=1))

        assert marked.read_at == again.read_at == LATER
        assert AuditEvent.objects.filter(action="letter_read").count() == 1
        with pytest.raises(IntegrityError, match="stays as it was signed"), transaction.atomic():
            Letter.objects.update(way="paper", read_at=None)

    def test_one_on_paper_is_never_marked_as_read(self, clearance, clinician):
        letter = self.sent(clearance, clinician, way="paper")

        with pytest.raises(IntegrityError, match="only_a_letter_in_the_portal"), transaction.atomic():
            actions.mark_read(letter=letter, by=clinician, now=LATER)

    def test_looking_at_it_is_in_the_trail_and_not_on_the_letter(self, clearance, clinician, client_person):
        letter = self.sent(clearance, clinician)

        actions.open_letter(letter=letter, by=client_person.member, now=LATER)

        letter.refresh_from_db()
        assert letter.read_at is None
        assert AuditEvent.objects.filter(action="letter_opened").exists()

    def test_somebody_told_has_a_name(self, clearance, clinician):
        with pytest.raises(actions.NeedsWhom):
            actions.note_told(clearance=clearance, whom=" ", how="phone", by=clinician, now=LATER)
        with pytest.raises(actions.UnknownWay):
            actions.note_told(clearance=clearance, whom="Dr Ash", how="shout", by=clinician, now=LATER)

    def test_who_was_told_never_changes(self, clearance, clinician):
        actions.note_told(clearance=clearance, whom="Dr Ash", how="phone", by=clinician, now=LATER)

        with pytest.raises(IntegrityError, match="who was told never changes"), transaction.atomic():
            Told.objects.update(how="post")


@pytest.mark.django_db
class TestReading:
    @pytest.fixture
    def letter(self, client_person, clinician):
        clearance = decide(client_person, clinician, decision="not_suited")
        written = actions.Written(kind="not_now", text="Dear Alex.\n\nFor now we sit.")
        return actions.send_letter(clearance=clearance, letter=written, by=clinician, now=LATER)

    def test_the_client_reads_it_on_their_own_pages(self, browser_of, client_person, letter):
        html = browser_of(client_person.member).get(reverse("my_letter", args=[letter.uid])).content.decode()

        assert "For now we sit." in html
        assert Letter.objects.get().read_at is None

    def test_the_client_says_that_they_have_read_it_and_the_team_sees_when(
        self, browser_of, client_person, clinician, letter
    ):
        own = browser_of(client_person.member)

        said = own.post(reverse("read_my_letter", args=[letter.uid]), follow=True).content.decode()

        assert "You told us that you have read it" in said
        assert "I have read this" not in said
        html = browser_of(clinician).get(reverse("letter", args=[letter.uid])).content.decode()
        assert "the client says that they have read it" in html

    def test_nobody_says_it_for_them(self, browser_of, clinician, letter):
        page, other = reverse("read_my_letter", args=[letter.uid]), ClientFactory(portal=True)

        assert browser_of(clinician).post(page).status_code == 403
        assert browser_of(other.member).post(page).status_code == 404
        assert Letter.objects.get().read_at is None

    def test_another_client_finds_nothing(self, browser_of, letter):
        other: Client = ClientFactory(portal=True)

        assert browser_of(other.member).get(reverse("my_letter", args=[letter.uid])).status_code == 404

    def test_one_on_paper_is_not_on_their_pages(self, browser_of, client_person, clinician):
        clearance = decide(client_person, clinician, decision="hold")
        written = actions.Written(kind="not_now", text="Dear Alex.", way="paper")
        letter = actions.send_letter(clearance=clearance, letter=written, by=clinician, now=LATER)

        own = browser_of(client_person.member)
        assert own.get(reverse("my_letter", args=[letter.uid])).status_code == 404
        assert "A letter for you" not in own.get(reverse("portal_home")).content.decode()

    def test_the_team_reads_it_with_who_was_told(self, browser_of, clinician, letter):
        staff, page = browser_of(clinician), reverse("letter", args=[letter.uid])
        body = {"whom": "Dr Ash", "how": "phone", "words": "Agreed by the client."}

        empty = staff.post(reverse("letter_told", args=[letter.uid]), {"how": "phone"})
        said = staff.post(reverse("letter_told", args=[letter.uid]), body, follow=True).content.decode()

        assert empty.status_code == 422
        assert "Dr Ash" in said
        assert "not marked as read yet" in staff.get(page).content.decode()

    def test_a_colleague_finds_nothing_and_reception_may_not(self, browser_of, colleague, reception, letter):
        page = reverse("letter", args=[letter.uid])

        assert browser_of(colleague).get(page).status_code == 404
        assert browser_of(reception).get(page).status_code == 403

    def test_it_is_in_the_timeline(self, browser_of, client_person, clinician, letter):
        from practice import contributions  # noqa: PLC0415 - the givers register first

        items = contributions.timeline(client_person, clinician, MONDAY_NOON, LATER)

        assert "Letter: Not moving together now" in [str(item.title) for item in items]
        assert not [
            item
            for item in contributions.timeline(
                client_person, MemberFactory(roles=["reception"]), MONDAY_NOON, LATER
            )
            if item.icon == "mail"
        ]
