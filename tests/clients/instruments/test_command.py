"""`manage.py instruments`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clients.instruments.loading import DATA
from tests.clients.instruments.made_up import as_json, made_up


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("instruments", *args, stdout=out, stderr=err)
    return out.getvalue()


def test_our_own_files_are_good():
    said = run("check", *(str(path) for path in sorted(DATA.glob("*.toml"))))

    assert said.count(": good.") == len(list(DATA.glob("*.toml")))


def test_a_bad_file_is_named_with_what_is_wrong(tmp_path):
    bad, good = tmp_path / "bad.json", tmp_path / "good.json"
    bad.write_bytes(as_json(made_up(tier="E")))
    good.write_bytes(as_json(made_up()))
    err = StringIO()

    with pytest.raises(CommandError, match="1 of 2 cannot be used"):
        call_command("instruments", "check", str(bad), str(good), stdout=StringIO(), stderr=err)

    assert "bad.json: tier: must be one of" in err.getvalue()


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="1 of 1"):
        run("check", str(tmp_path / "none.toml"))


def test_check_needs_a_file():
    with pytest.raises(CommandError, match="at least one file"):
        run("check")


@pytest.mark.django_db
def test_the_list_says_what_is_in_use():
    said = run("list")

    assert "in use  phq9 1 en, tier A: PHQ-9, 9 questions" in said
    assert "off     auditc" in said


def test_the_example_in_the_manual_is_good(tmp_path):
    manual = Path(__file__).resolve().parents[3] / "docs" / "questionnaires.md"
    example = tmp_path / "example.toml"
    example.write_text(
        manual.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0], encoding="utf-8"
    )

    assert "our_check 1 en, tier own" in run("check", str(example))
