"""The API reads no more of a body than it could ever use."""

import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from practice.people.tokens import create_token

pytestmark = pytest.mark.django_db


TOO_MUCH = b'{"journal": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'


def test_a_browser_is_told_that_a_body_is_too_large(api_of, client_person):
    caller = api_of(client_person.member)

    answer = caller.post("/api/v1/runs/", TOO_MUCH, content_type="application/json")

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_program_is_told_that_a_body_is_too_large(client_person):
    _token, text = create_token(
        member=client_person.member, scopes=["runs"], name="a watch", now=timezone.now()
    )
    caller = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}")

    answer = caller.post("/api/v1/runs/", TOO_MUCH, content_type="application/json")

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
