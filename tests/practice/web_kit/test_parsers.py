"""The API reads no more of a body than it could ever use."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_a_body_that_is_too_large_is_refused_unread(api_of, client_person):
    body = b'{"journal": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'

    answer = api_of(client_person.member).post("/api/v1/runs/", body, content_type="application/json")

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
