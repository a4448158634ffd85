"""Measures and plans as a program is told them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clients.measures import words
from clients.measures.querysets import forms_of
from clients.measures.rules import crossing, judged, reliable_change
from clients.measures.screens.forms import Form
from clients.measures.screens.series import by_scale, first_complete, missed_days, numbered
from clients.measures.standing import PlanStanding
from clients.record.models import Client


def told_measures(client: Client, on: date) -> list[dict[str, Any]]:
    """Each measure, with the forms on its newest scale; those on an earlier one by themselves, after no gaps."""
    gaps = missed_days(client, on)
    return [
        _told(forms, [] if number else gaps.get(forms[-1].instrument.key, ()))
        for number, forms in numbered(by_scale(forms_of(client, on)))
    ]


def told_plan(standing: PlanStanding) -> dict[str, Any]:
    """A plan and how it stands. Nothing is to come of an ended one."""
    is_running = standing.plan.ended_at is None
    return {
        "plan": standing.plan,
        "is_due": is_running and standing.is_due,
        "is_waiting": standing.waiting is not None,
        "next_on": standing.next_on if is_running else None,
        "sessions_left": standing.sessions_left if is_running else None,
    }


def _told(forms: Sequence[Form], gaps: Sequence[date]) -> dict[str, Any]:
    instrument, first = forms[-1].instrument, first_complete(forms)
    latest = next((form.total for form in reversed(forms) if form.total is not None), None)
    complete = sum(form.total is not None for form in forms)
    return {
        "instrument": instrument.key,
        "version": instrument.version,
        "name": instrument.name,
        "attribution": instrument.attribution,
        "reliable_change": instrument.reliable_change,
        "cut_off": instrument.cut_off,
        "finding": words.finding(instrument, first.total if first else None, latest, complete=complete),
        "forms": [_form(form, first) for form in forms],
        "missed": gaps,
    }


def _form(form: Form, first: Form | None) -> dict[str, Any]:
    """The first complete form, and any that is incomplete, says nothing about a change."""
    total, instrument = form.total, form.instrument
    said: dict[str, Any] = {"on": form.on, "total": total, "difference": None, "change": "", "crossed": ""}
    said["band"] = "" if total is None else instrument.band_of(total)
    if total is not None and first is not None and first.total is not None and form is not first:
        change = reliable_change(first.total, total, instrument.reliable_change)
        said["difference"] = total - first.total
        said["change"] = judged(instrument.key, change).value
        said["crossed"] = crossing(first.total, total, instrument.cut_off).value
    return said
