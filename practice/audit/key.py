"""The secret of the seals: made once, kept sealed with the installation's own key, which is not in the database."""

import secrets

from practice.audit.models import TrailKey
from practice.encryption.secrets import open_text, seal_text

ABOUT = "trail"


def key() -> bytes:
    """The secret that the chain is sealed with. Changing TOWPATH_KEY does not change it.

    Raises Damaged, KeyMissing when the row or the key that opens it is not the one it was made with.
    """
    row = TrailKey.objects.first() or _made()
    return open_text(row.sealed, about=ABOUT).encode()


def _made() -> TrailKey:
    """Whoever needs it first makes it; two at the same moment get the same one."""
    sealed = seal_text(secrets.token_urlsafe(48), about=ABOUT)
    TrailKey.objects.bulk_create([TrailKey(sealed=sealed)], ignore_conflicts=True)
    return TrailKey.objects.get()
