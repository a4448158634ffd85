"""The data keys, wrapped by a key-encryption key that is never in the database."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """The key of one client's records, or of the installation's own secrets.

    `wrapped` is the key sealed with the key-encryption key whose fingerprint is `kek`. A destroyed key leaves its row
    behind, empty, so that what it sealed is known to be erased and not damaged.
    """

    uid = models.UUIDField(default=uuid4, primary_key=True, editable=False)
    of_installation = models.BooleanField(default=False, editable=False)
    wrapped = models.BinaryField()
    kek = models.CharField(max_length=16)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destroyed_key_is_empty",
                condition=(Q(destroyed_at=None) & ~Q(wrapped=b""))
                | Q(destroyed_at__isnull=False, wrapped=b""),
            ),
            models.UniqueConstraint(
                name="one_key_of_the_installation",
                fields=["of_installation"],
                condition=Q(of_installation=True, destroyed_at=None),
            ),
        ]
        indexes = [models.Index(fields=["kek"], name="keys_by_kek", condition=Q(destroyed_at=None))]

    def __str__(self) -> str:
        return f"key {self.uid}"
