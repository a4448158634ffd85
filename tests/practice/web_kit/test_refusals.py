"""A refusal is said once, and each door says it in its own way."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from rest_framework import exceptions

from practice.models import Practice
from practice.web.forms import PlainText, ShapeForm
from practice.web.problems import as_problem
from practice.web.refusals import Refused, refusing
from tests.factories import PracticeFactory


class TooFar(Refused):
    code = "too_far"
    message = "That is further than the light lasts."
    field = "distance"


class Gone(Refused):
    code = "gone"
    status = 410


class OneAlready(Refused):
    """Only one practice."""


class WalkForm(ShapeForm):
    distance = PlainText()
    name = PlainText(required=False)


def test_a_refusal_stands_at_its_field_with_everything_typed_kept():
    form = WalkForm({"distance": "40 km", "name": "Sam"})
    form.is_valid()

    form.refuse(TooFar())

    assert form.errors == {"distance": ["That is further than the light lasts."]}
    assert form["name"].value() == "Sam"


def test_a_refusal_without_a_field_of_the_form_stands_on_top():
    form = WalkForm({"distance": "40 km"})
    form.is_valid()

    form.refuse(TooFar(field="weather"))

    assert form.non_field_errors() == ["That is further than the light lasts."]


def test_a_refusal_is_a_conflict_for_a_program():
    response: Any = as_problem(TooFar(), {})

    assert response.status_code == 409
    assert response.data["code"] == "too_far"
    assert response.data["field"] == "distance"
    assert response.data["detail"] == "That is further than the light lasts."


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Gone(), 410),
        (Http404(), 404),
        (PermissionDenied(), 403),
        (exceptions.NotAuthenticated(), 401),
        (exceptions.ValidationError({"name": ["No."]}), 400),
        (exceptions.ParseError(), 400),
    ],
)
def test_each_no_has_its_status_and_a_code(error, status):
    response: Any = as_problem(error, {})

    assert response.status_code == response.data["status"] == status
    assert response.data["code"]
    assert response.data["detail"]


def test_what_was_not_foreseen_is_not_hidden():
    assert as_problem(ZeroDivisionError(), {}) is None


@pytest.mark.django_db
def test_a_broken_constraint_is_its_refusal():
    PracticeFactory()

    with pytest.raises(OneAlready), refusing(practice_practice_only_key=OneAlready):
        Practice.objects.create(name="Another")

    assert Practice.objects.count() == 1


@pytest.mark.django_db
def test_another_broken_constraint_is_not_swallowed():
    PracticeFactory()

    with pytest.raises(IntegrityError), refusing(something_else=OneAlready):
        Practice.objects.create(name="Another")


@pytest.mark.parametrize("text", ["a\x00b", "bell\x07", "\x1b[2J"])
def test_a_hidden_character_is_refused_at_its_field(text):
    assert "distance" in WalkForm({"distance": text}).errors


@pytest.mark.parametrize("text", ["עברית", "🌿 مسار", "two\nlines", "O’Neill\tJr"])
def test_what_people_write_is_kept_as_written(text):
    form = WalkForm({"distance": text})

    assert form.is_valid()
    assert form.cleaned_data["distance"] == text
