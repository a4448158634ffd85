"""Second factors: kept sealed, each code good once, each passkey only as long as there is one of it."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse

from practice.audit import record
from practice.encryption.secrets import open_text, seal_text
from practice.people import attempts
from practice.people.models import Member, User
from practice.web.refusals import Refused

SEALED, ABOUT = "sealed:", "second factor"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class LastFactor(Refused):
    """Staff keep a second factor."""

    code = "last_factor"
    message = _("You need a second step to sign in. Add another one first, then take this one away.")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Towpath's answers to allauth's questions about second factors."""

    def encrypt(self, text: str) -> str:
        return SEALED + seal_text(text, about=ABOUT)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one from before secrets were sealed is read as it stands, and sealed at its next use."""
        if encrypted_text.startswith(SEALED):
            return open_text(encrypted_text.removeprefix(SEALED), about=ABOUT)
        return encrypted_text

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_of_staff(authenticator)


def with_factors(users: Any) -> Any:
    """Users that know whether they have a second factor (`has_second_factor`), asked in the same question."""
    return users.annotate(has_second_factor=has_factor("pk"))


def has_factor(user: str) -> Exists:
    """For a query whose rows name their user by the path `user`."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user), type__in=FACTORS))


def lacks_second_factor(member: Member, user: User) -> bool:
    """Staff without a passkey or an app. The demonstration asks for none; clients choose."""
    if settings.DEMO or member.is_client:
        return False
    known: bool | None = getattr(user, "has_second_factor", None)
    return not (
        Authenticator.objects.filter(user=user, type__in=FACTORS).exists() if known is None else known
    )


def is_last_of_staff(factor: Authenticator) -> bool:
    """Whether this is what stands between a staff member and a sign-in by password alone."""
    member = Member.objects.filter(user=factor.user_id, is_active=True).first()
    if settings.DEMO or member is None or member.is_client or factor.type not in FACTORS:
        return False
    return not _of(factor.user_id).filter(type__in=FACTORS).exclude(pk=factor.pk).exists()


def keep_the_last(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    """Before one is deleted, in that transaction: two at once do not take both. Raises LastFactor.

    Nobody takes their own last one away; an owner may for a colleague who lost it (`take_all`).
    """
    if getattr(instance, "is_taken_by_an_owner", False):
        return
    User.objects.select_for_update().filter(pk=instance.user_id).first()
    if is_last_of_staff(instance):
        raise LastFactor


def take_all(user: User) -> int:
    """Take every factor and recovery code of somebody away, the last one too; how many. Every sign-in and key ends."""
    User.objects.select_for_update().get(pk=user.pk)
    rows = list(_of(user.pk))
    for factor in rows:
        factor.is_taken_by_an_owner = True
        factor.delete()
    return len(rows)


def accept_code(user: User, code: str, *, recovery: bool) -> Authenticator | None:
    """The factor that this code belongs to, or None. A code is good once; `recovery` codes only where allowed.

    Raises TooManyTries.
    """
    whom = str(user.pk)
    with attempts.counted((attempts.CODE, whom), (attempts.CODE_IN_A_DAY, whom)) as tried:
        for factor in _of(user.pk).exclude(type=Authenticator.Type.WEBAUTHN):
            is_app = factor.type == Authenticator.Type.TOTP
            if _app_takes(factor, code) if is_app else recovery and _codes_take(factor, code):
                tried.was_good()
                factor.user = user
                return factor
    return None


@transaction.atomic
def _app_takes(factor: Authenticator, code: str) -> bool:
    """Whether the app shows this code now, and none as new was used before."""
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    secret = MFAAdapter().decrypt(row.data["secret"])
    counter = next(_moments_of(secret, code), None)
    if counter is None or counter <= row.data.get("last_counter", -1):
        return False
    row.data["last_counter"] = counter
    _seal(row, "secret", secret)
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def _codes_take(factor: Authenticator, code: str) -> bool:
    codes = factor.wrap()
    if not codes.validate_code(code):
        return False
    row = codes.instance
    if "seed" in row.data:
        _seal(row, "seed", MFAAdapter().decrypt(row.data["seed"]))
        row.save(update_fields=["data"])
    return True


def _moments_of(secret: str, code: str) -> Iterator[int]:
    typed = "".join(code.split())
    for counter in yield_hotp_counters_from_time():
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, counter))):
            yield counter


def _seal(row: Authenticator, name: str, secret: str) -> None:
    if not row.data[name].startswith(SEALED):
        row.data[name] = MFAAdapter().encrypt(secret)


@transaction.atomic
def is_the_only_one(factor: Authenticator, credential: dict[str, Any]) -> bool:
    """Whether this passkey has counted on since it was last used. A copy has not. Devices that do not count say 0."""
    said = AuthenticationResponse.from_dict(credential).response.authenticator_data.counter
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    before = row.data.get("sign_count", row.wrap().authenticator_data.counter)
    if (said or before) and said <= before:
        return False
    row.data["sign_count"] = said
    row.save(update_fields=["data"])
    return True


def _of(user_pk: int) -> Any:
    return Authenticator.objects.filter(user_id=user_pk)


class _CountedCode:
    """A form that takes a code once, and counts how often one was tried."""

    user: User
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        found = accept_code(self.user, code, recovery=True)
        if found is None:
            app = _of(self.user.pk).exclude(type=Authenticator.Type.WEBAUTHN).first()
            if app is not None:
                self._emit_authentication_failed(app)  # type: ignore[attr-defined]
            raise MFAAdapter().validation_error("incorrect_code")
        self.authenticator = found
        return code


class CodeForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of a sign-in."""


class CodeAgainForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """Saying once more who it is."""


class _OnlyPasskey:
    """A form that refuses the copy of a passkey."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        sent = self.cleaned_data["credential"]
        factor: Authenticator = super().clean_credential()  # type: ignore[misc]
        if not is_the_only_one(factor, sent):
            tell_of_a_copy(factor)
            raise MFAAdapter().validation_error("incorrect_code")
        return factor


def tell_of_a_copy(factor: Authenticator) -> None:
    """Somebody may have a copy of a passkey: its owner gets a letter, the trail a line."""
    MFAAdapter().send_notification_mail("mfa/email/passkey_copied", factor.user)
    member = Member.objects.filter(user=factor.user_id).first()
    if member is not None:
        record("passkey_copy_refused", on=member, by=None, at=timezone.now())


class PasskeyStepForm(_OnlyPasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class PasskeySignInForm(_OnlyPasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class PasskeyAgainForm(_OnlyPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Saying once more who it is, by passkey."""
