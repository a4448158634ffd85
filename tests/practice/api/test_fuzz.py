"""Whatever is sent to the API, it answers as its own description says, and never with a fault of ours."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from practice.people.roles import Role
from practice.wsgi import application

EXAMPLES = {Role.CLINICIAN: 8, Role.CLIENT: 4}
USUAL_EXAMPLES = 2


def operations():
    description = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    found: list[Any] = [operation.ok() for operation in description.get_all_operations()]  # type: ignore[union-attr]
    return [pytest.param(each, id=f"{each.method.upper()} {each.path}") for each in found]


def bounded(examples):
    """The same few examples in each run, so that the suite stays quick and its answer stays the same."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def cases(operation):
    """What the description allows, and where there is a body also what it forbids."""
    allowed = operation.as_strategy()
    if not operation.body:
        return allowed
    return allowed | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def aim(case, known, is_aimed):
    """Put the ids of rows that exist where they belong, or of another row where they do not."""
    resource = case.path.split("/")[3]
    if "uid" in (case.path_parameters or {}):
        case.path_parameters["uid"] = known.get(resource if is_aimed else "clients", known["clients"])
    if is_aimed and isinstance(case.body, dict):
        case.body |= {name: known[f"{name}s"] for name in ("client", "route") if name in case.body}


def fuzz(operation, role, headers, known):
    """Send what the description allows and what it does not, as a role, to rows that exist."""

    @bounded(EXAMPLES.get(role, USUAL_EXAMPLES))
    @given(case=cases(operation), is_aimed=st.sampled_from([True, True, True, False]))
    def send(case, is_aimed):
        note(f"as {role}")
        aim(case, known, is_aimed)
        response = case.call(headers=headers)
        case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])

    send()


@pytest.mark.django_db
@pytest.mark.parametrize("operation", operations())
def test_the_api_keeps_its_word(operation, world, token_of, one_connection):
    for role in Role:
        fuzz(operation, role, {"Authorization": f"Bearer {token_of(role)}"}, world[1])


@pytest.mark.django_db
@pytest.mark.parametrize("operation", operations())
def test_nobody_gets_in_without_a_token(operation, one_connection):
    @bounded(1)
    @given(case=operation.as_strategy())
    def send(case):
        assert case.call().status_code in {401, 404}

    send()
