"""T32: whatever is sent to the API, it answers as its own description says, and never with a fault of ours."""

from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from practice.people.roles import Role
from practice.people.tokens import create_token, scopes_for
from tests.factories import MONDAY_NOON
from tests.security.bodies import body_for
from tests.security.callers import Callers
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
application = WSGIHandler()  # practice.wsgi would first ask the database for its keys
EXAMPLES = {Role.CLINICIAN: 6, Role.CLIENT: 3}
USUAL_EXAMPLES = 1
DEEP = 50
KINDS = {"clients": "client", "sessions": "done", "alerts": "alert"}
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, content_type_conformance]
ENDPOINTS = [route for route in routes() if route.is_api and route.name not in {"api_docs", "api_schema"}]


def operations():
    description = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    found: list[Any] = [operation.ok() for operation in description.get_all_operations()]  # type: ignore[union-attr]
    return [pytest.param(each, id=f"{each.method.upper()} {each.path}") for each in found]


@pytest.fixture
def one_connection():
    """Requests answered in this thread use the test's own database connection, and leave it open."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def tokens(town):
    """A token with every scope for a member of each role."""
    return {role: token(town.people[role]) for role in (*Role, "former")}


def token(member):
    return create_token(member=member, scopes=list(scopes_for(member)), name="fuzz", now=MONDAY_NOON)[1]


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


def aim(case, home, is_aimed):
    """Put the ids of rows that exist where they belong, or of another row where they do not."""
    resource = case.path.split("/")[3]
    kind = KINDS.get(resource, resource.removesuffix("s"))
    if "uid" in (case.path_parameters or {}):
        case.path_parameters["uid"] = home.uid(kind if is_aimed and kind in home.rows else "client")
    if is_aimed and isinstance(case.body, dict):
        case.body |= {name: home.uid(name) for name in ("client", "route", "clinician") if name in case.body}


def fuzz(operation, role, token, home, times=1):
    """Send what the description allows and what it does not, as a role, to rows that exist."""

    @bounded(EXAMPLES.get(role, USUAL_EXAMPLES) * times)
    @given(case=cases(operation), is_aimed=st.sampled_from([True, True, True, False]))
    def send(case, is_aimed):
        note(f"as {role}")
        aim(case, home, is_aimed)
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(response, checks=CHECKS)

    send()


@pytest.mark.parametrize("operation", operations())
def test_the_api_keeps_its_word(operation, town, tokens, one_connection):
    for role in Role:
        fuzz(operation, role, tokens[role], town.ours)


@pytest.mark.deep
@pytest.mark.parametrize("operation", operations())
def test_the_api_keeps_its_word_for_long(operation, town, tokens, one_connection):
    for role in Role:
        fuzz(operation, role, tokens[role], town.ours, DEEP)


@pytest.mark.parametrize("operation", operations())
def test_nobody_gets_in_without_a_token(operation, one_connection):
    @bounded(1)
    @given(case=operation.as_strategy())
    def send(case):
        assert case.call().status_code in {401, 404}

    send()


WRONG = {
    "nothing": "",
    "a word": "Bearer",
    "another scheme": "Basic dHA6eA==",
    "two words": "Bearer tp_x tp_y",
    "made up": f"Bearer tp_{'x' * 43}",
    "other letters": "Bearer tp_\xff\xe9",
    "very long": f"Bearer tp_{'x' * 10_000}",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_token_opens_no_endpoint(town, wrong):
    nobody = Callers({})

    opened = [
        (route.name, verb)
        for route in ENDPOINTS
        for verb in route.verbs
        if nobody.call("anonymous", verb, route.address(town.ours), HTTP_AUTHORIZATION=wrong).status_code
        != 401
    ]

    assert opened == []


def test_the_token_of_somebody_who_left_opens_no_endpoint(town, tokens):
    nobody, gone = Callers({}), f"Bearer {tokens['former']}"

    opened = [
        (route.name, verb)
        for route in ENDPOINTS
        for verb in route.verbs
        if nobody.call("anonymous", verb, route.address(town.ours), HTTP_AUTHORIZATION=gone).status_code
        not in {401, 403}
    ]

    assert opened == []


@pytest.mark.parametrize(
    "route", [route for route in ENDPOINTS if "DELETE" in route.verbs], ids=lambda route: route.name
)
def test_what_was_deleted_is_gone_for_every_verb(town, callers, route):
    address = route.address(town.ours)

    deleted = callers.call_for_good("client", "DELETE", address)

    assert deleted.status_code == 204
    for verb in route.verbs:
        assert callers.call("client", verb, address, body_for(route.name, town.ours)).status_code == 404
