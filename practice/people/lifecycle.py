"""What the practice takes along of its people and settings."""

from django.utils.translation import gettext_lazy as _

from practice.contributions import Table
from practice.people.models import Member, Practice
from practice.web.tables import table

PRACTICE = {
    "name": _("Name"),
    "time_zone": _("Time zone"),
    "country": _("Country"),
    "phone": _("Telephone"),
}
PEOPLE = {
    "uid": _("Id of the member"),
    "name": _("Name"),
    "user.email": _("E-mail they sign in with"),
    "roles": _("Roles"),
    "rights": _("Rights on top of the roles"),
    "is_active": _("Whether they may sign in"),
    "user.joined_at": _("Since when (UTC)"),
}


def practice_exported() -> list[Table]:
    """The settings, and everybody who works here; clients are in their own folders."""
    staff = Member.objects.exclude(roles=["client"]).select_related("user").order_by("pk")
    return [
        table(
            "practice",
            about=_("The practice: one line."),
            rows=Practice.objects.all(),
            columns=PRACTICE,
            models=["practice.Practice"],
        ),
        table(
            "people",
            about=_("Everybody who works here or did."),
            rows=staff,
            columns=PEOPLE,
            models=["practice.Member", "practice.User"],
        ),
    ]
