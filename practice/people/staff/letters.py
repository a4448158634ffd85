"""The letter that lets a colleague choose their password."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest


def send_first_password_letter(request: HttpRequest, email: str) -> None:
    """The usual password-reset mail: nobody else ever knows the password."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)
