"""Who hears that everything is asked for, and that it leaves: whoever is here, and whoever was here lately."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mass_mail
from django.utils.translation import gettext as _

from clients.lifecycle import second_person
from clients.lifecycle.models import Export
from practice.people.models import Member
from practice.people.roles import Permission


def tell_of_the_asking(export: Export, now: datetime) -> None:
    """A letter while there is still time to speak with the person who asked."""
    words = _(
        "%(asker)s asked for an archive of everything in the practice. It is made when a second person confirms it; "
        "where nobody else could, not before 14 days have passed. "
        "If you did not know of this, please speak with them now. The audit trail has the details."
    ) % {"asker": export.asked_by.name}
    _send(_("Everything in the practice is to be exported"), words, _told(export, now))


def tell_of_the_confirming(export: Export, now: datetime) -> None:
    """Who treats clients here hears that their records are about to leave."""
    by = export.confirmed_by
    words = _(
        "%(asker)s asked for an archive of everything in the practice, and %(by)s confirmed it. "
        "If you did not know of this, please speak with them now. The audit trail has the details."
    ) % {"asker": export.asked_by.name, "by": by.name if by else ""}
    _send(_("Everything in the practice is being exported"), words, _told(export, now))


def _told(export: Export, now: datetime) -> set[str]:
    """The addresses: of who may confirm, and of who came, went or changed roles lately, signed out or not."""
    staff = Member.objects.filter(is_active=True).exclude(roles=["client"]).select_related("user")
    here = [one for one in staff if one.may(Permission.CONFIRM_PRACTICE_EXPORT)]
    lately = second_person.lately_placed(asker=export.asked_by, now=now)
    return {one.user.email for one in [*here, *lately]}


def _send(subject: str, words: str, addresses: Iterable[str]) -> None:
    letters = ((subject, words, settings.DEFAULT_FROM_EMAIL, [address]) for address in sorted(addresses))
    send_mass_mail(letters, fail_silently=True)
