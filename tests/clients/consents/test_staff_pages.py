"""The care team's page, signing together, noting what is taken back; the owner's texts."""

import pytest
from django.urls import reverse

from clients.consents import standing, texts
from clients.consents.models import AgreementDraft, AgreementText, Consent
from practice.models import Job, Practice
from tests.clients.consents.signing import NAME, keep, sign
from tests.factories import MONDAY_NOON
from tests.security.bodies import TICKS

TODAY = MONDAY_NOON.date()


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(MONDAY_NOON, tick=False)


@pytest.fixture
def browser(browser_of, clinician):
    return browser_of(clinician)


@pytest.fixture
def address(client_person):
    def of(name, *more):
        return reverse(name, args=[client_person.uid, *more])

    return of


def said(page):
    return page.content.decode()


def test_what_is_missing_is_said(browser, address):
    assert "Not signed yet." in said(browser.get(address("client_agreements")))


def test_what_stands_and_their_own_words_are_shown(browser, address, client_person):
    signed = sign(client_person, topics="My family")

    page = said(browser.get(address("client_agreements")))

    assert "My family" in page
    assert "Say nothing" in page
    assert NAME in said(browser.get(address("signed_copy", signed.uid)))


def test_what_is_kept_and_what_was_taken_back_is_shown(browser, address, client_person):
    keep(client_person, "mood")

    page = said(browser.get(address("client_agreements")))

    assert "The client keeps to themself: mood." in page
    assert "No</span>" in page


def test_somebody_outside_the_care_team_finds_nothing(browser_of, colleague, reception, owner, address):
    page = address("client_agreements")

    assert browser_of(colleague).get(page).status_code == 404
    assert browser_of(reception).get(page).status_code == 403
    assert browser_of(owner).get(page).status_code == 403


def test_a_copy_belongs_to_its_client(browser, address, stranger):
    assert browser.get(address("signed_copy", sign(stranger).uid)).status_code == 404


def test_asking_puts_a_card_on_the_clients_home(browser, browser_of, address, client_person):
    browser.post(address("ask_to_sign"))

    home = browser_of(client_person.member).get(reverse("portal_home"))
    assert reverse("my_agreement") in said(home)


def test_the_client_signs_on_the_clinicians_device(browser, address, client_person, clinician):
    body = {**TICKS, "version": "1", "signature": NAME, "topics-words": "My family"}

    answer = browser.post(address("sign_in_person"), body)

    assert answer.status_code == 302
    signed = Consent.objects.get()
    assert (signed.in_person, signed.by, signed.signature) == (True, clinician, NAME)
    assert signed.answers["topics"]["words"] == "My family"
    assert standing.movement_agreed(client_person, TODAY)


def test_nothing_is_ticked_on_the_clinicians_device_either(browser, address, client_person):
    sign(client_person)

    page = said(browser.get(address("sign_in_person")))

    assert page.count('type="checkbox"') == 24
    assert " checked" not in page.replace(" checked by", "")


@pytest.mark.parametrize(
    ("without", "words"),
    [("pace-agreed", "1 point is left: I set the pace."), ("signature", "Type your name to sign.")],
)
def test_a_signature_in_person_is_as_whole_as_any(browser, address, without, words):
    body = {**TICKS, "version": "1", "signature": NAME}
    del body[without]

    answer = browser.post(address("sign_in_person"), body)

    assert answer.status_code == 422
    assert words in said(answer)
    assert not Consent.objects.exists()


def test_in_person_too_a_text_that_changed_is_read_first(browser, address, reworded):
    reworded()

    answer = browser.post(address("sign_in_person"), {**TICKS, "version": "1", "signature": NAME})

    assert answer.status_code == 422
    assert "has changed meanwhile" in said(answer)


@pytest.mark.parametrize("about", ["movement", "mood", "supervisor"])
def test_what_a_client_takes_back_in_words_is_in_effect_at_once(browser, address, client_person, about):
    sign(client_person)

    answer = browser.post(address("note_withdrawal"), {"about": about, "words": "On the phone"})

    assert answer.status_code == 302
    last = Consent.objects.filter(about=about).newest_first()[0]
    assert (last.step, last.in_person) == ("withdrawn", True)


def test_taking_back_wants_a_choice(browser, address):
    answer = browser.post(address("note_withdrawal"), {})

    assert answer.status_code == 422
    assert "Please choose one." in said(answer)


