"""What a form showed, as a short mark: a changed record has another."""

from clients.record import rules
from clients.record.models import Client, EmergencyContact


def mark_of(client: Client) -> str:
    """The mark of everything a form shows of this client; a changed record has another."""
    contact = EmergencyContact.objects.filter(client=client).first()
    return rules.fingerprint(
        client.name,
        client.pronouns,
        client.email,
        client.phone,
        client.born_on,
        client.focus,
        *((contact.name, contact.phone, contact.relation) if contact else ()),
    )
