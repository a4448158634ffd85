"""A person's sign-in is emptied: what stays is a row without a name that older rows may point at."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from practice.people.models import ApiToken, Member


@transaction.atomic
def forget_sign_in(*, member: Member) -> None:
    """Close the sign-in for good: no name, no address, no password, no factor, no key, nobody signed in."""
    user = member.user
    devices = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(devices.values_list("session_key", flat=True))).delete()
    devices.delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    ApiToken.objects.filter(member=member).delete()
    user.email, user.is_active = f"erased-{member.uid}@erased.invalid", False
    user.set_unusable_password()
    user.save()
    member.name, member.is_active = "—", False
    member.save(update_fields=["name", "is_active"])
