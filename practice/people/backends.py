"""Sign-in by e-mail address, with the member and whether there is a second factor fetched beside the user."""

from allauth.account.auth_backends import AuthenticationBackend

from practice.people.factors import with_factors
from practice.people.models import User


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """The active user with its member, in one query, or None."""
        users = with_factors(User.objects.select_related("member"))
        user: User | None = users.filter(pk=user_id, is_active=True).first()
        return user
