"""Quiet answers, and somebody to give them."""

from datetime import timedelta

from clients.instruments import load, score, written
from clients.models import Response, Screening
from clients.screening import actions
from clients.screening.rules import ALLOWING, GATE, Sheet
from clients.screening.standing import standing_for
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory, MemberFactory

QUIET_WORDS = {"active": 1}
THE_CLIENTS_OWN = tuple(key for key in GATE if key != "asq")


def quiet(key):
    """Answers on which no rule fires."""
    return {
        item.key: QUIET_WORDS.get(item.key, item.lowest) for item in load(key).items if item.is_required
    } | ({} if key != "asq" else {"q5": 0})


def sheets(**changes):
    """A whole gate of quiet sheets with some answers changed: sheets(phq9={"q9": 1})."""
    keys = (*THE_CLIENTS_OWN, "asq")
    return {key: Sheet(instrument=load(key), answers=quiet(key) | changes.get(key, {})) for key in keys}


def fill(screening, by, now=MONDAY_NOON, **changes):
    """Answer every question that the client answers themself: the changes and the last one of each sheet by hand."""
    for response in screening.responses.filter(asked_by_clinician=False):
        answers = quiet(response.instrument)
        by_hand = dict([answers.popitem()]) | changes.get(response.instrument, {})
        response.answers |= answers
        response.save(update_fields=["answers"])
        for item, value in by_hand.items():
            actions.answer(response=response, item=item, value=value, by=by, now=now)


def handed_in(client, by, now=MONDAY_NOON, purpose="intake", **changes):
    """A screening asked, answered and handed in."""
    screening = actions.ask_screening(client=client, purpose=purpose, by=by, now=now - timedelta(days=1))
    fill(screening, client.member, now, **changes)
    return actions.submit_screening(screening=screening, by=client.member, now=now)


def ask_asq(screening, by, now=MONDAY_NOON, **yes):
    """Keep the answers to the ASQ, no to all but those named."""
    answers = {f"q{number}": 0 for number in range(1, 5)} | yes
    response = screening.responses.get(instrument="asq")
    return actions.answer_in_person(response=response, answers=answers, by=by, now=now)


def has_answered(client, by, at=MONDAY_NOON - timedelta(days=2), keys=GATE, **changes):
    """Everything of the gate answered quietly and asked in person at that moment, but for the changes."""
    screening = Screening.objects.create(
        client=client, purpose="intake", asked_by=by, asked_at=at, submitted_at=at
    )
    Response.objects.bulk_create(
        _handed_in(_answered(screening, order, key, **changes)) for order, key in enumerate(keys)
    )
    return screening


def has_begun(client, by, at, keys, **changes):
    """The same, never handed in: taken back at that moment."""
    screening = Screening.objects.create(
        client=client, purpose="intake", asked_by=by, asked_at=at, cancelled_at=at
    )
    Response.objects.bulk_create(
        _answered(screening, order, key, **changes) for order, key in enumerate(keys)
    )
    return screening


def _answered(screening, order, key, **changes):
    instrument = load(key)
    return Response(
        screening=screening,
        order=order,
        instrument=key,
        version=instrument.version,
        asked_by_clinician=instrument.asked_by == "clinician",
        snapshot=written(instrument),
        answers=quiet(key) | changes.get(key, {}),
    )


def _handed_in(response):
    result = score(load(response.instrument), response.answers)
    said = {"total": result.total, "band": result.band}
    response.result = said | {"missing": list(result.missing), "flags": list(result.flags)}
    response.has_total = result.total is not None
    response.submitted_at = response.screening.submitted_at
    return response


def decide(client, by, mode="walk", decision="cleared", now=MONDAY_NOON, **more):
    """A decision with a reason; for a yes, quiet answers to what nobody has asked yet."""
    handed_in = Response.objects.submitted().filter(screening__client=client)
    missing = [key for key in GATE if key not in set(handed_in.values_list("instrument", flat=True))]
    if decision in ALLOWING and missing:
        has_answered(client, by, now - timedelta(days=1), keys=missing)
    return actions.decide_clearance(
        client=client,
        mode=mode,
        decision=decision,
        rationale=more.pop("rationale", "Talked on the phone; all well."),
        by=by,
        now=now,
        **more,
    )


def stands(client, mode, on):
    """Where the client stands with a mode on a day."""
    return standing_for(client, mode, on)


def safe(screening, said, by, now=MONDAY_NOON):
    """The alert after the client has said whether they are safe."""
    return actions.say_safe_now(screening=screening, safe_now=said, by=by, now=now)


def someone(**traits):
    return ClientFactory(**traits)


def a_clinician(**traits):
    return MemberFactory(**traits)


def a_decision(**traits):
    return ClearanceFactory(**traits)
