"""What programs send and receive about decisions."""

from typing import Any

from rest_framework import serializers

from clients.letters.forms import OTHERS
from clients.letters.models import Letter, Told
from clients.screening import rules
from clients.screening.models import Clearance, OverrideWish
from practice.web.api import In, Out

MODES = [(mode, mode) for mode in rules.MOVING_MODES]
KINDS = [(kind, kind) for kind in rules.ROUTE_KINDS]
MOST_ALTERNATIVES = 10
TOLD_HOW = [(how, how) for how, _word in OTHERS]
EXCLUSIONS = [(name, name) for name in rules.EXCLUSIONS]


class LimitsIn(In):
    """Conditions that booking obeys, and the words beside them."""

    conditions = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    most_minutes = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=rules.FEWEST_MINUTES,
        max_value=rules.MOST_MINUTES,
    )
    route_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS), required=False, default=list, max_length=len(KINDS)
    )
    company = serializers.BooleanField(default=False)
    no_solo_runs = serializers.BooleanField(default=False)
    letter_by = serializers.DateField(required=False, allow_null=True, default=None)

    @staticmethod
    def limits(sent: dict[str, Any]) -> rules.Limits:
        """Those that were sent."""
        return rules.Limits(
            most_minutes=sent["most_minutes"],
            route_kinds=tuple(dict.fromkeys(sent["route_kinds"])),
            company=sent["company"],
            no_solo_runs=sent["no_solo_runs"],
            letter_by=sent["letter_by"],
        )


class LetterIn(In):
    text = serializers.CharField(max_length=8000)
    way = serializers.ChoiceField(choices=Letter.Way.choices, default=Letter.Way.PORTAL)
    kind = serializers.ChoiceField(
        choices=Letter.Kind.choices,
        required=False,
        help_text="Leave it out for the one that fits the decision.",
    )
    reason = serializers.CharField(
        max_length=600,
        required=False,
        allow_blank=True,
        help_text="In plain words, as the letter says it; asked for unless moving is open.",
    )
    alternatives = serializers.ListField(
        child=serializers.CharField(max_length=400),
        required=False,
        max_length=MOST_ALTERNATIVES,
        help_text="Two at least for “not a fit”, as the letter says them.",
    )


class ClearanceIn(LimitsIn):
    client = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=MODES)
    decision = serializers.ChoiceField(choices=Clearance.Decision.choices)
    rationale = serializers.CharField(max_length=4000)
    review_on = serializers.DateField(required=False)
    screening = serializers.UUIDField(required=False)
    exclusions = serializers.ListField(
        child=serializers.ChoiceField(choices=EXCLUSIONS),
        required=False,
        max_length=len(rules.EXCLUSIONS),
        help_text="Those confirmed now; leave it out to let stand what was confirmed before.",
    )
    talked = serializers.BooleanField(default=False, help_text="The clinician has talked with the client.")
    walk_only = serializers.BooleanField(default=False, help_text="Puts running on hold with it.")
    seen = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        help_text="Id of the newest decision that was looked at; 409 where another has come since.",
    )
    letter = LetterIn(required=False, help_text="Sent to the client with the decision, or neither is kept.")


class LetterSeenIn(In):
    words = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class WishIn(LimitsIn):
    client = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=MODES)
    rationale = serializers.CharField(max_length=4000)
    review_on = serializers.DateField(required=False, help_text="30 days at most.")
    talked = serializers.BooleanField(default=False, help_text="The clinician has talked with the client.")


class WishAnswerIn(In):
    answer = serializers.ChoiceField(choices=[(step, step) for step in ("sign", "decline", "take_back")])
    reason = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    letter = LetterIn(required=False, help_text="Sent to the client with the signature, or neither is kept.")


class LimitsOut(Out):
    conditions = serializers.CharField()
    most_minutes = serializers.IntegerField(allow_null=True)
    route_kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS))
    company = serializers.BooleanField()
    no_solo_runs = serializers.BooleanField()
    letter_by = serializers.DateField(allow_null=True)


class LetterOut(Out):
    id = serializers.UUIDField(source="uid")
    kind = serializers.ChoiceField(choices=Letter.Kind.choices)
    way = serializers.ChoiceField(choices=Letter.Way.choices)
    sent_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(
        allow_null=True, help_text="When the client said that they had read it; opening it says nothing."
    )


class DoctorsLetterOut(Out):
    words = serializers.CharField(help_text="What a clinician read in it.")
    seen_by = serializers.CharField(source="seen_by.name")
    seen_at = serializers.DateTimeField()


class ToldIn(In):
    whom = serializers.CharField(max_length=200)
    how = serializers.ChoiceField(choices=TOLD_HOW)
    words = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class ToldOut(Out):
    id = serializers.UUIDField(source="uid")
    whom = serializers.CharField()
    how = serializers.ChoiceField(choices=Told.How.choices)
    words = serializers.CharField()
    told_by = serializers.CharField(source="told_by.name")
    told_at = serializers.DateTimeField()


class ClearanceOut(LimitsOut):
    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    mode = serializers.ChoiceField(choices=Clearance.Mode.choices)
    decision = serializers.ChoiceField(choices=Clearance.Decision.choices)
    rationale = serializers.CharField()
    excluded_by = serializers.ListField(child=serializers.CharField())
    overrides = serializers.ListField(child=serializers.CharField())
    decided_by = serializers.CharField(source="decided_by.name", allow_null=True, default=None)
    second_by = serializers.CharField(source="second_by.name", allow_null=True, default=None)
    by_rule = serializers.CharField()
    ruleset = serializers.CharField(help_text="Version of the rules that were read for it.")
    decided_at = serializers.DateTimeField()
    valid_from = serializers.DateField()
    review_on = serializers.DateField()
    letter_seen = serializers.BooleanField(source="limits.letter_seen")
    doctors_letter = DoctorsLetterOut(source="letter", allow_null=True, default=None)
    letters = LetterOut(many=True, source="letters.all")


class WishOut(LimitsOut):
    id = serializers.UUIDField(source="uid")
    client = serializers.UUIDField(source="client.uid")
    mode = serializers.ChoiceField(choices=Clearance.Mode.choices)
    overrides = serializers.ListField(child=serializers.CharField())
    rationale = serializers.CharField()
    review_on = serializers.DateField()
    asked_by = serializers.CharField(source="asked_by.name")
    asked_at = serializers.DateTimeField()
    answer = serializers.ChoiceField(choices=[("", ""), *OverrideWish.Answer.choices])
    answered_by = serializers.CharField(source="answered_by.name", allow_null=True, default=None)
    answered_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    clearance = serializers.UUIDField(source="clearance.uid", allow_null=True, default=None)


class ReasonOut(Out):
    rule = serializers.CharField(source="code")
    sentence = serializers.CharField()
    measured = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # declared fields leave the class
    weigh = serializers.CharField()
    decides = serializers.BooleanField()


class SuggestionWords(Out):
    sentence = serializers.CharField()
    reasons = ReasonOut(many=True)
    otherwise = serializers.CharField()


class SuggestionOut(SuggestionWords):
    mode = serializers.ChoiceField(choices=MODES)
    decision = serializers.ChoiceField(choices=Clearance.Decision.choices)
