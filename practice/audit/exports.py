"""The trail as a file, row by row as it is read: for a spreadsheet, for a program, for another health system."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from io import StringIO
from typing import Any

from practice.audit.models import AuditEvent
from practice.audit.words import fhir_action, words_of
from practice.web.csv import SafeWriter

COLUMNS = (
    "at", "person", "role", "action", "in_words", "outcome", "reason", "client", "what", "what_id", "address", "device",
    "request", "stream", "detail",
)  # fmt: skip
FHIR_OUTCOME = {"done": "0", "refused": "4", "failed": "8", "cut": "4"}
FHIR_STREAM = {"act": "rest", "change": "database"}


def as_csv(lines: Iterable[AuditEvent]) -> Iterator[str]:
    """A heading, then a line each. No cell becomes a formula."""
    yield _csv_line(COLUMNS)
    for line in lines:
        said = _said(line)
        yield _csv_line([str(said[name]) for name in COLUMNS])


def _csv_line(cells: Iterable[str]) -> str:
    sink = StringIO()
    SafeWriter(sink).row(cells)
    return sink.getvalue()


def as_json(lines: Iterable[AuditEvent]) -> Iterator[str]:
    """One list of objects."""
    return _list("[", (_said(line) for line in lines), "]")


def as_fhir(lines: Iterable[AuditEvent]) -> Iterator[str]:
    """A FHIR R4 Bundle of AuditEvent resources."""
    entries = ({"resource": audit_event(line)} for line in lines)
    return _list('{"resourceType":"Bundle","type":"collection","entry":[', entries, "]}")


def audit_event(line: AuditEvent) -> dict[str, Any]:
    """One line as FHIR says it: who, did what, to what, when, from where, with which outcome and purpose."""
    event: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": str(line.uid),
        "type": {"code": FHIR_STREAM[line.stream], "display": words_of(line.action)},
        "subtype": [{"system": "urn:towpath:action", "code": line.action}],
        "action": fhir_action(line.action),
        "recorded": line.at.astimezone(UTC).isoformat(),
        "outcome": FHIR_OUTCOME[line.outcome],
        "agent": [_agent(line)],
        "source": {"observer": {"display": "Towpath"}},
        "entity": list(_entities(line)),
    }
    if line.reason:
        event["outcomeDesc"] = line.reason
        event["purposeOfEvent"] = [{"text": line.reason}]
    return event


def _agent(line: AuditEvent) -> dict[str, Any]:
    agent: dict[str, Any] = {"requestor": True, "name": line.member_name or "unknown"}
    if line.member_uid:
        agent["altId"] = str(line.member_uid)
    if line.member_roles:
        agent["role"] = [{"text": role} for role in line.member_roles.split(",")]
    if line.address:
        agent["network"] = {"address": line.address, "type": "2"}
    return agent


def _entities(line: AuditEvent) -> Iterator[dict[str, Any]]:
    if line.client_reference:
        identifier = {"system": "urn:towpath:reference", "value": line.client_reference}
        yield {"what": {"identifier": identifier}, "type": {"code": "1", "display": "Person"}}
    if line.subject and line.subject != "client":
        entity: dict[str, Any] = {"type": {"code": "2", "display": "System Object"}, "name": line.subject}
        if line.subject_uid:
            entity["what"] = {"identifier": {"system": "urn:uuid", "value": str(line.subject_uid)}}
        yield entity


def _said(line: AuditEvent) -> dict[str, Any]:
    return {
        "at": line.at.astimezone(UTC).isoformat(),
        "person": line.member_name,
        "role": line.member_roles,
        "action": line.action,
        "in_words": words_of(line.action),
        "outcome": line.outcome,
        "reason": line.reason,
        "client": line.client_reference,
        "what": line.subject,
        "what_id": str(line.subject_uid or ""),
        "address": line.address,
        "device": line.device,
        "request": line.request,
        "stream": line.stream,
        "detail": json.dumps(line.detail, sort_keys=True),
    }


def _list(before: str, things: Iterable[dict[str, Any]], after: str) -> Iterator[str]:
    yield before
    for number, thing in enumerate(things):
        yield ("," if number else "") + json.dumps(thing)
    yield after
