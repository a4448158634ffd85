"""Deciding in a browser without JavaScript: choose, look at the letter, sign."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from clients.letters.models import Letter, Told
from clients.models import CareTeamMember, Clearance
from clients.screening import actions, rules
from clients.screening.standing import standing_for
from tests.clients.screening.answering import ask_asq, decide, handed_in, has_answered
from tests.factories import ClientFactory, MemberFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NO_LIMITS = {"walk_most_minutes": "", "walk_route_kinds": []}
NO_WALK = {"walk_decision": "not_suited", **NO_LIMITS}
REASON = "you told us that eating is very hard at the moment"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def handed(client_person, clinician, now):
    screening = handed_in(client_person, clinician, now=now)
    ask_asq(screening, clinician, now)
    return screening


@pytest.fixture
def staff(browser_of, clinician):
    return browser_of(clinician)


def page(name, thing):
    return reverse(name, args=[thing.uid])


def body(**changes):
    """A clinician who clears walking with a limit and holds running."""
    return {
        "walk_decision": "conditions",
        "walk_most_minutes": "30",
        "walk_route_kinds": ["flat", "quiet"],
        "run_decision": "hold",
        "rationale": "Talked through everything.",
        "review_on": str(timezone.localdate() + 90 * DAY),
        "seen": "",
        "talked": "on",
        "send_letter": "on",
        "way": "portal",
        "fit": "now",
        "reason": "your knee needs another month",
        "formats": ["office", "phone"],
    } | changes


def looked_at(staff, client, **changes):
    return staff.post(page("decide_clearance", client), body(**changes))


def signed(staff, client, letter=None, **changes):
    """The preview, then the signature on what it shows."""
    shown = looked_at(staff, client, **changes)
    text = shown.context["signed"].initial["letter"] if letter is None else letter
    return staff.post(page("sign_clearance", client), body(**changes) | {"letter": text}, follow=True)


class TestThePreview:
    def test_nothing_is_kept_by_looking(self, staff, client_person, handed):
        answer = looked_at(staff, client_person)

        assert answer.status_code == 200
        assert "Check and sign" in answer.content.decode()
        assert not Clearance.objects.exists()
        assert not Letter.objects.exists()

    def test_it_carries_what_was_typed_to_the_signature_and_back(self, staff, client_person, handed):
        html = looked_at(staff, client_person).content.decode()

        assert html.count('<input type="hidden" name="walk_route_kinds" value="quiet">') == 2
        assert html.count('<input type="hidden" name="rationale" value="Talked through everything.">') == 2

    def test_it_shows_the_decision_in_words(self, staff, client_person, handed):
        html = looked_at(staff, client_person).content.decode()

        assert "At most 30 minutes of moving. Routes: flat, quiet." in html
        assert "Talked through everything." in html

    def test_it_shows_what_is_confirmed_with_it(self, staff, client_person, handed):
        no_limits = {"walk_most_minutes": "", "walk_route_kinds": []}

        answer = looked_at(staff, client_person, walk_decision="hold", exclusions=["eating"], **no_limits)
        html = answer.content.decode()

        assert "Confirmed now: a current eating disorder." in html

    def test_it_shows_the_letter_in_our_voice(self, staff, client_person, handed):
        text = looked_at(staff, client_person).context["signed"].initial["letter"]

        assert text.startswith(
            "Thank you for your honest answers. For now we would not run with you, because your knee needs another"
            " month. This is about safety today, not about you."
        )
        assert "You can still walk with us." in text
        assert "sit-down sessions in the office or sessions by phone" in text
        assert "or when you tell us something changed." in text

    def test_going_back_keeps_what_was_typed(self, staff, client_person, handed):
        answer = looked_at(staff, client_person, step="change")

        assert answer.status_code == 200
        assert "Talked through everything." in answer.content.decode()
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"reason": ""}, "Say in plain words why not now"),
            ({**NO_WALK, "fit": "not_a_fit", "alternatives": "Only one"}, "Name two other ways"),
            ({"walk_most_minutes": "3"}, "greater than or equal to 5"),
            ({"walk_route_kinds": ["steep"]}, "is not one of the available choices"),
            ({"walk_decision": "cleared"}, "Limits go with"),
            ({"walk_only": "on", "run_decision": "cleared"}, "Walk only means"),
            ({"walk_letter_by": "2000-01-01"}, "from today on"),
        ],
    )
    def test_a_refusal_is_said_before_the_letter(self, staff, client_person, handed, changes, words):
        answer = looked_at(staff, client_person, **changes)

        assert answer.status_code == 422
        assert words in answer.content.decode()


class TestSigning:
    def test_it_keeps_the_decision_with_its_limits_and_the_version_of_the_rules(
        self, staff, client_person, handed
    ):
        answer = signed(staff, client_person, screening=str(handed.uid))

        walk = Clearance.objects.get(mode="walk")
        assert "Decided" in answer.content.decode()
        assert (walk.limits.most_minutes, walk.limits.route_kinds, walk.ruleset) == (
            30,
            ("flat", "quiet"),
            rules.VERSION,
        )
        assert Clearance.objects.get(mode="run").decision == "hold"

    def test_it_needs_a_fresh_sign_in_and_loses_nothing(self, staff, client_person, handed, time_machine):
        time_machine.move_to(timezone.now() + timedelta(minutes=12))

        answer = staff.post(page("sign_clearance", client_person), body(letter="Dear you"))

        assert answer.status_code == 403
        assert "Talked through everything." in answer.content.decode()
        assert not Clearance.objects.exists()

    def test_the_letter_waits_on_the_clients_pages_and_the_mail_says_nothing(
        self, staff, client_person, handed, django_capture_on_commit_callbacks, browser_of
    ):
        with django_capture_on_commit_callbacks(execute=True):
            signed(staff, client_person)

        assert [(one.subject, one.to) for one in mail.outbox] == [
            ("Something to read on your pages", [client_person.member.user.email])
        ]
        assert not {"walk", "run", "decision", "letter", "therapy"} & set(mail.outbox[0].body.lower().split())
        home = browser_of(client_person.member).get(reverse("portal_home")).content.decode()
        assert "A letter for you" in home

    def test_who_was_told_is_kept(self, staff, client_person, handed):
        signed(staff, client_person)

        told = Told.objects.get()
        assert (told.whom, told.how, told.told_by.name) == ("The client", "portal", "Robin Vale")

    def test_without_a_letter_nobody_is_told(self, staff, client_person, handed):
        signed(staff, client_person, letter="", send_letter="")

        assert Clearance.objects.count() == 2
        assert not Letter.objects.exists()

    @pytest.mark.parametrize(
        ("text", "words"), [("  ", "The letter is empty"), ("You were rejected.", "Say it without")]
    )
    def test_a_refused_letter_keeps_no_decision(self, staff, client_person, handed, text, words):
        answer = signed(staff, client_person, letter=text)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Clearance.objects.exists()

    def test_somebody_without_pages_gets_paper(self, staff, clinician, now):
        client = ClientFactory(treated_by=clinician, member=None)
        has_answered(client, clinician, now - DAY)

        assert "no pages of their own" in signed(staff, client, letter="Dear you").content.decode()
        assert signed(staff, client, letter="Dear you", way="paper").status_code == 200
        assert Letter.objects.get().way == "paper"

    def test_not_a_fit_names_two_ways_onward_and_what_happens_to_the_record(
        self, staff, client_person, handed
    ):
        signed(
            staff,
            client_person,
            walk_decision="not_suited",
            run_decision="not_suited",
            walk_most_minutes="",
            walk_route_kinds=[],
            fit="not_a_fit",
            reason=REASON,
            alternatives="The eating disorder clinic, 0000 1\nDr Ash, 0000 2",
        )

        letter = Letter.objects.get()
        assert letter.kind == "not_a_fit"
        for words in (REASON, "• The eating disorder clinic, 0000 1", "• Dr Ash", "stays in your record"):
            assert words in letter.text

    def test_a_colleague_outside_the_care_team_finds_nobody(self, browser_of, client_person, colleague):
        assert browser_of(colleague).post(page("sign_clearance", client_person), body()).status_code == 404

    def test_whoever_only_reads_signs_nothing(self, browser_of, client_person):
        supervisor = MemberFactory(roles=["supervisor"])
        CareTeamMember.objects.create(
            client=client_person, member=supervisor, part="supervising", since=date(2020, 1, 1)
        )

        assert browser_of(supervisor).post(page("sign_clearance", client_person), body()).status_code == 403


class TestThePage:
    def test_it_says_why_and_what_would_speak_against_it(self, staff, client_person, clinician, now):
        handed_in(client_person, clinician, now=now, drugs={"times": 2})

        html = staff.get(page("decide_clearance", client_person)).content.decode()

        assert "because of rule" in html
        assert "To weigh:" in html
        assert "Smith 2010" in html
        assert f"version {rules.VERSION}" in html

    def test_it_shows_what_has_changed_since_the_last_time(self, staff, client_person, clinician, now):
        handed_in(client_person, clinician, now=now - 40 * DAY)
        handed_in(client_person, clinician, now=now, readiness={"legs": 1})

        changed = {one.name: one.changes for one in self.shown(staff, client_person).changed}

        assert [(one.before, one.now) for one in changed["Ready to move together"]] == [("No", "Yes")]
        assert changed["PHQ-9"] == ()

    def test_a_first_screening_has_nothing_to_compare(self, staff, client_person, handed):
        assert self.shown(staff, client_person).changed == ()

    def test_a_doctors_letter_is_noted_once(self, staff, client_person, clinician, now):
        has_answered(client_person, clinician, now - DAY)
        limits = {"walk_letter_by": str(timezone.localdate() + 10 * DAY), "run_decision": "", "letter": "x"}
        signed(staff, client_person, **limits)
        clearance = Clearance.objects.get()
        later = timezone.localdate() + 11 * DAY

        before = standing_for(client_person, "walk", later).code
        first = staff.post(page("letter_seen", clearance), {"words": "All well."}, follow=True)
        again = staff.post(page("letter_seen", clearance), {"words": ""}, follow=True)

        assert (before, standing_for(client_person, "walk", later).code) == ("letter_missing", "conditions")
        assert "The decision holds on" in first.content.decode()
        assert first.content.decode().count("What the doctor’s letter says: All well.") == 2
        assert "has seen the letter already" in again.content.decode()

    def test_a_decision_that_awaits_none_refuses_a_letter(self, client_person, clinician, now):
        with pytest.raises(actions.NoLetterAwaited):
            actions.see_letter(clearance=decide(client_person, clinician), words="", by=clinician, now=now)

    def shown(self, staff, client):
        return staff.get(page("decide_clearance", client)).context["page"]
