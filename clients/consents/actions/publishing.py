"""The practice's own wording: a draft, what it changes, and a new version that everybody signs again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.consents import rules, texts
from clients.consents.models import AgreementDraft, AgreementText
from practice.audit import record
from practice.jobs import actions as jobs
from practice.people.models import Member, Practice
from practice.web.refusals import Refused

KIND = "agreement"


class NoDraft(Refused):
    code = "no_agreement_draft"
    message = _("There is no draft to publish.")


class DraftIsOld(Refused):
    """Another version was published since the draft was begun."""

    code = "agreement_draft_is_old"
    message = _("Another version was published meanwhile. Look at what it says, then save your draft again.")


class NothingChanged(Refused):
    code = "agreement_unchanged"
    message = _("The draft says the same as the version that stands. Nobody has to sign again.")


class PointsGone(Refused):
    """An agreement without points is nothing to sign."""

    code = "agreement_without_points"
    message = _("Keep at least one point.")


@transaction.atomic
def save_draft(*, text: rules.Text, based_on: int, by: Member, now: datetime) -> AgreementDraft:
    """Keep a wording that nobody signs yet. `based_on` is the version that the owner had before them.

    Raises DraftIsOld, PointsGone.
    """
    Practice.objects.select_for_update().get()
    if based_on != texts.current_number(text.agreement):
        raise DraftIsOld
    if not text.points:
        raise PointsGone
    body = {"body": rules.as_data(text), "based_on": based_on, "changed_at": now, "changed_by": by}
    draft, _is_new = AgreementDraft.objects.update_or_create(agreement=text.agreement, defaults=body)
    record("agreement_drafted", on=draft, by=by, at=now)
    return draft


@transaction.atomic
def drop_draft(*, agreement: str, by: Member, now: datetime) -> None:
    """Throw the draft away; what stands stays."""
    for draft in AgreementDraft.objects.select_for_update().filter(agreement=agreement):
        record("agreement_draft_dropped", on=draft, by=by, at=now)
        draft.delete()


@transaction.atomic
def publish(*, agreement: str, by: Member, now: datetime) -> AgreementText:
    """Make the draft the version that is signed from now on; everybody who signed another one is asked again.

    Holds the practice, as signing does, so that nobody signs a text in the moment in which it goes.
    Raises NoDraft, DraftIsOld, NothingChanged.
    """
    Practice.objects.select_for_update().get()
    draft, standing = AgreementDraft.objects.filter(agreement=agreement).first(), texts.current(agreement)
    if draft is None:
        raise NoDraft
    if draft.based_on != standing.number:
        raise DraftIsOld
    wanted = rules.read({**draft.body, "number": standing.number + 1})
    if not rules.differ(standing, wanted):
        raise NothingChanged
    text = AgreementText.objects.create(
        agreement=agreement,
        number=wanted.number,
        body=rules.as_data(wanted),
        published_at=now,
        published_by=by,
    )
    draft.delete()
    record("agreement_published", on=text, by=by, at=now, version=text.number)
    jobs.ask(kind=KIND, subject_uid=text.uid, by=by, now=now)
    return text


@transaction.atomic
def set_rule(*, needed: bool, by: Member, now: datetime) -> None:
    """Say whether moving sessions are booked only on a standing agreement. Off until the practice says so."""
    practice = Practice.objects.select_for_update().get()
    if practice.needs_agreement == needed:
        return
    practice.needs_agreement = needed
    practice.save(update_fields=["needs_agreement"])
    record("agreement_rule_set", on=None, by=by, at=now, needed=needed)
