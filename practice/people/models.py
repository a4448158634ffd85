"""The people who sign in, the practice they belong to, and the tokens they hand to programs."""

import logging
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from practice.people.querysets import MemberQuerySet, TokenQuerySet
from practice.people.roles import EXTRA_RIGHTS, Permission, Role, granted

log = logging.getLogger(__name__)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> "User":
        """A user whose sign-in name is the e-mail address, in lower case."""
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A sign-in: an e-mail address and its factors. What it may do hangs on its Member.

    `sign_in_version` goes up, by triggers of the database, whenever the password, a factor, the roles or the standing of
    the person change: every session and every token of an older version is over.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    sign_in_version = models.PositiveIntegerField(default=0, editable=False)
    has_second_factor: bool | None = None
    """Known when the user was asked for `factors.with_factors`."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower("email")))
        ]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to be this person's: Django ends it when this is another."""
        about = f"{self.sign_in_version}:{self.password}"
        return salted_hmac("towpath.session", about, secret=secret, algorithm="sha256").hexdigest()


class Practice(models.Model):
    """The practice this installation belongs to: exactly one row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    country = models.CharField(max_length=2, default="GB")
    phone = models.CharField(max_length=32, blank=True)
    is_demo = models.BooleanField(default=False)
    response_words = models.CharField(max_length=300, blank=True)
    """Who reads what clients answer, and by when: the owner's own sentence. Blank means that no client is invited yet."""
    needs_agreement = models.BooleanField(default=False)
    """Whether nobody moves with us before the agreement is signed."""
    second_may_override = models.BooleanField(default=False)
    """Whether a second clinician may clear, for 30 days at most, what H1 or H2 excludes. H3 is never overridden."""

    class Meta:
        constraints = [models.CheckConstraint(name="practice_is_the_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person of the practice: staff with one or more roles, or a client with the portal.

    An inactive member may do nothing and sees nothing. `rights` are what an owner gave on top of the roles. A client who
    took up an invitation is not confirmed until a clinician of theirs says so, and may do nothing before.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="member")
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=12, choices=Role.choices))
    rights = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_confirmed = models.BooleanField(default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_has_a_role", condition=Q(roles__len__gt=0)),
            models.CheckConstraint(
                name="member_roles_are_known", condition=Q(roles__contained_by=[*Role.values])
            ),
            models.CheckConstraint(
                name="member_extra_rights_are_known",
                condition=Q(rights__contained_by=[str(right) for right in EXTRA_RIGHTS]),
            ),
            models.CheckConstraint(
                name="member_extra_rights_are_for_those_who_treat",
                condition=Q(rights=[]) | Q(roles__overlap=[Role.CLINICIAN, Role.SUPERVISOR]),
            ),
            models.CheckConstraint(
                name="member_is_staff_or_client_never_both",
                condition=Q(roles=[Role.CLIENT]) | ~Q(roles__contains=[Role.CLIENT]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether this member holds a right, by a role or by name. What is not understood is a no."""
        try:
            held = granted(self.roles, self.rights)
        except Exception:  # whatever breaks in the table of rights, nobody comes in by it
            log.exception("the rights of member %s could not be read", self.pk)
            return False
        return self.is_active and self.is_confirmed and permission in held

    @property
    def is_client(self) -> bool:
        return self.roles == [Role.CLIENT]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class ApiToken(models.Model):
    """A key that a program shows instead of a sign-in. Only its SHA-256 digest is kept.

    It ends with its time, when it is revoked, and when the sign-in of its member changes.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=24))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    sign_in_version = models.PositiveIntegerField(default=0, editable=False)

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
        """Whether it opens anything. Asks for the user of its member."""
        user = self.member.user
        is_theirs = user.is_active and self.sign_in_version == user.sign_in_version
        return is_theirs and self.revoked_at is None and now < self.expires_at


class Attempts(models.Model):
    """How often something was tried since `began_at`: a sign-in, a code, a letter. `key` tells nothing about whom."""

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at}"
