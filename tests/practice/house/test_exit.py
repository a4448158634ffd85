""" "Exit quickly": off until an owner says where it leads, on every page of clients from then on, and honest about it."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from practice.house import actions, rules
from practice.house.contributions import attention
from practice.models import AuditEvent, Practice
from practice.resources.publishing import publish
from practice.web import helplines
from tests.factories import MONDAY_NOON
from tests.practice.web.looking import looking_at

WEATHER = "https://weather.example/today?town=lock"
LINK = 'rel="noreferrer noopener nofollow" data-exit'


class TestWhereItMayLead:
    @pytest.mark.parametrize("address", [WEATHER, "https://news.example", "https://a-b.c.example:8443/x"])
    def test_an_everyday_page(self, address):
        assert rules.leads_away(address)

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "http://weather.example/",
            "//weather.example/",
            "/resources/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://localhost/",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://weather.example:x/",
            "https://sam:secret@weather.example/",
            "https://weather .example/",
            "https://weather.example/\n",
            "https://weäther.example/",
            "https://..example/",
            "https://weather.example/" + "x" * rules.LONGEST,
        ],
    )
    def test_nothing_else(self, address):
        assert not rules.leads_away(address)

    def test_not_to_ourselves(self):
        assert not rules.leads_away("https://Practice.example/x", own_host="practice.example:8000")


@pytest.mark.django_db
class TestSwitchingIt:
    def test_it_is_off_and_an_owner_is_asked(self, open_to_clients, owner, clinician):
        asked = [str(one.title) for one in attention(owner, MONDAY_NOON)]

        assert asked == ["Decide whether clients see “Exit quickly”"]
        assert attention(clinician, MONDAY_NOON) == []

    @pytest.mark.parametrize("to", [WEATHER, ""])
    def test_yes_and_no_are_both_an_answer(self, open_to_clients, owner, to):
        actions.set_exit(to=to, by=owner, now=MONDAY_NOON)

        assert attention(owner, MONDAY_NOON) == []
        assert Practice.objects.get().exit_to == to
        action = "exit_switched_on" if to else "exit_switched_off"
        assert AuditEvent.objects.filter(action=action, member_uid=owner.uid).count() == 1

    def test_an_address_that_will_not_do_is_refused(self, practice, owner):
        with pytest.raises(actions.NoWayOut):
            actions.set_exit(to="http://weather.example", by=owner, now=MONDAY_NOON)

        assert not Practice.objects.get().exit_is_decided

    @pytest.mark.parametrize(
        "values", [{"exit_to": "http://x.example"}, {"exit_to": WEATHER, "exit_is_decided": False}]
    )
    def test_the_database_refuses_it_too(self, practice, values):
        with pytest.raises(IntegrityError, match="exit_leads_to_a_safe_address"), transaction.atomic():
            Practice.objects.update(**{"exit_is_decided": True, **values})

    def test_an_owner_types_it_and_takes_it_back(self, browser_of, practice, owner):
        page = browser_of(owner)

        page.post(reverse("set_exit"), {"is_on": "on", "exit_to": f" {WEATHER} "})
        on = Practice.objects.get().exit_to
        page.post(reverse("set_exit"), {"exit_to": WEATHER})

        assert (on, Practice.objects.get().exit_to) == (WEATHER, "")

    @pytest.mark.parametrize("to", ["", "http://weather.example", "https://testserver/", "x" * 301])
    def test_on_without_an_address_that_will_do_is_not_on(self, browser_of, practice, owner, to):
        answer = browser_of(owner).post(reverse("set_exit"), {"is_on": "on", "exit_to": to})

        assert answer.status_code == 422
        assert Practice.objects.get().exit_to == ""

    @pytest.mark.parametrize("role", ["clinician", "reception"])
    def test_nobody_else_does(self, browser_of, request, role):
        member = request.getfixturevalue(role)

        assert browser_of(member).post(reverse("set_exit"), {"exit_to": ""}).status_code == 403


@pytest.mark.django_db
class TestOnThePages:
    @pytest.fixture
    def way_out(self, practice):
        Practice.objects.update(exit_to=WEATHER, exit_is_decided=True)

    PORTAL = ("portal_home", "portal_log", "portal_plan", "my_agreements", "my_changes", "my_safety_plan")
    OPEN = ("resume", "resume_asked", "account_login")

    @pytest.mark.parametrize("name", PORTAL)
    def test_it_is_on_every_page_of_a_client(self, browser_of, client_person, way_out, name):
        html = browser_of(client_person.member).get(reverse(name)).content.decode()

        assert f'href="{WEATHER}" {LINK}' in html

    @pytest.mark.parametrize("name", OPEN)
    def test_it_is_there_before_anybody_signs_in(self, way_out, name):
        assert LINK in Browser().get(reverse(name)).content.decode()

    @pytest.mark.parametrize("name", [*PORTAL, *OPEN])
    def test_it_is_nowhere_while_it_is_off(self, browser_of, client_person, name):
        assert "data-exit" not in browser_of(client_person.member).get(reverse(name)).content.decode()

    def test_staff_have_no_use_for_it(self, browser_of, clinician, way_out):
        assert "data-exit" not in browser_of(clinician).get(reverse("today")).content.decode()

    def test_what_it_does_not_do_is_said_first(self, browser_of, client_person, way_out):
        browser = browser_of(client_person.member)

        html = browser.get(reverse("about_exit")).content.decode()

        assert "It does not erase the history of this browser." in html
        assert "It does not sign you out." in html
        assert "weather.example" in html

    def test_there_is_nothing_to_explain_while_it_is_off(self, practice):
        assert Browser().get(reverse("about_exit")).status_code == 404

    def test_the_help_page_knows_it_from_its_file_alone(self, way_out):
        publish()
        Practice.objects.update(exit_to="")

        html = Browser().get(reverse("help_now")).content.decode()

        assert LINK in html
        assert LINK in (helplines.folder() / helplines.PAGE).read_text()

    def test_a_file_of_before_or_none_at_all_shows_none(self, practice):
        publish()

        assert "exit_to" not in json.loads((helplines.folder() / helplines.ROWS).read_text())
        assert helplines.exit_to() == ""
        (helplines.folder() / helplines.ROWS).write_text("[]")
        assert helplines.exit_to() == ""


@pytest.mark.django_db
class TestInABrowser:
    """The page asked for stays away here, so what is asked for is what counts."""

    PHONE = {"width": 360, "height": 740}

    @pytest.fixture
    def sent(self, practice, client_person, browser_of):
        Practice.objects.update(exit_to=WEATHER, exit_is_decided=True)
        answer = browser_of(client_person.member).get(reverse("my_changes"))
        return answer.content.decode(), answer["Content-Security-Policy"]

    @pytest.mark.parametrize("java_script_enabled", [True, False])
    def test_one_tap_leaves_with_and_without_javascript(self, sent, java_script_enabled):
        with (
            looking_at(
                sent[0], policy=sent[1], viewport=self.PHONE, java_script_enabled=java_script_enabled
            ) as page,
            page.expect_request(WEATHER),
        ):
            page.get_by_role("link", name="Exit quickly").click()

    def test_shift_three_times_leaves_and_covers_the_page_at_once(self, sent):
        with looking_at(sent[0], policy=sent[1], viewport=self.PHONE) as page:
            with page.expect_request(WEATHER):
                for _press in range(3):
                    page.keyboard.press("Shift")
            assert not page.locator("main").is_visible()

    def test_capitals_leave_nothing(self, sent):
        asked = []
        with looking_at(sent[0], policy=sent[1]) as page:
            page.on("request", lambda request: asked.append(request.url))
            for letter in "ABCD":
                page.keyboard.press(f"Shift+{letter}")
            page.wait_for_function("true")

        assert WEATHER not in asked

    def test_it_is_the_second_thing_a_keyboard_comes_to_and_stays_in_sight(self, sent):
        with looking_at(sent[0], policy=sent[1], viewport=self.PHONE) as page:
            for _press in range(3):
                page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.textContent.trim()")
            page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
            box = page.get_by_role("link", name="Exit quickly").bounding_box()

        assert focused == "Exit quickly"
        assert box is not None
        assert (box["y"] >= 0, box["height"] >= 44) == (True, True)
