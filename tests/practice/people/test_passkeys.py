"""T41: a passkey signs in from here and nowhere else, once for each challenge, and its copy is refused."""

import hashlib
import json
import os

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from practice.models import AuditEvent

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "https://testserver", "https://testserver.example"
PRESENT_AND_VERIFIED, HAS_KEY = 0x05, 0x40


@pytest.fixture(autouse=True)
def _as_over_https(settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


class Passkey:
    """What a phone does with a passkey, in software: it keeps a key, counts, and signs what a page asks."""

    def __init__(self, user, counter=1):
        self.user, self.counter = user, counter
        self.id, self.key = os.urandom(16), ec.generate_private_key(ec.SECP256R1())
        WebAuthn.add(user, "Phone", self._registered())

    def signed(self, challenge, *, origin=HERE):
        """The answer to a challenge, as the browser sends it."""
        self.counter += 1 if self.counter else 0
        said, data = _client_data("webauthn.get", challenge, origin), self._data(PRESENT_AND_VERIFIED)
        proof = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(proof),
            "userHandle": websafe_encode(user_pk_to_url_str(self.user).encode()),
        }
        return json.dumps(self._named(answer))

    def _data(self, flags, more=b""):
        return (
            hashlib.sha256(b"testserver").digest() + bytes([flags]) + self.counter.to_bytes(4, "big") + more
        )

    def _registered(self):
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        more = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(PRESENT_AND_VERIFIED | HAS_KEY, more)
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = _client_data("webauthn.create", websafe_encode(bytes(16)), HERE)
        answer = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(made)}
        return self._named(answer) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def _named(self, answer):
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": answer,
            "clientExtensionResults": {},
        }


def _client_data(kind, challenge, origin):
    said = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return json.dumps(said).encode()


def challenge_for(browser):
    asked = browser.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    return asked["request_options"]["publicKey"]["challenge"]


def sign_in(passkey, **how):
    browser = Browser()
    answer = passkey.signed(challenge_for(browser), **how)
    browser.post(reverse("mfa_login_webauthn"), {"credential": answer})
    return browser


def is_in(browser):
    return browser.get("/style/").status_code == 200


def test_a_passkey_alone_signs_in(clinician):
    assert is_in(sign_in(Passkey(clinician.user)))


def test_one_that_was_made_for_another_address_does_not(clinician):
    assert not is_in(sign_in(Passkey(clinician.user), origin=ELSEWHERE))


def test_an_answer_to_an_older_challenge_does_not(clinician):
    passkey, browser = Passkey(clinician.user), Browser()
    older = passkey.signed(challenge_for(browser))
    challenge_for(browser)

    browser.post(reverse("mfa_login_webauthn"), {"credential": older})

    assert not is_in(browser)


def test_a_copy_that_has_not_counted_on_is_refused_and_its_owner_is_told(clinician):
    passkey = Passkey(clinician.user, counter=5)
    sign_in(passkey)
    passkey.counter = 5

    copy = sign_in(passkey)

    assert not is_in(copy)
    assert mail.outbox[-1].to == [clinician.user.email]
    assert AuditEvent.objects.filter(action="passkey_copy_refused").exists()


def test_a_device_that_does_not_count_signs_in_again(clinician):
    passkey = Passkey(clinician.user, counter=0)
    sign_in(passkey)

    assert is_in(sign_in(passkey))


def test_a_signature_of_somebody_elses_key_does_not_sign_in(clinician, colleague):
    passkey = Passkey(clinician.user)
    passkey.key = Passkey(colleague.user).key

    assert not is_in(sign_in(passkey))
