"""What the papers of the house say is so: dependencies are explained, containers copy what exists, CI calls our commands."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from practice.machine.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
LINK = re.compile(r"\]\((?!https?://|#)([^)]+)\)")


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[=<>~ ;]", requirement)[0] for requirement in requirements}


def _compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


def _explained(heading: str) -> set[str]:
    section = (ROOT / "docs" / "decisions.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)) - {"part", "---"}


def test_every_dependency_is_explained_and_no_other():
    assert _explained("What the product stands on") == _names(PROJECT["dependencies"])


def test_every_tool_is_explained_and_no_other():
    assert _explained("What the tests and checks stand on") == _names(PROJECT["optional-dependencies"]["dev"])


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_hash_and_no_address(name):
    pins = (ROOT / name).read_text()

    assert len(re.findall(r"^[a-z0-9]", pins, re.MULTILINE)) == len(
        re.findall(r"==.*\\\n    --hash=sha256:", pins)
    )
    assert "://" not in pins


@pytest.mark.parametrize("direct", sorted(PROJECT["dependencies"]))
def test_every_dependency_is_pinned_as_the_project_names_it(direct):
    pinned = re.sub(r"\[.*\]", "", direct)

    assert re.search(rf"^{re.escape(pinned)}\b", (ROOT / "requirements.txt").read_text(), re.MULTILINE)


def test_the_image_copies_only_what_exists_and_what_is_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        source.removesuffix("/")
        for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in line.split()
    }

    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_is_not_run_by_root_and_holds_no_secret():
    lines = DOCKERFILE.splitlines()

    assert lines.index("USER towpath") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))
    assert not re.search(r"^(ENV|ARG).*(SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)


def test_the_image_starts_programs_that_exist():
    started = re.findall(r'\["python", "-m", "practice.machine", "(\w+)"\]', DOCKERFILE)

    assert started == ["healthy", "web"]
    assert set(started) <= set(COMMANDS)


def test_the_containers_start_programs_that_exist():
    ours = {
        name: service for name, service in _compose()["services"].items() if service.get("image") == "towpath"
    }

    assert set(ours) == {"web", "worker", "beat", "migrate"}
    assert all(
        service["command"] == ["python", "-m", "practice.machine", name] for name, service in ours.items()
    )
    assert set(ours) <= set(COMMANDS)


def test_the_containers_wait_for_each_other_and_keep_their_data():
    composed = _compose()
    services = composed["services"]
    awaited = {other for service in services.values() for other in service.get("depends_on", {})}
    volumes = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}

    assert set(services) - {"web", "worker", "beat"} == awaited
    assert volumes == set(composed["volumes"])


def test_the_containers_have_no_default_for_a_secret():
    composed = (ROOT / "docker-compose.yml").read_text()

    required = ("TOWPATH_SECRET_KEY", "TOWPATH_KEY", "TOWPATH_DATABASE_PASSWORD", "TOWPATH_HOSTS")
    for name in (*required, "TOWPATH_DATABASE_OWNER_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}(.)", composed)) == {":"}
        assert f"${{{name}:?" in composed
        assert f"${{{name}:-" not in composed


def test_ci_calls_what_people_call():
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert re.findall(r"^make \w+$", script.read_text(), re.MULTILINE) == ["make check", "make test"]
    assert _steps("checks.yml") == [".ci/run"]


def test_each_night_ci_attacks_for_longer():
    assert _steps("nightly.yml") == ["make test-deep"]


def _steps(name):
    workflow = yaml.safe_load((ROOT / ".github/workflows" / name).read_text())
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


def test_the_makefile_starts_programs_that_exist():
    started = set(re.findall(r"(?:MACHINE\)|practice\.machine) ([a-z-]+)", (ROOT / "Makefile").read_text()))

    assert started == {"run", "stop", "test", "test-deep", "check", "bench"}
    assert started <= set(COMMANDS)


@pytest.mark.parametrize(
    "paper", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/decisions.md"]
)
def test_papers_point_at_what_exists(paper):
    path = ROOT / paper

    assert [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()] == []


def test_the_readme_names_the_two_commands_and_every_demo_sign_in():
    readme = (ROOT / "README.md").read_text()

    assert {"$ make run", "$ make test"} <= set(readme.splitlines())
    assert {
        f"{who}@demo.example"
        for who in ("owner", "clinician", "colleague", "supervisor", "reception", "client")
    } <= set(re.findall(r"\w+@demo\.example", readme))
