"""What programs send to and receive from this room's endpoints."""

from rest_framework import serializers

from clients.measures.models import MOST, MeasurePlan
from clients.measures.rules import Judgement
from clients.screening.shapes import AnswerField
from practice.web.api import In, Out

JUDGEMENTS = [(one.value, one.value) for one in Judgement]


class RhythmIn(In):
    every = serializers.IntegerField(min_value=1, max_value=MOST)
    unit = serializers.ChoiceField(choices=MeasurePlan.Unit.choices)
    starts_on = serializers.DateField(required=False, help_text="Today, if left out.")
    until = serializers.DateField(required=False, allow_null=True, default=None)
    shared = serializers.BooleanField(
        default=False, help_text="The client may read in words whether it changed."
    )


class PlanIn(RhythmIn):
    client = serializers.UUIDField()
    instrument = serializers.SlugField(max_length=40)


class PauseIn(In):
    resumes_on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Left out: until it is taken up again."
    )


class TogetherIn(In):
    instrument = serializers.SlugField(max_length=40)
    answers = serializers.DictField(child=AnswerField())


class PlanOut(Out):
    id = serializers.UUIDField(source="plan.uid")
    client = serializers.UUIDField(source="plan.client.uid")
    instrument = serializers.CharField(source="plan.instrument")
    every = serializers.IntegerField(source="plan.every")
    unit = serializers.ChoiceField(choices=MeasurePlan.Unit.choices, source="plan.unit")
    starts_on = serializers.DateField(source="plan.starts_on")
    until = serializers.DateField(source="plan.until", allow_null=True)
    paused_on = serializers.DateField(source="plan.paused_on", allow_null=True)
    resumes_on = serializers.DateField(source="plan.resumes_on", allow_null=True)
    shared = serializers.BooleanField(source="plan.shared")
    ended_at = serializers.DateTimeField(source="plan.ended_at", allow_null=True)
    is_due = serializers.BooleanField()
    is_waiting = serializers.BooleanField(help_text="It lies with the client and is not handed in.")
    next_on = serializers.DateField(allow_null=True, help_text="For weeks, where it asks again by itself.")
    sessions_left = serializers.IntegerField(allow_null=True, help_text="For sessions.")


class FormOut(Out):
    on = serializers.DateField()
    total = serializers.FloatField(allow_null=True, help_text="Null: incomplete.")
    band = serializers.CharField()
    difference = serializers.FloatField(allow_null=True, help_text="To the first complete form.")
    change = serializers.ChoiceField(choices=[("", ""), *JUDGEMENTS])
    crossed = serializers.ChoiceField(
        choices=["", "below", "above"], help_text="The cut-off, since the first."
    )


class MeasureOut(Out):
    instrument = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    attribution = serializers.CharField()
    reliable_change = serializers.IntegerField(allow_null=True)
    cut_off = serializers.IntegerField(allow_null=True)
    finding = serializers.CharField()
    forms = FormOut(many=True)
    missed = serializers.ListField(
        child=serializers.DateField(), help_text="Days on which it was due and no form came."
    )


class MeasuresOut(Out):
    client = serializers.UUIDField()
    measures = MeasureOut(many=True)


class KeptOut(Out):
    alert = serializers.UUIDField(allow_null=True, help_text="The safety alert that an answer raised.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="Questions without an answer.")
    handed_in = serializers.BooleanField()
