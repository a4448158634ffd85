"""Drafts: what was begun and not handed in is announced twice, then erased. A safety answer stays with its alert."""

import logging
from datetime import datetime
from functools import partial

from clients.instruments import read
from clients.intake import letters, rules
from clients.intake.models import Draft
from clients.lifecycle.models import Hold
from clients.record.addresses import reaches
from clients.record.models import Client
from clients.screening.models import Response, SafetyAlert
from practice.audit import record
from practice.jobs.leaving_out import going_on
from practice.people.acting import beyond_the_wall

log = logging.getLogger(__name__)
WHY = "nobody asks: drafts end by themselves"


def keep_drafts(*, now: datetime) -> dict[rules.Due, int]:
    """Send the notices that are due and erase what has had both. Says how many of each; twice does nothing twice.

    What cannot be told to anybody is not erased: a letter that does not leave is tried again. A record for which it cannot
    be done keeps no other waiting.
    """
    done = dict.fromkeys(rules.Due, 0)
    for draft in _old_enough(now):
        step = None
        with going_on("drafts", client=draft.client, now=now):
            step = _kept(draft.pk, now)
        done |= {step: done[step] + 1} if step else {}
    return done


def _kept(key: int, now: datetime) -> rules.Due | None:
    try:
        return _keep(key, now)
    except OSError:  # the mail server's, too: the row is as before, and its turn comes again
        log.warning("a notice about draft %s was not sent", key)
        return None


def _old_enough(now: datetime) -> list[Draft]:
    with beyond_the_wall(WHY):
        rows = Draft.objects.unfinished().filter(touched_at__lte=now - rules.FIRST_NOTICE_AFTER)
        return list(rows.select_related("client").order_by("touched_at", "pk"))


def _keep(key: int, now: datetime) -> rules.Due | None:
    """One draft in its own transaction: what was due, or None where it was touched or handed in meanwhile."""
    with beyond_the_wall(WHY):
        client = Client.objects.select_for_update().filter(drafts=key).first()
        draft = Draft.objects.unfinished().filter(pk=key).select_related("screening").first()
        step = _due(draft, now) if draft else None
        if client is None or draft is None or step is None:
            return None
        if step is not rules.Due.ERASURE and not reaches(client):
            return None
        if step is rules.Due.ERASURE and Hold.objects.standing().filter(client=client).exists():
            return None
        doing = _erase if step is rules.Due.ERASURE else partial(_give_notice, step)
        doing(draft, client, now)
        return step


def _due(draft: Draft, now: datetime) -> rules.Due | None:
    return rules.due(
        touched_at=draft.touched_at,
        first_notice_at=draft.first_notice_at,
        second_notice_at=draft.second_notice_at,
        now=now,
    )


def _give_notice(step: rules.Due, draft: Draft, client: Client, now: datetime) -> None:
    """By letter; the client's page says it as well."""
    field = "first_notice_at" if step is rules.Due.FIRST_NOTICE else "second_notice_at"
    setattr(draft, field, now)
    draft.save(update_fields=[field])
    record("draft_notice_given", on=draft, by=None, at=now, client=client, which=str(step))
    second = draft.second_notice_at or draft.touched_at + rules.SECOND_NOTICE_AFTER
    letters.send_notice(client, ends_at=rules.ends_at(draft.touched_at, second))


def _erase(draft: Draft, client: Client, now: datetime) -> None:
    """The answers and the sheets go. What a safety answer said is written beside its alert first."""
    screening = draft.screening
    for response in screening.responses.filter(submitted_at=None):
        _remember_safety(response)
        response.answers = {}
        response.save(update_fields=["answers"])
    screening.intake_sheets.all().delete()
    draft.erased_at = now
    draft.save(update_fields=["erased_at"])
    record("draft_erased", on=draft, by=None, at=now, client=client)


def _remember_safety(response: Response) -> None:
    """For alerts from before alerts kept the words themselves."""
    for alert in SafetyAlert.objects.filter(response=response).select_related("client"):
        if not alert.said and (answer := response.answers.get(alert.item)) is not None:
            alert.said = read(response.snapshot).item(alert.item).label_of(answer)
            alert.save(update_fields=["said"])
