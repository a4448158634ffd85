"""One safety answer by program: what was asked and said, and who may read it."""

import pytest
from django.utils import timezone

from clients.screening import actions
from practice.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(client_person, clinician):
    now = timezone.now()
    asked = actions.ask_screening(client=client_person, purpose="intake", by=clinician, now=now)
    response = asked.responses.get(instrument="phq9")
    return actions.answer(response=response, item="q9", value=1, by=client_person.member, now=now)


@pytest.fixture
def url(alert):
    return f"/api/v1/alerts/{alert.uid}/"


def test_it_says_what_was_asked_and_what_was_said(api_of, clinician, alert, url):
    said = api_of(clinician).get(url).json()

    assert said["question"].startswith("Thoughts that you would be better off dead")
    assert (said["answer"], said["safe_now"], said["seen_at"], said["by"]) == ("Several days", "", None, "")
    assert said["screening"] == str(alert.response.screening.uid)


def test_what_the_client_says_about_right_now_stands_there(api_of, clinician, client_person, alert, url):
    safe_now = f"/api/v1/screenings/{alert.response.screening.uid}/safe-now/"
    api_of(client_person.member).post(safe_now, {"safe_now": "unsure"}, format="json")

    assert api_of(clinician).get(url).json()["safe_now"] == "unsure"


def test_once_closed_it_says_by_whom_and_what_was_done(api_of, clinician, url):
    api_of(clinician).post(f"{url}close/", {"what_was_done": "Called."}, format="json")

    said = api_of(clinician).get(url).json()

    assert (said["by"], said["what_was_done"]) == (clinician.name, "Called.")


def test_opening_it_leaves_one_line(api_of, clinician, url):
    before = AuditEvent.objects.acts().count()

    api_of(clinician).get(url)

    assert [line.action for line in AuditEvent.objects.acts().order_by("pk")[before:]] == [
        "safetyalert_opened"
    ]


def test_nobody_else_reads_it(api_of, colleague, reception, owner, client_person, url):
    assert api_of(colleague).get(url).status_code == 404
    for member in (reception, owner, client_person.member):
        assert api_of(member).get(url).status_code == 403
