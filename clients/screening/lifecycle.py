"""What leaves with answers and decisions, and what goes when a client is erased."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clients.instruments import Item, read
from clients.record.models import Client
from clients.screening.models import (
    Clearance,
    LetterSeen,
    OverrideWish,
    Response,
    SafetyAlert,
    Screening,
)
from practice.contributions import Erasure, Paper, Recipient, Table
from practice.encryption import Unreadable
from practice.web.csv import Cell
from practice.web.refusals import Words
from practice.web.tables import entries, found, table

SCREENINGS = {
    "uid": _("Id of the set"),
    "purpose": _("What it was for"),
    "asked_by.name": _("Who asked"),
    "asked_at": _("When it was asked (UTC)"),
    "submitted_at": _("When it was sent (UTC)"),
    "cancelled_at": _("When it was taken back (UTC)"),
}
ANSWERS = {
    "screening_uid": _("Id of the set it belongs to"),
    "instrument": _("Questionnaire"),
    "version": _("Its version"),
    "submitted_at": _("When it was sent (UTC)"),
    "item": _("Key of the question"),
    "question": _("The question as it was asked"),
    "value": _("What was chosen or written"),
    "label": _("The words of the choice"),
}
RESULTS = {
    "screening_uid": _("Id of the set it belongs to"),
    "instrument": _("Questionnaire"),
    "submitted_at": _("When it was sent (UTC)"),
    "part": _("Part of the result: total, band, missing, flags"),
    "value": _("What the scoring of that day said"),
}
CONDITIONS = {
    "conditions": _("Conditions in words"),
    "most_minutes": _("Minutes of moving at most"),
    "route_kinds": _("Kinds of routes"),
    "company": _("In company between sessions"),
    "no_solo_runs": _("No runs alone between sessions"),
    "letter_by": _("Day by which a doctor’s letter is to be there"),
}
CLEARANCES = {
    "uid": _("Id of the decision"),
    "mode": _("Way of meeting"),
    "decision": _("Decision"),
    **CONDITIONS,
    "rationale": _("Reason"),
    "excluded_by": _("Rules that keep this client from moving work"),
    "overrides": _("Rules that a second clinician overrode"),
    "decided_by.name": _("Who decided"),
    "second_by.name": _("The second clinician"),
    "by_rule": _("The rule that put it on hold, where nobody had decided yet"),
    "ruleset": _("Version of the rules that were read"),
    "decided_at": _("When (UTC)"),
    "valid_from": _("First day"),
    "review_on": _("Day of review"),
}
LETTERS_SEEN = {
    "uid": _("Id of the line"),
    "clearance.uid": _("Id of the decision that waited for it"),
    "seen_by.name": _("Who read the letter"),
    "seen_at": _("When (UTC)"),
    "words": _("What it said"),
}
WISHES = {
    "uid": _("Id of the wish"),
    "mode": _("Way of meeting"),
    "overrides": _("Rules to be overridden"),
    **CONDITIONS,
    "rationale": _("Reason of the first clinician"),
    "review_on": _("Until which day"),
    "asked_by.name": _("Who asked"),
    "asked_at": _("When (UTC)"),
    "answer": _("Answer"),
    "answered_by.name": _("Who answered"),
    "answered_at": _("When it was answered (UTC)"),
    "reason": _("Reason of the second clinician"),
}
ALERTS = {
    "uid": _("Id of the alert"),
    "item": _("The question that was answered"),
    "said": _("What was answered"),
    "would_rather_talk": _("Whether they would rather talk about it than answer"),
    "safe_now": _("Whether they said they were safe"),
    "raised_at": _("When (UTC)"),
    "seen_at": _("When a person closed it (UTC)"),
    "seen_by.name": _("Who closed it"),
    "what_was_done": _("What was done"),
}


def exported(client: Client, recipient: Recipient) -> list[Table | Paper]:
    """A client's own copy holds what they answered themself; the care team's holds scores, decisions and alerts too."""
    responses = recipient.sees(Response.objects.filter(screening__client=client))
    if recipient.is_client:
        responses = responses.filter(asked_by_clinician=False)
    responses = responses.select_related("screening").order_by("screening_id", "order", "pk")
    screenings = recipient.sees(Screening.objects.filter(client=client)).select_related("asked_by")
    given: list[Table | Paper] = [
        table(
            "questions_asked",
            about=_("Each set of questionnaires that was asked."),
            rows=screenings.order_by("asked_at", "pk"),
            columns=SCREENINGS,
            models=["clients.Screening"],
        ),
        Table(
            name="answers",
            about=_("Each answer, with the question as it was worded that day."),
            columns=ANSWERS,
            rows=(row for response in responses for row in _answers(response)),
            models=["clients.Response"],
        ),
    ]
    return given if recipient.is_client else [*given, *_for_the_care_team(client, recipient, responses)]


def _for_the_care_team(client: Client, recipient: Recipient, responses: QuerySet[Response]) -> list[Table]:
    return [
        Table(
            name="results",
            about=_("What the scoring of that day said about each questionnaire."),
            columns=RESULTS,
            rows=(row for response in responses for row in _results(response)),
            models=["clients.Response"],
        ),
        table(
            "decisions",
            about=_("Each decision about sitting, walking or running together."),
            rows=recipient.sees(Clearance.objects.filter(client=client)).order_by("decided_at", "pk"),
            columns=CLEARANCES,
            models=["clients.Clearance"],
        ),
        table(
            "letters_seen",
            about=_("Each doctor’s letter for which a decision waited."),
            rows=recipient.sees(LetterSeen.objects.filter(clearance__client=client)).order_by(
                "seen_at", "pk"
            ),
            columns=LETTERS_SEEN,
            models=["clients.LetterSeen"],
        ),
        table(
            "wishes_to_override",
            about=_("Each time a second clinician was asked to override a rule."),
            rows=recipient.sees(OverrideWish.objects.filter(client=client)).order_by("asked_at", "pk"),
            columns=WISHES,
            models=["clients.OverrideWish"],
        ),
        table(
            "safety_alerts",
            about=_("Answers that a clinician had to hear of at once, and what was done."),
            rows=recipient.sees(SafetyAlert.objects.filter(client=client)).order_by("raised_at", "pk"),
            columns=ALERTS,
            models=["clients.SafetyAlert"],
        ),
    ]


def _answers(response: Response) -> Iterator[Sequence[Cell]]:
    items = _items(response)
    head = (str(response.screening.uid), response.instrument, response.version, response.submitted_at)
    for key, value in entries(response, "answers"):
        item = items.get(key)
        yield (*head, key, item.text if item else "", value, _label(item, value))


def _items(response: Response) -> Mapping[str, Item]:
    """The questions as they were asked, by key; none where they cannot be read any more."""
    try:
        return {item.key: item for item in read(found(response, "snapshot")).items}
    except Unreadable:
        return {}


def _label(item: Item | None, value: Cell) -> str:
    return next((option.label for option in item.options if option.value == value), "") if item else ""


def _results(response: Response) -> Iterator[Sequence[Cell]]:
    head = (str(response.screening.uid), response.instrument, response.submitted_at)
    for part, value in entries(response, "result"):
        yield (*head, part, value)


def erased(client: Client) -> list[Erasure]:
    """Letters, wishes and alerts hang on decisions and answers, answers on the sets that were asked."""
    letters = LetterSeen.objects.filter(clearance__client=client)
    responses = Response.objects.filter(screening__client=client)
    kinds: list[tuple[int, str, Words, QuerySet[Any]]] = [
        (50, "LetterSeen", _("Doctors’ letters that were seen"), letters),
        (50, "OverrideWish", _("Wishes to override a rule"), OverrideWish.objects.filter(client=client)),
        (51, "SafetyAlert", _("Safety alerts"), SafetyAlert.objects.filter(client=client)),
        (
            52,
            "Clearance",
            _("Decisions about sitting, walking and running"),
            Clearance.objects.filter(client=client),
        ),
        (53, "Response", _("Questionnaires with their answers"), responses),
        (54, "Screening", _("Sets of questions that were asked"), Screening.objects.filter(client=client)),
    ]
    return [
        Erasure(models=[f"clients.{model}"], words=words, count=rows.count(), order=order, erase=rows.delete)
        for order, model, words, rows in kinds
    ]
