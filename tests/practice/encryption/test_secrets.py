"""Secrets of the installation."""

import pytest

from practice.encryption import Damaged
from practice.encryption.models import DataKey
from practice.encryption.secrets import open_text, seal_text

pytestmark = pytest.mark.django_db


def test_a_secret_comes_back_for_what_it_is_about():
    sealed = seal_text("JBSWY3DPEHPK3PXP", about="totp:7")

    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert open_text(sealed, about="totp:7") == "JBSWY3DPEHPK3PXP"


def test_somebody_elses_secret_does_not_open():
    sealed = seal_text("JBSWY3DPEHPK3PXP", about="totp:7")

    with pytest.raises(Damaged):
        open_text(sealed, about="totp:8")


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "not base64 at all", "ümlaut"])
def test_a_text_that_was_never_sealed_is_damaged(text):
    with pytest.raises(Damaged):
        open_text(text, about="totp:7")


def test_the_installation_has_one_key_for_all_its_secrets():
    seal_text("one", about="totp:1")
    seal_text("two", about="totp:2")

    assert DataKey.objects.filter(of_installation=True).count() == 1
