"""Back to open questions by a link: once, in time, with the date of birth, and nobody is told whether they are known."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clients.instruments import read
from clients.intake import actions, rules
from clients.intake.models import ResumeLink
from clients.models import Screening
from clients.screening.actions import answer, ask_screening, cancel_screening
from clients.screening.screens import my_screening
from practice.models import AuditEvent
from practice.people.attempts import LETTER, LETTER_FROM, LINK_FROM
from tests.clients.intake.conftest import tell_all

pytestmark = pytest.mark.django_db
RIGHT = {"born_on_day": "27", "born_on_month": "3", "born_on_year": "1988"}
WRONG = {**RIGHT, "born_on_year": "1987"}
MINUTES = timedelta(minutes=1)


@pytest.fixture
def email(born):
    return born.member.user.email


@pytest.fixture
def ask(intake, email, now):
    """Ask for a link as a stranger would, then let it be sent."""

    def send(address=email, at=now):
        actions.ask_link(email=address, now=at)
        return actions.send_waiting(now=at)

    return send


@pytest.fixture
def link(ask, mailoutbox):
    ask()
    return link_in(mailoutbox[-1])


def link_in(letter):
    return re.findall(r"/resume/\S+", letter.body)[0]


def at(now, minutes):
    return time_machine.travel(now + minutes * MINUTES, tick=False)


class TestAsking:
    def test_a_letter_with_a_link_goes_to_the_address_of_the_sign_in(self, ask, mailoutbox, email):
        assert ask() == 1
        [letter] = mailoutbox

        assert letter.to == [email]
        assert letter.subject == "Your link"
        assert "Sam" not in letter.body
        said = ("question", "health", "therap", "clinic", "intake", "screening")
        assert not [word for word in said if word in letter.body.lower()]

    def test_only_the_digest_is_kept(self, link):
        token = link.split("/")[2]

        assert len(token) >= 43
        assert token not in str(ResumeLink.objects.values().get())
        assert token not in str(list(AuditEvent.objects.values()))

    def test_the_answer_is_the_same_known_or_not(self, intake, email, mailoutbox):
        known, unknown = (
            Browser().post(reverse("resume"), {"email": address}, follow=True)
            for address in (email, "nobody@clients.example")
        )

        strip = re.compile(rb"(nonce|csrf|token)[^>]*>")
        assert known.redirect_chain == unknown.redirect_chain
        assert strip.sub(b"", known.content) == strip.sub(b"", unknown.content)

    @pytest.mark.parametrize("address", ["nobody@clients.example", "", "x" * 200])
    def test_nothing_waits_for_whoever_is_not_known(self, ask, address, mailoutbox):
        assert ask(address) == 0
        assert mailoutbox == []

    def test_no_letter_without_open_questions(self, ask, intake, clinician, now):
        cancel_screening(screening=intake, by=clinician, now=now)

        assert ask() == 0

    def test_no_letter_without_a_date_of_birth(self, ask, client_person):
        client_person.born_on = None
        client_person.save()

        assert ask() == 0

    def test_no_letter_to_who_may_not_sign_in(self, ask, client_person):
        client_person.member.is_active = False
        client_person.member.save()

        assert ask() == 0

    def test_two_taps_are_one_letter(self, ask, email, now):
        actions.ask_link(email=email, now=now)

        assert ask() == 1

    def test_five_letters_an_hour(self, ask, now, mailoutbox):
        sent = [ask(at=now + number * MINUTES) for number in range(7)]

        assert sent == [1, 1, 1, 1, 1, 0, 0]

    def test_too_many_to_one_address_are_refused_alike(self, intake, email):
        for address in (email, "nobody@clients.example"):
            answers = [Browser().post(reverse("resume"), {"email": address}) for _ in range(LETTER.most + 1)]
            assert [answer.status_code for answer in answers] == [302] * LETTER.most + [429]

    def test_too_many_from_one_place_are_refused(self, db):
        answers = [
            Browser().post(reverse("resume"), {"email": f"n{number}@clients.example"})
            for number in range(LETTER_FROM.most + 1)
        ]

        assert answers[-1].status_code == 429

    def test_no_address_is_said_at_the_field(self, db):
        assert Browser().post(reverse("resume"), {"email": "not one"}).status_code == 422

    def test_a_letter_that_does_not_leave_waits(self, ask, settings, mailoutbox, now):
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        failed = ask()
        settings.EMAIL_BACKEND = backend

        assert (failed, actions.send_waiting(now=now)) == (0, 1)

    def test_what_could_not_be_sent_in_time_is_let_go(self, intake, email, now):
        actions.ask_link(email=email, now=now)

        assert actions.send_waiting(now=now + 31 * MINUTES) == 0
        assert not ResumeLink.objects.exists()


class TestComingBack:
    def test_the_date_of_birth_opens_the_questions(self, link, intake):
        browser = Browser()
        shown = browser.get(link)
        back = browser.post(link, RIGHT, follow=True)

        assert shown.status_code == 200
        assert back.redirect_chain[-1][0] == reverse("my_screening", args=[intake.uid])
        assert "A few questions before we meet outside" in back.content.decode()

    def test_answers_are_kept_as_theirs(self, link, intake, client_person):
        browser = Browser()
        browser.post(link, RIGHT)
        browser.post(reverse("my_section", args=[intake.uid, "hopes", 1]), {"value": "Sleep."})

        line = AuditEvent.objects.get(action="intake_told")
        assert line.member_uid == client_person.member.uid
        assert intake.intake_sheets.get().answers == {"hopes": "Sleep."}

    def test_looking_uses_nothing_up(self, link):
        browser = Browser()
        browser.get(link)
        browser.get(link)

        assert browser.post(link, RIGHT).status_code == 302

    def test_it_works_once(self, link):
        Browser().post(link, RIGHT)
        forwarded = Browser()

        assert forwarded.get(link).status_code == 404
        assert "This link has ended" in forwarded.post(link, RIGHT).content.decode()

    def test_it_ends_after_half_an_hour(self, link, now):
        with at(now, 29):
            assert Browser().get(link).status_code == 200
        with at(now, 31):
            assert Browser().post(link, RIGHT).status_code == 404

    def test_another_date_is_said_at_the_field(self, link):
        answer = Browser().post(link, WRONG)

        assert answer.status_code == 422
        assert "not the date we have written down" in answer.content.decode()
        assert AuditEvent.objects.filter(action="resume_refused").count() == 1

    @pytest.mark.parametrize(
        "typed", [{}, {"born_on_day": "31", "born_on_month": "2", "born_on_year": "1988"}]
    )
    def test_no_date_is_said_at_the_field(self, link, typed):
        assert Browser().post(link, typed).status_code == 422

    def test_five_wrong_dates_end_it(self, link):
        for _ in range(rules.MOST_TRIES):
            Browser().post(link, WRONG)

        assert Browser().post(link, RIGHT).status_code == 404

    def test_too_many_tries_from_one_place_are_refused(self, db):
        addresses = [reverse("open_resume_link", args=[f"made-up-{n}"]) for n in range(LINK_FROM.most + 1)]

        assert [Browser().post(one, RIGHT).status_code for one in addresses][-1] == 429

    def test_closed_questions_open_to_nobody(self, link, intake, clinician, now):
        cancel_screening(screening=intake, by=clinician, now=now)

        assert Browser().post(link, RIGHT).status_code == 404

    @pytest.mark.parametrize("token", ["made-up", "0" * 43])
    def test_a_made_up_link_looks_like_one_that_has_ended(self, db, token):
        answer = Browser().get(reverse("open_resume_link", args=[token]))

        assert answer.status_code == 404
        assert "This link has ended" in answer.content.decode()

    def test_a_new_one_is_one_tap_away(self, link, mailoutbox, now, email):
        Browser().post(link, RIGHT)

        answer = Browser().post(link, {"then": "again"}, follow=True)
        actions.send_waiting(now=now + MINUTES)

        assert "on its way" in answer.content.decode()
        assert mailoutbox[-1].to == [email]
        assert link_in(mailoutbox[-1]) != link

    def test_asking_again_with_a_made_up_link_tells_nothing(self, db, mailoutbox):
        answer = Browser().post(reverse("open_resume_link", args=["made-up"]), {"then": "again"})

        assert answer.headers["Location"] == reverse("resume_asked")
        assert not ResumeLink.objects.exists()


@pytest.fixture
def back(link):
    """The browser of whoever has the link and knows the birthday."""
    browser = Browser()
    browser.post(link, RIGHT)
    return browser


class TestWhatTheLinkOpens:
    @pytest.mark.parametrize("name", ["portal_home", "portal_log", "my_seen_by", "my_export", "mfa_index"])
    def test_nothing_but_the_questions(self, back, name):
        assert back.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))

    def test_no_program_speaks_with_it(self, back):
        assert back.get("/api/v1/me/").status_code in {401, 403}

    def test_no_other_set_of_questions(self, back, client_person, clinician, now):
        other = ask_screening(client=client_person, purpose="measure", by=clinician, now=now)

        assert back.get(reverse("my_screening", args=[other.uid])).status_code == 302

    def test_the_page_shows_no_way_to_other_pages(self, back, intake):
        html = back.get(reverse("my_screening", args=[intake.uid])).content.decode()

        assert "Your account" not in html
        assert f'href="{reverse("portal_home")}"' not in html

    def test_leaving_ends_it(self, back, intake):
        page = reverse("my_section", args=[intake.uid, "hopes", 1])
        answer = back.post(page, {"value": "Sleep.", "then": "leave"})

        assert answer.headers["Location"] == reverse("resume_saved")
        assert back.get(reverse("resume_saved")).status_code == 200
        assert back.get(page).status_code == 302
        assert intake.intake_sheets.get().answers == {"hopes": "Sleep."}

    def test_twenty_minutes_of_thinking_lose_nothing(self, back, intake, now):
        page = reverse("my_section", args=[intake.uid, "hopes", 1])
        with at(now, 20):
            first = back.post(page, {"value": "Sleep."})
        with at(now, 45):
            second = back.post(page, {"value": "Sleep well."})

        assert (first.status_code, second.status_code) == (302, 302)
        assert intake.intake_sheets.get().answers == {"hopes": "Sleep well."}

    def test_half_an_hour_of_nothing_ends_it_and_the_page_holds_what_was_typed(self, back, intake, now):
        page = reverse("my_section", args=[intake.uid, "hopes", 1])
        with at(now, 31):
            answer = back.post(page, {"value": "Sleep."})

        html = answer.content.decode()
        assert answer.status_code == 403
        assert 'value="Sleep."' in html
        assert reverse("resume") in html

    def test_four_hours_are_the_most(self, back, intake, now):
        page = reverse("my_screening", args=[intake.uid])
        for minutes in range(25, 240, 25):
            with at(now, minutes):
                assert back.get(page).status_code == 200
        with at(now, 241):
            assert back.get(page).status_code == 302

    def test_a_sign_in_taken_away_ends_it(self, back, intake, client_person):
        client_person.member.is_active = False
        client_person.member.save()

        assert back.get(reverse("my_screening", args=[intake.uid])).status_code == 302

    def test_a_new_password_ends_it(self, back, intake, client_person):
        client_person.member.user.set_password("three-other-words-apart")
        client_person.member.user.save()

        assert back.get(reverse("my_screening", args=[intake.uid])).status_code == 302

    def test_whoever_was_signed_in_here_is_signed_out(self, link, browser_of, clinician):
        browser = browser_of(clinician)
        browser.post(link, RIGHT)

        assert browser.get(reverse("today")).status_code == 302


class TestWhatTheLinkShows:
    """Somebody may have the mailbox and the birthday: what was said before the link stays behind the sign-in."""

    @pytest.fixture
    def answered(self, intake, born, now):
        """Everything is answered, signed in, before the link is asked for."""
        tell_all(Screening.objects.get(pk=intake.pk), born.member, now)
        for response in intake.responses.filter(asked_by_clinician=False):
            for item in read(response.snapshot).items:
                answer(response=response, item=item.key, value=SAY.get(item.kind, 0), by=born.member, now=now)
                response.refresh_from_db()

    def test_the_answers_to_check_say_only_that_they_are_there(self, answered, back, intake):
        page = back.get(reverse("my_screening", args=[intake.uid])).content.decode()

        assert "Check your answers" in page
        assert "Answered" in page
        assert "sign in to read them" in page
        for said in ("Sleep again.", "01632 960002", "Not at all", str(SAY["words"])):
            assert said not in page

    def test_a_question_is_shown_without_what_was_said(self, answered, back, intake):
        page = back.get(question_of(intake, "phq9.q9")).content.decode()

        assert "You have answered this" in page
        assert "checked" not in page

    def test_a_section_is_shown_without_what_was_said_or_is_known(self, answered, back, intake):
        page = back.get(reverse("my_section", args=[intake.uid, "reaching", 1])).content.decode()

        assert "01632" not in page

    def test_what_the_record_knows_is_not_told_either(self, intake, back, client_person):
        page = back.get(reverse("my_section", args=[intake.uid, "about", 1])).content.decode()

        assert client_person.name not in page

    def test_what_is_said_now_is_shown(self, answered, back, intake):
        address = question_of(intake, "phq9.q2")
        back.post(address, {"of": "phq9.q2", "value": "2"})

        page = back.get(reverse("my_screening", args=[intake.uid])).content.decode()

        assert page.count("More than half the days") == 1
        assert "checked" in back.get(address).content.decode()

    def test_passing_by_changes_nothing(self, answered, back, intake):
        for address in (question_of(intake, "phq9.q9"), reverse("my_section", args=[intake.uid, "hopes", 1])):
            assert back.post(address, {"value": ""}).status_code == 302

        assert intake.responses.get(instrument="phq9").answers["q9"] == 0
        assert intake.intake_sheets.get(section="hopes").answers

    def test_another_link_shows_nothing_of_this_one(self, answered, back, intake, ask, mailoutbox, now):
        back.post(question_of(intake, "phq9.q2"), {"of": "phq9.q2", "value": "2"})
        ask(at=now + MINUTES)
        other = Browser()
        with at(now, 2):
            other.post(link_in(mailoutbox[-1]), RIGHT)
            page = other.get(reverse("my_screening", args=[intake.uid])).content.decode()

        assert "Check your answers" in page
        assert "More than half the days" not in page

    def test_signed_in_everything_is_shown(self, answered, own, intake):
        page = own.get(reverse("my_screening", args=[intake.uid])).content.decode()

        assert "Sleep again." in page
        assert "sign in to read them" not in page


SAY: dict[str, int | str] = {"words": "Of falling behind.", "count": 0}


def question_of(intake, name):
    one = next(one for one in my_screening(intake).questions if one.name == name)
    return reverse("my_question", args=[intake.uid, one.number])
