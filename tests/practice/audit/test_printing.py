"""A page of a record that is printed leaves a line, whoever begins it."""

import re

import pytest
from django.urls import reverse

from practice.models import AuditEvent

pytestmark = pytest.mark.django_db


def mark_on(browser, client):
    page = browser.get(reverse("client", args=[client.uid])).content.decode()
    return re.findall(r'name="print-mark" content="([^"]+)"', page)[0]


def printed():
    return list(AuditEvent.objects.filter(action="page_printed").order_by("pk"))


def test_it_says_who_printed_what_of_whom(browser_of, clinician, client_person):
    browser = browser_of(clinician)

    answer = browser.post(reverse("note_print"), {"of": mark_on(browser, client_person)})

    [line] = printed()
    assert answer.status_code == 204
    assert (line.member_uid, line.client_uid) == (clinician.uid, client_person.uid)
    assert line.detail == {"part": "record"}


def test_the_client_reads_it(browser_of, clinician, client_person):
    browser = browser_of(clinician)
    browser.post(reverse("note_print"), {"of": mark_on(browser, client_person)})

    assert "printed a page" in browser_of(client_person.member).get("/my/seen-by/").content.decode()


def test_another_persons_page_is_not_told_as_ones_own(browser_of, clinician, colleague, client_person):
    mark = mark_on(browser_of(clinician), client_person)

    assert browser_of(colleague).post(reverse("note_print"), {"of": mark}).status_code == 400
    assert printed() == []


@pytest.mark.parametrize("mark", ["", "x", "a:b:c"])
def test_a_made_up_page_is_refused(browser_of, clinician, mark):
    assert browser_of(clinician).post(reverse("note_print"), {"of": mark}).status_code == 400


def test_a_page_of_nobody_has_no_mark(browser_of, clinician):
    assert "print-mark" not in browser_of(clinician).get(reverse("routes")).content.decode()
