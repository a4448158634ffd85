"""Towpath's answers to allauth's questions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from practice.people import attempts
from practice.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: members are invited by the practice."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count a try of this e-mail address, whether anybody has it or not. Raises TooManyTries."""
        whom = str(credentials.get("email", "")).strip().lower()
        with attempts.counted((attempts.SIGN_IN, whom)) as tried:
            user: User | None = super().authenticate(request, **credentials)
            if user is not None:
                tried.was_good()
        return user

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Who has left the practice does not come in, by password or by passkey."""
        member = getattr(user, "member", None)
        if member is not None and not member.is_active:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)


class LetterForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks for a new password. Too many letters to one address are refused alike, known or not."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        attempts.take(attempts.LETTER, email.strip().lower())
        return email
