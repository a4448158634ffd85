"""What leaves with a client's details, and what goes when the client is erased: in the end, the client."""

from django.utils.translation import gettext_lazy as _

from clients.record.models import BreakGlass, CareTeamMember, Client, EmergencyContact
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.people.forgetting import forget_sign_in
from practice.web.tables import table

CLIENT = {
    "uid": _("Id of the client"),
    "reference": _("Reference"),
    "name": _("Name they like to be called"),
    "pronouns": _("Pronouns"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "born_on": _("Born on"),
    "status": _("Where the work stands"),
    "focus": _("What we are working on"),
    "registered_at": _("When the record was begun (UTC)"),
}
CONTACT = {"name": _("Name"), "relation": _("Relation"), "phone": _("Telephone")}
TEAM = {
    "member.name": _("Who"),
    "part": _("Their part"),
    "since": _("First day"),
    "until": _("Last day; empty while it goes on"),
}
EMERGENCIES = {
    "member.name": _("Who opened the record"),
    "reason": _("Why"),
    "opened_at": _("From (UTC)"),
    "until": _("Until at the latest (UTC)"),
    "ended_at": _("When it ended (UTC)"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """Details and contacts, who treats the client, and who opened the record in an emergency."""
    whole = Client.objects.filter(pk=client.pk)
    return [
        table(
            "client",
            about=_("The client: one line."),
            rows=whole,
            columns=CLIENT,
            models=["clients.Client"],
        ),
        table(
            "emergency_contact",
            about=_("Whom to call when a session outdoors goes wrong."),
            rows=EmergencyContact.objects.filter(client=client),
            columns=CONTACT,
            models=["clients.EmergencyContact"],
        ),
        table(
            "care_team",
            about=_("Who treats the client, from when to when."),
            rows=CareTeamMember.objects.filter(client=client)
            .select_related("member")
            .order_by("since", "pk"),
            columns=TEAM,
            models=["clients.CareTeamMember"],
        ),
        table(
            "emergency_accesses",
            about=_("Each time somebody from outside the care team opened the record in an emergency."),
            rows=BreakGlass.objects.filter(client=client)
            .select_related("member")
            .order_by("opened_at", "pk"),
            columns=EMERGENCIES,
            models=["clients.BreakGlass"],
        ),
    ]


def erased(client: Client) -> list[Erasure]:
    """The sign-in of the portal is closed and emptied; then the row of the client goes, after all that hangs on it."""
    contact = EmergencyContact.objects.filter(client=client)
    team = CareTeamMember.objects.filter(client=client)
    emergencies = BreakGlass.objects.filter(client=client)
    return [
        Erasure(
            models=["clients.EmergencyContact"],
            words=_("Emergency contact"),
            count=contact.count(),
            order=90,
            erase=contact.delete,
        ),
        Erasure(
            models=["clients.BreakGlass"],
            words=_("Emergency accesses"),
            count=emergencies.count(),
            order=91,
            erase=emergencies.delete,
        ),
        Erasure(
            models=["clients.CareTeamMember"],
            words=_("Who treated them"),
            count=team.count(),
            order=92,
            erase=team.delete,
        ),
        Erasure(
            models=["clients.Client"],
            words=_("Name, contacts, birth date, the portal’s sign-in and the key to all of it"),
            count=1,
            order=100,
            erase=lambda: _let_go(client),
        ),
    ]


def _let_go(client: Client) -> None:
    member = client.member
    client.delete()
    if member is not None:
        forget_sign_in(member=member)