def test_a_kind_is_allowed_in_person_with_a_name_alone(browser, address, client_person):
    without = browser.post(address("allow_in_person"), {"about": "location"})
    assert without.status_code == 422

    browser.post(address("allow_in_person"), {"about": "location", "signature": NAME})

    assert standing.covers(client_person, "location", TODAY)


def test_the_owner_reads_the_text_with_its_warning(browser_of, owner):
    page = said(browser_of(owner).get(reverse("agreements")))

    assert "checked by a lawyer" in page
    assert "I set the pace" in page


def test_a_wording_goes_from_draft_to_changes_to_a_version(browser_of, owner):
    browser, body = browser_of(owner), wording()
    body["pace-words"] = "You set the pace. The therapist checks it."
    body["own-1-heading"], body["own-1-words"] = "The dog", "The dog stays at home."
    body["kit-words"] = ""

    answer = browser.post(reverse("edit_agreement"), body, follow=True)
    page = said(answer)
    assert all(word in page for word in ("<ins>", "<del>", "The dog", "Taken out"))
    assert texts.current_number() == 1

    browser.post(reverse("publish_agreement"))

    text = texts.current()
    assert text.number == 2
    words = {point.key: point.words for point in text.points}
    assert words["pace"].startswith("You set")
    assert words["own-1"] == "The dog stays at home."
    assert "kit" not in words
    assert not AgreementDraft.objects.exists()
    assert Job.objects.get().kind == "agreement"
    assert "<ins>" in said(browser.get(reverse("agreement_version", args=[2])))
    assert browser.get(reverse("agreement_version", args=[3])).status_code == 404


def test_a_draft_that_says_the_same_is_not_published(browser_of, owner):
    browser = browser_of(owner)
    browser.post(reverse("edit_agreement"), wording())

    page = said(browser.post(reverse("publish_agreement"), follow=True))

    assert "Nobody has to sign again" in page
    assert not AgreementText.objects.exists()


def test_without_a_draft_nothing_is_published(browser_of, owner):
    page = said(browser_of(owner).post(reverse("publish_agreement"), follow=True))

    assert "There is no draft to publish." in page


def test_a_draft_of_an_older_text_is_looked_at_again(browser_of, owner, reworded):
    browser, body = browser_of(owner), {**wording(), "title": "Mine"}
    reworded()

    answer = browser.post(reverse("edit_agreement"), body)

    assert answer.status_code == 422
    assert "Another version was published meanwhile" in said(answer)
    assert "Mine" in said(answer)


def test_an_agreement_keeps_a_point_at_least(browser_of, owner):
    body = {name: "" if name.endswith("-words") else value for name, value in wording().items()}

    answer = browser_of(owner).post(reverse("edit_agreement"), body)

    assert answer.status_code == 422
    assert "Keep at least one point." in said(answer)


def test_a_point_wants_a_heading(browser_of, owner):
    answer = browser_of(owner).post(reverse("edit_agreement"), {**wording(), "own-1-words": "The dog."})

    assert answer.status_code == 422
    assert "Give this point a heading." in said(answer)


def test_a_draft_can_be_thrown_away(browser_of, owner):
    browser = browser_of(owner)
    browser.post(reverse("edit_agreement"), {**wording(), "title": "Mine"})

    browser.post(reverse("drop_agreement_draft"))

    assert not AgreementDraft.objects.exists()
    assert browser.get(reverse("agreement_changes")).status_code == 302


def test_the_rule_for_booking_is_switched_by_the_owner_alone(browser_of, owner, clinician):
    address = reverse("set_agreement_rule")
    assert browser_of(clinician).post(address, {"needs_agreement": "on"}).status_code == 403

    browser_of(owner).post(address, {"needs_agreement": "on"})
    assert Practice.objects.get().needs_agreement

    browser_of(owner).post(address, {})
    assert not Practice.objects.get().needs_agreement


def wording():
    """The form as it comes from the page."""
    text = texts.current()
    body = {"based_on": str(text.number), "title": text.title, "opening": text.opening, "notice": text.notice}
    body["review_months"] = str(text.review_months)
    for point in text.points:
        body[f"{point.key}-heading"], body[f"{point.key}-words"] = point.heading, point.words
    return body
