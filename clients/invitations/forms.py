"""The shape of what is typed about an invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.invitations.models import PortalInvitation
from practice.web.dates import BirthDateField
from practice.web.forms import PlainEmail, PlainText, ShapeForm


class InviteForm(ShapeForm):
    email = PlainEmail(label=_("Their e-mail"), max_length=254)


class AcceptForm(ShapeForm):
    """The second fact and a password."""

    password1 = forms.CharField(
        max_length=256, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        max_length=256, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: PortalInvitation, **options: Any) -> None:
        super().__init__(*args, **options)
        if invitation.second == PortalInvitation.Second.CODE:
            self.fields["second"] = PlainText(label=_("The code your therapist gave you"), max_length=16)
        else:
            self.fields["second"] = BirthDateField(label=_("Your date of birth"))
        self.order_fields(["second", "password1", "password2"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        try:
            validate_password(typed.get("password1", ""))
        except ValidationError as weak:
            self.add_error("password1", weak)
        if typed.get("password1") and typed.get("password2") not in {None, typed["password1"]}:
            self.add_error("password2", _("The two are not the same. Please type it once more."))
        return typed
