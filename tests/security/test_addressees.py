"""T25: an e-mail address is one plain address, and a name never becomes part of a letter's head."""

import pytest
from django import forms
from django.core import mail

from tests.security.bodies import body_for
from tests.security.callers import undone
from tests.security.ledger import Ledger
from tests.security.routes import routes
from tests.security.schema import fields, forms_with

pytestmark = pytest.mark.django_db
NOBODY = {
    "a second head": "sam@clients.example\r\nBcc: tpx@tpx.example",
    "a line end": "sam@clients.example\n",
    "a bare return": "sam\r@clients.example",
    "two people": "sam@clients.example,tpx@tpx.example",
    "two people by another sign": "sam@clients.example;tpx@tpx.example",
    "a name beside it": '"Sam" <sam@clients.example>',
    "a look-alike": "sam@сlients.example",
    "a look-alike before the sign": "ѕam@clients.example",
    "letters that take no room": "sam@clients\u200b.example",
    "the other way round": "sam@\u202eelpmaxe.stneilc",
    "wide letters": "sam＠clients.example",
    "two signs": "sam@clients@tpx.example",
    "markup": "<script>tpx()</script>@clients.example",
    "a null": "sam@clients.example\x00",
    "too long": f"{'s' * 300}@clients.example",
}
COUNTED = {"practice_attempts"}  # that a stranger tried
TRIMMED = {"a line end"}  # blanks around an address are no part of it


DOORS = {
    "clients.record.DetailsForm": ("clinician", "edit_client"),
    "clients.record.EditForm": ("clinician", "edit_client"),
    "clients.record.RegisterForm": ("clinician", "register_client"),
    "clients.intake.ResumeForm": ("anonymous", "resume"),
    "clients.invitations.InviteForm": ("clinician", "open_portal"),
    "practice.people.staff.InviteForm": ("owner", "invite_member"),
}
"""Who sends each form that takes an address, and the page that it is on."""


@pytest.fixture(scope="module")
def doors(callers):
    """Every door that takes an e-mail address: (role, verb, route, field)."""
    by_name = {route.name: route for route in routes()}
    pages = [(role, "POST", by_name[name], "email") for role, name in set(DOORS.values())]
    return pages + [
        ("clinician", field.verb, field.route, field.name) for field in fields(callers) if field.is_a("email")
    ]


def test_every_door_that_takes_an_address_is_known(doors):
    """Another one wants its page in DOORS, so that it is attacked below."""
    assert forms_with(forms.EmailField) == set(DOORS)
    assert len(doors) > len(set(DOORS.values()))


@pytest.mark.parametrize("kind", NOBODY)
def test_what_is_not_one_plain_address_is_refused_and_no_letter_goes_out(town, callers, doors, kind):
    ledger, taken = Ledger(), []

    for role, verb, route, field in doors:
        with undone():
            body = {**body_for(route.name, town.ours), field: NOBODY[kind]}
            answer = callers.call_for_good(role, verb, route.address(town.ours), body)
            is_refused = answer.status_code in {400, 403, 404, 409, 422} and ledger.changed() <= COUNTED
            if answer.status_code >= 500 or not (is_refused or kind in TRIMMED):
                taken.append((route.name, verb, answer.status_code))

    assert taken == []
    assert [person for letter in mail.outbox for person in letter.recipients() if "tpx" in person] == []


@pytest.mark.parametrize(
    "name", ["Sam\r\nBcc: tpx@tpx.example", "Sam\nSubject: tpx", "Sam\x0bWood", "Sam\u2028Wood"]
)
def test_a_name_stays_on_its_line(town, callers, name):
    edit, portal = (
        next(route for route in routes() if route.name == each) for each in ("api_client", "open_portal")
    )

    callers.call_for_good("clinician", "PATCH", edit.address(town.ours), {"name": name})
    callers.call_for_good("clinician", "POST", portal.address(town.ours), {"email": "sam@clients.example"})

    for letter in mail.outbox:
        assert set(letter.message().keys()) <= {
            "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
        }  # fmt: skip
        assert "tpx" not in str(letter.message()["Subject"])
