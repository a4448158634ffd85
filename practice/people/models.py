"""The people who sign in, the practice they belong to, and the tokens they hand to programs."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from practice.people.querysets import MemberQuerySet, TokenQuerySet
from practice.people.roles import Permission, Role, granted


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> "User":
        """A user whose sign-in name is the e-mail address, in lower case."""
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A sign-in: an e-mail address and its factors. What it may do hangs on its Member."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower("email")))
        ]

    def __str__(self) -> str:
        return self.email


class Practice(models.Model):
    """The practice this installation belongs to: exactly one row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    country = models.CharField(max_length=2, default="GB")
    phone = models.CharField(max_length=32, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="practice_is_the_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person of the practice: staff with one or more roles, or a client with the portal.

    An inactive member may do nothing and sees nothing.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="member")
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=12, choices=Role.choices))
    is_active = models.BooleanField(default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_has_a_role", condition=Q(roles__len__gt=0)),
            models.CheckConstraint(
                name="member_is_staff_or_client_never_both",
                condition=Q(roles=[Role.CLIENT]) | ~Q(roles__contains=[Role.CLIENT]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in granted(self.roles)

    @property
    def is_client(self) -> bool:
        return self.roles == [Role.CLIENT]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class ApiToken(models.Model):
    """A key that a program shows instead of a sign-in. Only its SHA-256 digest is kept."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=24))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_ends_after_it_begins", condition=Q(expires_at__gt=F("created_at"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_good_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
