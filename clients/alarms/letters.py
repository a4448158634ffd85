"""The letters that call a clinician or an owner to their Today. No name, no reference, not a clinical word."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from practice.people.models import Member

log = logging.getLogger(__name__)


def call(members: Iterable[Member]) -> int:
    """Ask those who treat the client to look at Today; how many letters left. Raises OSError where none did."""
    return _send(members, "treating.txt", "today")


def call_owners(members: Iterable[Member]) -> int:
    """Ask the owners to appoint somebody; how many letters left. Raises OSError where none did."""
    return _send(members, "owners.txt", "clients_and_clinicians")


def _send(members: Iterable[Member], template: str, page: str) -> int:
    """One letter each, so that none sees the others' addresses; an address that is refused keeps none of the others."""
    text = render_to_string(f"clients/alarms/{template}", {"url": f"{settings.SITE}{reverse(page)}"})
    left, refused = 0, None
    for member in members:
        try:
            send_mail(_("Please look at Today"), text, None, [member.user.email])
        except OSError as no:
            log.warning("a call to member %s was not sent", member.uid)
            refused = no
        else:
            left += 1
    if refused is not None and not left:
        raise refused
    return left
