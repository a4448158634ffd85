"""The log as programs send and receive it. JSON types are taken as they are: "30" is not 30, and 1 is not true."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clients.runs.choices import Activity, Context, Effort
from clients.runs.models import ENTRY_FIELDS, RunLog
from clients.runs.rules import (
    HIGHEST_MOOD,
    LOWEST_MOOD,
    MOST_METRES,
    MOST_MINUTES,
    MOST_WORDS,
    RunEntry,
    offset_minutes_of,
)
from practice.web.api import In, Out

NO_CONTROL_CHARACTERS = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"


class Uid(serializers.UUIDField):
    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        found: UUID = super().to_internal_value(data)
        return found


class Whole(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool | str):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesOrNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field({"type": "string", "maxLength": MOST_WORDS, "pattern": NO_CONTROL_CHARACTERS})
class Words(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "format": "date-time"})
class Moment(serializers.Field[datetime, str, str, Any]):
    """A time with its offset, which is kept. The rule refuses one without."""

    default_error_messages = {"invalid": _("Write the time like this: 2026-05-14T18:05:00+02:00.")}

    def to_internal_value(self, data: Any) -> datetime:
        try:
            moment = parse_datetime(data) if isinstance(data, str) else None
        except ValueError:
            moment = None
        if moment is None:
            self.fail("invalid")
        return moment


class EntryIn(In):
    """What an entry says. Rest has no minutes, no distance and no effort; every other activity has minutes."""

    activity = serializers.ChoiceField(choices=Activity.choices)
    started_at = Moment(help_text="With its offset. At most an hour ahead.")
    minutes = Whole(min_value=1, max_value=MOST_MINUTES, allow_null=True, required=False)
    mood_before = Whole(min_value=LOWEST_MOOD, max_value=HIGHEST_MOOD, allow_null=True, required=False)
    mood_after = Whole(min_value=LOWEST_MOOD, max_value=HIGHEST_MOOD, allow_null=True, required=False)
    effort = serializers.ChoiceField(choices=Effort.choices, allow_blank=True, required=False)
    distance_m = Whole(min_value=1, max_value=MOST_METRES, allow_null=True, required=False)
    context = serializers.ListField(  # type: ignore[assignment] # DRF takes declared fields off the class
        child=serializers.ChoiceField(choices=Context.choices), required=False
    )
    journal = Words(max_length=MOST_WORDS, allow_blank=True, trim_whitespace=False, required=False)
    share = YesOrNo(required=False)


class RunIn(EntryIn):
    id = Uid(required=False, help_text="Made by the sender, so that sending twice is harmless.")
    client = Uid(required=False, help_text="Whose log: needed from staff, known for a client.")


class RunOut(Out):
    id = serializers.UUIDField()
    client = serializers.UUIDField()
    activity = serializers.ChoiceField(choices=Activity.choices)
    started_at = serializers.DateTimeField(help_text="With the offset it was meant in.")
    minutes = serializers.IntegerField(allow_null=True)
    mood_before = serializers.IntegerField(allow_null=True)
    mood_after = serializers.IntegerField(allow_null=True)
    effort = serializers.ChoiceField(choices=Effort.choices, allow_blank=True)
    distance_m = serializers.IntegerField(allow_null=True)
    context = serializers.ListField(  # type: ignore[assignment] # as above
        child=serializers.ChoiceField(choices=Context.choices)
    )
    journal = serializers.CharField(allow_blank=True)
    share = serializers.BooleanField()
    logged_by_client = serializers.BooleanField(help_text="False when staff logged it for the client.")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


# A shape keeps nothing between two calls, so one of each serves all; making one costs more than using it.
RUN_IN = RunIn()
CHANGE_IN = EntryIn(partial=True)


def entry_in(sent: dict[str, Any], standing: RunEntry | None = None) -> RunEntry:
    """The entry that was sent; what was not sent stays as it stands. Raises NoOffset, ImpossibleOffset."""
    told = {name: sent[name] for name in ENTRY_FIELDS if name in sent}
    if "started_at" in told:
        told["utc_offset_minutes"] = offset_minutes_of(told["started_at"])
    if "context" in told:
        told["context"] = tuple(dict.fromkeys(told["context"]))
    return RunEntry(**told) if standing is None else replace(standing, **told)


def run_out(run: RunLog, client_uid: UUID, client_member_id: int | None) -> dict[str, Any]:
    """A row as RunOut says it: written by hand, for this is what every list is made of."""
    return {
        "id": run.uid,
        "client": client_uid,
        "activity": run.activity,
        "started_at": run.local_start.isoformat(),
        "minutes": run.minutes,
        "mood_before": run.mood_before,
        "mood_after": run.mood_after,
        "effort": run.effort,
        "distance_m": run.distance_m,
        "context": run.context,
        "journal": run.journal,
        "share": run.share,
        "logged_by_client": run.logged_by_id == client_member_id,
        "created_at": run.created_at.isoformat(),
        "changed_at": run.changed_at.isoformat(),
    }
