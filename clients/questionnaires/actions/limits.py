"""How much a practice may bring. Every file in use is read for many a page, and what was brought is kept for good."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Count, Func, IntegerField, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from clients.questionnaires.models import PracticeInstrument
from clients.questionnaires.querysets import PracticeInstrumentQuerySet
from practice.people.models import Practice
from practice.web.refusals import Refused

MOST_IN_USE = 100
MOST_BYTES = 2 * 1024 * 1024
"""Of all files in use together, as they are kept."""
MOST_A_DAY = 50


class TooManyToday(Refused):
    code, field = "too_many_questionnaires", "file"
    status: ClassVar[int] = 429
    message = _("Your practice brought in 50 files within a day. Go on tomorrow.")


class ShelfFull(Refused):
    code, field = "shelf_full", "file"
    message = _(
        "100 files of your own are in use, and there is no room for more."
        " Put one away that you no longer ask, then bring this one."
    )


class ShelfTooHeavy(Refused):
    code, field = "shelf_too_heavy", "file"
    message = _(
        "With this one your own files in use would hold more than 2 MB."
        " Put one away that you no longer ask, then bring this one."
    )


def check_the_day(*, now: datetime) -> None:
    """Before a file is looked at, one practice's file at a time. Raises TooManyToday."""
    Practice.objects.select_for_update().first()
    today = _files().filter(taken_at__gt=now - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        raise TooManyToday


def check_the_shelf() -> None:
    """After a file was put on it, so that what it replaced counts no more. Raises ShelfFull, ShelfTooHeavy."""
    size = Func(Cast("content", TextField()), function="octet_length", output_field=IntegerField())
    held = _files().in_use().aggregate(count=Count("pk"), size=Sum(size))
    if held["count"] > MOST_IN_USE:
        raise ShelfFull
    if (held["size"] or 0) > MOST_BYTES:
        raise ShelfTooHeavy


def _files() -> PracticeInstrumentQuerySet:
    """What the practice brought, not what of ours it switched on."""
    return PracticeInstrument.objects.filter(content__isnull=False)
