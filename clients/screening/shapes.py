"""What programs send to and receive from this room's endpoints."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clients.instruments.scoring import MOST_LETTERS
from clients.screening import rules
from clients.screening.decision_shapes import SuggestionOut
from clients.screening.models import Clearance, Screening
from practice.web.api import In, Out

MOST_AT_ONCE = 40
ANSWER_SCHEMA = {
    "oneOf": [{"type": "integer"}, {"type": "string", "maxLength": MOST_LETTERS}],
    "description": "An option's value or a count; words; or `not_said` for a question to be talked about.",
}


@extend_schema_field(ANSWER_SCHEMA)
class AnswerField(serializers.CharField):
    """A whole number stays a number; anything else is text within limits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_LETTERS, allow_blank=True, trim_whitespace=False, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Raises ValidationError for what is neither a whole number nor text."""
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        if data is not serializers.empty and not isinstance(data, str):
            raise serializers.ValidationError(_("Send a whole number or text."))
        return super().run_validation(data)

    def to_representation(self, value: Any) -> Any:
        """As it was sent."""
        return value


@extend_schema_field({"type": "number"})
class PointsField(serializers.Field[Any, Any, Any, Any]):
    """A total: whole, or with decimals where the rule of the questionnaire makes means."""

    def to_representation(self, value: Any) -> Any:
        return value


class ScreeningIn(In):
    client = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Screening.Purpose.choices)
    instruments = serializers.ListField(
        child=serializers.SlugField(max_length=40),
        required=False,
        min_length=1,
        max_length=MOST_AT_ONCE,
        help_text="Keys of questionnaires that this practice uses; without it, the set of the purpose.",
    )


class AnswerIn(In):
    instrument = serializers.SlugField(max_length=40)
    item = serializers.SlugField(max_length=40)
    value = AnswerField()


class InPersonIn(In):
    instrument = serializers.SlugField(max_length=40, default="asq")
    answers = serializers.DictField(child=AnswerField())


class CloseAlertIn(In):
    what_was_done = serializers.CharField(max_length=4000)


class OptionOut(Out):
    value = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment] # declared fields leave the class


class ItemOut(Out):
    key = serializers.CharField()
    text = serializers.CharField()
    help = serializers.CharField()
    kind = serializers.ChoiceField(choices=["choice", "count", "words"])
    options = OptionOut(many=True)
    is_required = serializers.BooleanField()


class ResultOut(Out):
    total = PointsField(allow_null=True)
    band = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    flags = serializers.ListField(child=serializers.CharField())


class ResponseOut(Out):
    instrument = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    asked_by_clinician = serializers.BooleanField()
    stem = serializers.CharField()
    attribution = serializers.CharField()
    items = ItemOut(many=True)
    answers = serializers.DictField(child=AnswerField())
    submitted_at = serializers.DateTimeField(allow_null=True)
    result = ResultOut(allow_null=True, help_text="For staff, once handed in.")


class HitOut(Out):
    level = serializers.ChoiceField(choices=[(level, level) for level in rules.LEVELS])
    rule = serializers.CharField(source="code")
    sentence = serializers.CharField()
    measured = serializers.CharField(help_text="Which points met which threshold.")
    source = serializers.CharField()  # type: ignore[assignment] # declared fields leave the class
    weigh = serializers.CharField(help_text="What may be held against it.")
    walk = serializers.ChoiceField(choices=Clearance.Decision.choices)
    run = serializers.ChoiceField(choices=Clearance.Decision.choices)


class ScreeningLine(Out):
    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    purpose = serializers.ChoiceField(choices=Screening.Purpose.choices)
    asked_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)


class ScreeningOut(ScreeningLine):
    responses = ResponseOut(many=True)
    hits = HitOut(many=True, help_text="What the rules say of handed-in answers, loudest first; for staff.")
    ruleset = serializers.CharField(help_text="Version of the rules that were read.")
    suggestions = SuggestionOut(many=True, help_text="What follows from these answers alone; for staff.")


class AnsweredOut(Out):
    instrument = serializers.CharField()
    item = serializers.CharField()
    value = AnswerField()
    show_help = serializers.BooleanField(help_text="Show whom to call before the next question.")
    see_a_doctor = serializers.BooleanField(help_text="Say: see a doctor before moving with us.")


class SafeNowIn(In):
    safe_now = serializers.ChoiceField(choices=[(said, said) for said in ("yes", "no", "unsure")])


class SafeNowOut(Out):
    safe_now = serializers.ChoiceField(choices=[(said, said) for said in ("yes", "no", "unsure")])
    show_help = serializers.BooleanField(help_text="Show whom to call, and stay there.")


class AlertOut(Out):
    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    instrument = serializers.CharField(source="response.instrument")
    item = serializers.CharField()
    safe_now = serializers.ChoiceField(choices=["", "yes", "no", "unsure"])
    raised_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    what_was_done = serializers.CharField()


class WholeAlertOut(AlertOut):
    screening = serializers.UUIDField()
    question = serializers.CharField(help_text="As it was worded that day.")
    answer = serializers.CharField(help_text="What was said, in the words that were shown.")
    by = serializers.CharField(allow_blank=True, help_text="Who closed it.")
