"""One row per thing that happened. Rows are only ever added; a trigger refuses the rest."""

from uuid import uuid4

from django.db import models

from practice.audit.querysets import AuditQuerySet


class AuditEvent(models.Model):
    """Without foreign keys, so that nothing can take a line of the trail away with it."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    member_uid = models.UUIDField(null=True)
    member_name = models.CharField(max_length=120)
    action = models.SlugField(max_length=48)
    subject = models.CharField(max_length=48)
    subject_uid = models.UUIDField(null=True)
    client_uid = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["client_uid", "-at"], name="audit_by_client")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
