"""The living style page: for staff, with every piece, readable by everybody, in light, dark, on phones, on paper."""

import pytest
from django.test import Client as Browser

from practice.models import Member
from tests.axe import violations
from tests.practice.web.looking import looking_at

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PAGES = {
    "style": "/style/",
    "sign-in": "/accounts/login/",
    "help": "/help-now/",
    "security": "/accounts/2fa/",
}


@pytest.fixture
def style_page(clinician: Member, browser_of) -> tuple[str, str]:
    return sent(browser_of(clinician), "/style/")


def sent(browser: Browser, path: str) -> tuple[str, str]:
    """Markup and policy of a page as it was sent."""
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode(), response["Content-Security-Policy"]


def test_it_is_for_staff(client_person, clinician: Member, browser_of) -> None:
    assert browser_of(clinician).get("/style/").status_code == 200
    assert browser_of(client_person.member).get("/style/").status_code == 403
    assert Browser().get("/style/").status_code == 302


def test_it_is_made_of_sample_values_only(
    clinician: Member, browser_of, django_assert_max_num_queries
) -> None:
    browser = browser_of(clinician)
    browser.get("/style/")

    with django_assert_max_num_queries(13):  # the session, who is signed in, and who acts
        browser.get("/style/")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("side", "screen"),
    [
        pytest.param("light", LAPTOP, id="light-laptop"),
        pytest.param("dark", PHONE, id="dark-phone"),
        pytest.param("dark", LAPTOP, id="dark-laptop", marks=pytest.mark.deep),
        pytest.param("light", PHONE, id="light-phone", marks=pytest.mark.deep),
    ],
)
def test_axe_finds_nothing(style_page: tuple[str, str], side: str, screen: dict[str, int]) -> None:
    markup, _policy = style_page

    with looking_at(markup, color_scheme=side, viewport=screen, reduced_motion="reduce") as page:
        found = violations(page)

    assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sign-in", "help", "security"])
@pytest.mark.parametrize("side", ["light", pytest.param("dark", marks=pytest.mark.deep)])
def test_axe_finds_nothing_on_the_quiet_pages(name: str, side: str, clinician: Member, browser_of) -> None:
    browser = browser_of(clinician) if name == "security" else Browser()
    markup, _policy = sent(browser, PAGES[name])

    with looking_at(markup, color_scheme=side, viewport=PHONE, reduced_motion="reduce") as page:
        found = violations(page)

    assert not found, "\n".join(found)


@pytest.mark.browser
def test_it_keeps_to_the_policy(style_page: tuple[str, str]) -> None:
    """The browser reports a breach on its console, which `looking_at` raises."""
    markup, policy = style_page

    with looking_at(markup, policy=policy) as page:
        assert page.evaluate("document.styleSheets.length") > 3


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_scrolls_sideways(style_page: tuple[str, str], width: int) -> None:
    markup, _policy = style_page

    with looking_at(markup, viewport={"width": width, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sign-in", "help"])
def test_a_finger_finds_every_control(name: str, db) -> None:
    markup, _policy = sent(Browser(), PAGES[name])

    with looking_at(markup, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        small = page.evaluate(
            """[...document.querySelectorAll('a.btn, button, input:not([type=hidden]), .call a, summary.who')]
               .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
               .map(one => one.outerHTML)"""
        )

    assert small == []


@pytest.mark.browser
def test_the_keyboard_jumps_past_the_frame_and_is_always_seen(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup.replace("data-focus-first", ""), viewport=LAPTOP) as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'main'")

    assert first == "skip"
    assert ring == "solid"


@pytest.mark.browser
def test_nothing_moves_for_those_who_asked_for_stillness(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup, reduced_motion="reduce") as page:
        moving = page.evaluate(
            "[...document.querySelectorAll('.btn')].map(one => getComputedStyle(one).transitionDuration)"
        )

    assert set(moving) == {"0s"}


@pytest.mark.browser
def test_forced_colours_keep_edges_and_marks(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup, forced_colors="active") as page:
        edges = page.evaluate(
            "[...document.querySelectorAll('.btn, .badge, .card')].map(one => getComputedStyle(one).borderTopStyle)"
        )

    assert set(edges) == {"solid"}


@pytest.mark.browser
def test_paper_has_no_navigation_and_every_table_is_open(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup, viewport=LAPTOP) as page:
        page.emulate_media(media="print")
        shown = page.evaluate(
            "['.rail', '.top', '.bar', '.demo', '.btn'].filter(css => document.querySelector(css)?.offsetParent)"
        )
        folded = page.evaluate(
            "[...document.querySelectorAll('details.more')].filter(one => one.lastElementChild.offsetHeight === 0).length"
        )

    assert shown == []
    assert folded == 0


@pytest.mark.browser
def test_light_dark_and_the_device_are_chosen_in_the_menu(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup, viewport=LAPTOP, color_scheme="light") as page:
        page.click("summary.who")
        page.click('[data-theme-set="dark"]')
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click('[data-theme-set=""]')
        device = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert dark == "rgb(18, 24, 26)"
    assert device == "rgb(251, 250, 247)"


@pytest.mark.browser
def test_the_privacy_screen_blurs_names(style_page: tuple[str, str]) -> None:
    markup, _policy = style_page

    with looking_at(markup, viewport=LAPTOP) as page:
        page.click("[data-privacy-toggle]")
        page.mouse.move(0, 0)
        blurred = page.evaluate("getComputedStyle(document.querySelector('.private')).filter")

    assert blurred.startswith("blur")
