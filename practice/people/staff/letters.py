"""The letters to colleagues: choose a password; your second step was reset."""

from datetime import datetime

from allauth.account.forms import ResetPasswordForm
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from practice.people.models import Member


def send_first_password_letter(request: HttpRequest, email: str) -> None:
    """The usual password-reset mail: nobody else ever knows the password."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)


def tell_of_reset(*, member: Member, reason: str, by: Member, now: datetime) -> None:
    """One letter to the colleague and one to each other owner: a reset that nobody asked for is noticed the same day."""
    rows = Member.objects.filter(is_active=True, roles__contains=["owner"]).exclude(pk__in=[member.pk, by.pk])
    for one in [member, *rows.select_related("user")]:
        words = {"member": member, "by": by, "at": now, "is_theirs": one.pk == member.pk, "reason": reason}
        text = render_to_string("practice/people/reset_letter.txt", words)
        send_mail(_("A second step was reset"), text, None, [one.user.email])
