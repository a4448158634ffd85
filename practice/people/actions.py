"""The practice is founded once; people are let in by name."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.people.models import Member, Practice, User
from practice.people.roles import Role
from practice.resources.actions import seed
from practice.web.refusals import Refused, refusing


class AlreadyFounded(Refused):
    """One installation holds one practice."""

    code = "already_founded"
    message = _("This installation has its practice already.")


class EmailTaken(Refused):
    """An address signs one person in."""

    code = "email_taken"
    message = _("Somebody signs in with this e-mail address already. Use another one.")
    field = "email"


class WeakPassword(Refused):
    """Django's validators have the words."""

    code = "weak_password"
    field = "password"


@transaction.atomic
def found_practice(
    *, name: str, time_zone: str, is_demo: bool, response_words: str = "", now: datetime
) -> Practice:
    """Begin. Until `response_words` say who reads answers and when, no client is invited. Raises AlreadyFounded."""
    practice = Practice(name=name, time_zone=time_zone, is_demo=is_demo, response_words=response_words)
    with refusing(practice_practice_only_key=AlreadyFounded):
        practice.save()
    record("practice_founded", on=practice, by=None, at=now)
    seed(now=now)
    return practice


@transaction.atomic
def admit_member(
    *, email: str, name: str, roles: list[Role], password: str | None, by: Member | None, now: datetime
) -> Member:
    """Give a person a sign-in and their roles; without a password they choose one by the reset mail.

    Raises EmailTaken, WeakPassword. `by` None means the command line.
    """
    user = User(email=email.strip().lower())
    _set_password(user, password)
    with refusing(practice_user_email_key=EmailTaken):
        user.save()
    member = Member.objects.create(user=user, name=name, roles=[str(role) for role in roles], placed_at=now)
    record("member_admitted", on=member, by=by, at=now, roles=",".join(member.roles))
    return member


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    user.set_password(password)
