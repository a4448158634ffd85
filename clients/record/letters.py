"""The letter about a record that somebody took over without anybody else's yes."""

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from clients.record.models import CareTeamMember, Client
from practice.people.models import Member


def tell_who_treated(*, client: Client, taken_by: Member) -> None:
    """To everybody who treated this client before, here or gone. The reference only, not a clinical word."""
    words = _(
        "%(name)s has become the clinician of %(reference)s, whom nobody treated any more, by their own appointment. "
        "The client sees it, and it stands in the audit trail. If this surprises you, please ask %(name)s."
    ) % {"name": taken_by.name, "reference": client.reference}
    before = CareTeamMember.objects.filter(client=client).exclude(member=taken_by)
    for address in set(before.values_list("member__user__email", flat=True)):
        send_mail(_("A record was taken over"), words, None, [address], fail_silently=True)
