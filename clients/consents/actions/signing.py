"""A client goes through the points, one after the other, and signs what they ticked."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clients.consents import rules, texts
from clients.consents.choices import About, Step
from clients.consents.models import Consent, ConsentDraft
from clients.consents.standing import standing_of
from clients.record.models import Client
from practice.audit import record
from practice.people.models import Member, Practice
from practice.web.refusals import Refused


class TextChanged(Refused):
    """What the client has read is not what would be signed."""

    code = "agreement_changed"
    message = _("The text of this agreement has changed meanwhile. Please read the new one before you sign.")
    field = "version"


class PointsMissing(Refused):
    """Each point is ticked by itself, and the choice that a point asks for is made."""

    code = "points_missing"
    field = "points"
    message = _("There are points left that you have not ticked.")


class NoSignature(Refused):
    code = "no_signature"
    message = _("Type your name to sign.")
    field = "signature"


class NotOfAge(Refused):
    """Point 23: below 18 a guardian agrees too, and both sign with a clinician there."""

    code = "not_of_age"
    message = _(
        "Below 18 a parent or guardian agrees too: both sign together at the practice, with the therapist there."
    )


class GuardianMissing(Refused):
    """Name, relation and signature, each typed by the guardian."""

    code = "guardian_missing"
    message = _("The client is not 18 yet. Their parent or guardian types name, relation and signature.")


class NoGuardianNeeded(Refused):
    """Somebody of age agrees for themself and nobody beside them."""

    code, field = "no_guardian_needed", "guardian_name"
    message = _(
        "The client is 18 or older, or their birth date is not known here: they sign for themself alone."
    )


class UnknownPoint(Refused):
    code = "unknown_point"
    message = _("This agreement has no such point.")
    field = "points"
    status: ClassVar[int] = 404


@transaction.atomic
def save_point(
    *,
    client: Client,
    version: int,
    key: str,
    agreed: bool,
    choice: str = "",
    words: str = "",
    by: Member,
    now: datetime,
) -> ConsentDraft:
    """Keep one tick until the client signs; saving another answer replaces it. Raises TextChanged, UnknownPoint."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    text = _text(version)
    if text.point(key) is None:
        raise UnknownPoint
    draft = _draft(client, text, now)
    said = {**draft.answers, key: {"agreed": agreed, "choice": choice, "words": words}}
    draft.answers, draft.changed_at = rules.kept(text, said), now
    draft.save()
    record("agreement_point_saved", on=draft, by=by, at=now, client=client, version=version)
    return draft


@transaction.atomic
def talk_first(*, client: Client, version: int, key: str, by: Member, now: datetime) -> Consent:
    """Tell the care team that the client would like to talk about a point before they tick it. Once is enough.

    Raises TextChanged, UnknownPoint.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    point = _text(version).point(key)
    if point is None:
        raise UnknownPoint
    last = Consent.objects.filter(client=client, about=About.MOVEMENT).newest_first().first()
    if last is not None and last.step == Step.TALK and last.words == point.heading:
        return last
    wish = Consent.objects.create(
        client=client,
        about=About.MOVEMENT,
        step=Step.TALK,
        version=version,
        words=point.heading,
        by=by,
        at=now,
    )
    record("consent_talk_wished", on=wish, by=by, at=now, client=client, version=version)
    return wish


@transaction.atomic
def sign_agreement(
    *,
    client: Client,
    version: int,
    answers: rules.Answers,
    signature: str,
    guardian: rules.Guardian = rules.NOBODY,
    in_person: bool = False,
    by: Member,
    now: datetime,
) -> Consent:
    """Sign the current text with every point ticked and a typed name. A new line of the ledger; the ticks are kept in it.

    Holds the client, then the practice, as publishing does: a signature is for the text that stands. Sent twice it is one
    line. Below 18 a guardian signs beside the client, in person (point 23). Raises TextChanged, PointsMissing, NoSignature, NotOfAge,
    GuardianMissing, NoGuardianNeeded.
    """
    client = Client.objects.select_for_update().get(pk=client.pk)
    Practice.objects.select_for_update().get()
    text, today = _text(version), timezone.localdate(now)
    said, name, beside = rules.kept(text, answers), signature.strip(), guardian.trimmed
    _check(text, said, name)
    _check_age(client, beside, today, in_person=in_person)
    if same := _same_again(client, said, (name, beside), today):
        return same
    signed = Consent.objects.create(
        client=client,
        about=About.MOVEMENT,
        step=Step.GIVEN,
        answers=said,
        signature=name,
        in_person=in_person,
        by=by,
        at=now,
        **_kept_text(text, today),
        **_kept_guardian(beside),
    )
    ConsentDraft.objects.filter(client=client, agreement=text.agreement).delete()
    _record(signed, client)
    return signed


def _record(signed: Consent, client: Client) -> None:
    facts: dict[str, Any] = {"in_person": signed.in_person, "guardian": signed.guardian != rules.NOBODY}
    record(
        "consent_given", on=signed, by=signed.by, at=signed.at, client=client, version=signed.version, **facts
    )


def _kept_text(text: rules.Text, today: date) -> dict[str, Any]:
    review_on = rules.review_day(today, text.review_months)
    return {"version": text.number, "text": rules.as_data(text), "review_on": review_on}


def _kept_guardian(beside: rules.Guardian) -> dict[str, str]:
    return {f"guardian_{part}": said for part, said in asdict(beside).items()}


def _text(version: int) -> rules.Text:
    """The current text, if that is what was read. Raises TextChanged."""
    text = texts.current()
    if text.number != version:
        raise TextChanged
    return text


def _draft(client: Client, text: rules.Text, now: datetime) -> ConsentDraft:
    """The ticks so far under this text; those under another one are not carried over."""
    draft = ConsentDraft.objects.filter(client=client, agreement=text.agreement).first()
    if draft is None:
        return ConsentDraft(client=client, agreement=text.agreement, version=text.number, changed_at=now)
    if draft.version != text.number:
        draft.version, draft.answers = text.number, {}
    return draft


def _check(text: rules.Text, said: rules.Answers, signature: str) -> None:
    left = rules.still_open(text, said)
    if left:
        words = ngettext(
            "%(count)d point is left: %(first)s.",
            "%(count)d points are left, the first: %(first)s.",
            len(left),
        )
        raise PointsMissing(words % {"count": len(left), "first": left[0].heading})
    if not signature:
        raise NoSignature


def _check_age(client: Client, guardian: rules.Guardian, today: date, *, in_person: bool) -> None:
    is_adult = rules.is_adult(client.born_on, today)
    if is_adult and guardian != rules.NOBODY:
        raise NoGuardianNeeded
    if is_adult:
        return
    if not in_person:
        raise NotOfAge
    if guardian.missing:
        raise GuardianMissing(field=f"guardian_{guardian.missing}")


def _same_again(
    client: Client, said: Mapping[str, Any], signed: tuple[str, rules.Guardian], today: date
) -> Consent | None:
    """The line that stands already, when it says the very same: a button pressed twice."""
    last = Consent.objects.filter(client=client, about=About.MOVEMENT).spoken().newest_first().first()
    if last is None or not standing_of(last, today, born_on=client.born_on).stands:
        return None
    return last if (last.signature, last.guardian, last.answers) == (*signed, said) else None
