"""A safety answer until somebody has acted on it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.record.models import Client
from clients.screening.actions.holding import hold_for, raise_alert
from clients.screening.evidence import hits_in
from clients.screening.models import SafetyAlert, Screening
from practice import contributions
from practice.audit import record
from practice.people.models import Member
from practice.web.refusals import Refused, refusing

SAFE = "yes"


class AlertClosed(Refused):
    code = "alert_closed"
    message = _("Somebody has closed this alert already.")


class NeedsWhatWasDone(Refused):
    """An alert ends with what a person did."""

    code, field = "needs_what_was_done", "what_was_done"
    message = _("Write what was done.")


@transaction.atomic
def close_alert(*, alert: SafetyAlert, what_was_done: str, by: Member, now: datetime) -> SafetyAlert:
    """Close an alert by saying what was done. The hold stays until a clinician decides."""
    client = Client.objects.select_for_update().get(pk=alert.client_id)
    alert = SafetyAlert.objects.select_for_update().get(pk=alert.pk)
    if alert.seen_at:
        raise AlertClosed
    alert.seen_at, alert.seen_by, alert.what_was_done = now, by, what_was_done.strip()
    with refusing(alert_is_closed_by_a_person_with_what_was_done=NeedsWhatWasDone):
        alert.save(update_fields=["seen_at", "seen_by", "what_was_done"])
    record("safety_alert_closed", on=alert, by=by, at=now, client=client)
    return alert


@transaction.atomic
def say_safe_now(*, screening: Screening, safe_now: str, by: Member, now: datetime) -> SafetyAlert | None:
    """Keep what the client says about right now: yes, no or unsure. No and unsure raise the alert again.

    Whoever treats the client is called once more when a no or an unsure is new.

    None where no answer of this screening ever raised one.
    """
    client = Client.objects.select_for_update().get(pk=screening.client_id)
    alerts = SafetyAlert.objects.select_for_update(of=("self",)).filter(response__screening=screening)
    alert = alerts.select_related("response").order_by("-pk").first()
    if alert is None:
        return None
    if alert.seen_at and safe_now == SAFE:
        return alert
    if alert.seen_at:
        alert = raise_alert(response=alert.response, item=alert.item, client=client, by=by, now=now)
        hits = hits_in([alert.response], client, timezone.localdate(now))
        hold_for(hits=hits, screening=screening, client=client, now=now)
    if safe_now not in {SAFE, alert.safe_now}:
        alert.called_at = None
        contributions.must_be_heard(now)
    alert.safe_now = safe_now
    alert.raised_at = alert.raised_at if safe_now == SAFE else now
    alert.save(update_fields=["safe_now", "raised_at", "called_at"])
    record("safe_now_said", on=alert, by=by, at=now, client=client, said=safe_now)
    return alert
