"""What would be unsafe, or would fail later, is said at the start."""

import os
from pathlib import Path

import pytest

from practice import checks

GOOD_KEY = "k3y-of-fifty-characters-or-more-0123456789-abcdefghijkl"


@pytest.mark.parametrize("key", ["short", "a" * 60])
def test_a_key_that_could_be_guessed_is_an_error(settings, key):
    settings.SECRET_KEY = key

    assert [found.id for found in checks.secret_key_is_long(None)] == ["towpath.E001"]


def test_a_long_varied_key_is_good(settings):
    settings.SECRET_KEY = GOOD_KEY

    assert list(checks.secret_key_is_long(None)) == []


def test_a_wildcard_host_is_an_error(settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert [found.id for found in checks.hosts_are_named(None)] == ["towpath.E002"]


def test_records_never_cross_a_network_in_clear_text(settings):
    settings.HTTPS, settings.DEMO, settings.ALLOWED_HOSTS = False, False, ["towpath.example"]

    assert [found.id for found in checks.only_this_machine_goes_without_https(None)] == ["towpath.E003"]


def test_this_machine_alone_needs_no_https(settings):
    settings.HTTPS, settings.DEMO, settings.ALLOWED_HOSTS = False, False, ["127.0.0.1", "localhost"]

    assert list(checks.only_this_machine_goes_without_https(None)) == []


def test_a_demo_that_others_can_reach_is_warned_of(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["towpath.example"]

    assert [found.id for found in checks.demo_stays_at_home(None)] == ["towpath.W001"]


def test_a_home_that_cannot_be_written_to_is_an_error(settings, monkeypatch):
    settings.TOWPATH_HOME = Path("/srv/towpath")
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert [found.id for found in checks.home_can_be_written(None)] == ["towpath.E004"]


def test_a_missing_library_is_told_with_its_cure(monkeypatch):
    monkeypatch.setattr(checks, "missing_libraries", lambda: ["libpango-1.0.so.0"])

    found = list(checks.pdf_libraries_are_here(None))

    assert "apt install libpango-1.0-0" in str(found[0].hint)


def test_a_misspelt_setting_is_told_with_the_name_it_comes_near(monkeypatch):
    monkeypatch.setenv("TOWPATH_TIMEZONE", "Europe/London")

    found = [each for each in checks.settings_have_names(None) if "TOWPATH_TIMEZONE" in each.msg]

    assert [each.hint for each in found] == ["Did you mean TOWPATH_TIME_ZONE?"]


def test_a_secret_in_a_file_has_a_known_name(monkeypatch):
    monkeypatch.setenv("TOWPATH_SECRET_KEY_FILE", "/run/secrets/key")

    assert [each for each in checks.settings_have_names(None) if "SECRET_KEY" in each.msg] == []
