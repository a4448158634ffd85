"""One log, with the columns of ours that say something, in clear."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Log(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    uid = models.UUIDField(unique=True)
    activity = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    minutes = models.IntegerField(null=True)
    mood_before = models.SmallIntegerField(null=True)
    mood_after = models.SmallIntegerField(null=True)
    effort = models.CharField(max_length=20, blank=True)
    distance_m = models.IntegerField(null=True)
    context = ArrayField(models.CharField(max_length=20), default=list)
    journal = models.TextField(blank=True)
    share = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["owner", "-started_at", "-id"], name="log_newest_first"),)

    def __str__(self) -> str:
        return f"{self.activity} {self.started_at:%Y-%m-%d}"
