"""Tell the API's description how callers say who they are, and how the API says no."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM_JSON = "application/problem+json"
PROBLEM = "#/components/schemas/Problem"


class SaysNo(AutoSchema):
    """Declares of every endpoint the refusals that the door itself gives, and each of them as problem+json.

    401 and 403 are for whoever may not, 404 for what they may not know of, 400, 413 and 415 for a body.
    """

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        answers = super()._get_response_bodies(direction)
        for code in self._refusals():
            if code not in answers:
                answers[code] = self._answer(code, direction)
        for answer in answers.values():
            _say_problem_json(answer.get("content", {}))
        return answers

    def _answer(self, code: str, direction: str) -> Any:
        return self._get_response_for_code(_problem(), code, (PROBLEM_JSON,), direction)  # type: ignore[no-untyped-call] # not ours

    def _refusals(self) -> list[str]:
        codes = ["401", "403", "404"] if self.get_auth() else []
        if self.method in {"POST", "PUT", "PATCH"}:
            codes += ["400", "413", "415"]
        return codes


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "practice.people.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "practice.people.authentication.SignedInBrowser"
    name = "browser"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "towpath"}


def _problem() -> Any:
    from practice.web.api import Problem  # noqa: PLC0415 - DRF loads this module while it loads itself

    return Problem


def _say_problem_json(content: dict[str, Any]) -> None:
    """A room that declares a Problem need not say how it is written."""
    if content.get("application/json", {}).get("schema") == {"$ref": PROBLEM}:
        content[PROBLEM_JSON] = content.pop("application/json")
