"""What people do with the table: add, correct, confirm, put away and bring back. Every change is written out after commit."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.audit import record
from practice.people.models import Member, Practice
from practice.resources import publishing, rules, shipped
from practice.resources.models import Resource
from practice.web.refusals import Refused, refusing


class NothingToReach(Refused):
    """A name alone helps nobody."""

    code = "nothing_to_reach"
    message = _("Write down how it is reached: a number, a website or a sentence.")
    field = "phone"


class HelpPageWouldBeEmpty(Refused):
    """The practice's own country keeps an emergency number and somebody to talk to."""

    code = "help_page_would_be_empty"
    message = _(
        "The help page needs a number for emergencies and one for crises that can be called or texted from here. "
        "Add the new one first, then change this one."
    )


class ResourceChanged(Refused):
    """The form was filled from an older version than the one that stands."""

    code = "resource_changed"
    message = _("Somebody changed this since you opened it. Have a look at what stands now, then save again.")


@dataclass(frozen=True, kw_only=True)
class ResourceWords:
    """What is typed about a resource."""

    need: str
    name: str
    country: str = ""
    phone: str = ""
    sms: str = ""
    sms_word: str = ""
    link: str = ""
    words: str = ""
    hours: str = ""
    who_for: str = ""

    @property
    def ways(self) -> tuple[str, ...]:
        """How it is reached: what a confirmation was about."""
        return (self.phone, self.sms, self.sms_word, self.link)


def seed(*, now: datetime) -> int:
    """Put the shipped rows into a table that is empty; how many. What people keep is never overwritten."""
    if Resource.objects.exists():
        return 0
    rows = [
        Resource(
            need=row.need,
            country=row.country,
            name=str(row.name),
            phone=row.phone,
            sms=row.sms,
            sms_word=row.sms_word,
            link=row.link,
            hours=str(row.hours),
            who_for=str(row.who_for),
            verified_on=row.verified_on,
            added_at=now,
        )
        for row in shipped.ROWS
    ]
    Resource.objects.bulk_create(rows)
    record("resources_seeded", on=None, by=None, at=now, count=len(rows))
    _write_out()
    return len(rows)


@transaction.atomic
def add_resource(*, words: ResourceWords, by: Member, now: datetime) -> Resource:
    """Keep a new one; nobody has confirmed it yet. Raises NothingToReach."""
    resource = Resource(**asdict(words), added_by=by, added_at=now)
    _keep(resource)
    record("resource_added", on=resource, by=by, at=now, need=resource.need)
    return resource


@transaction.atomic
def edit_resource(
    *, resource: Resource, words: ResourceWords, version: int, by: Member, now: datetime
) -> Resource:
    """Correct it. Another number or address has to be confirmed anew.

    Raises ResourceChanged if `version` no longer stands, NothingToReach, HelpPageWouldBeEmpty.
    """
    resource = _locked(resource)
    if resource.version != version:
        raise ResourceChanged
    if words.ways != _words_of(resource).ways:
        resource.verified_on = resource.verified_by = None
    for name, value in asdict(words).items():
        setattr(resource, name, value)
    resource.version += 1
    _without_emptying_the_help_page(lambda: _keep(resource))
    record("resource_edited", on=resource, by=by, at=now, need=resource.need)
    return resource


@transaction.atomic
def confirm_resource(*, resource: Resource, version: int, by: Member, now: datetime) -> Resource:
    """Say that it answers today as it is written. Raises ResourceChanged where it is not what was looked at."""
    resource = _locked(resource)
    if resource.version != version:
        raise ResourceChanged
    resource.verified_on, resource.verified_by = timezone.localdate(now), by
    resource.save(update_fields=["verified_on", "verified_by"])
    record("resource_confirmed", on=resource, by=by, at=now)
    return resource


@transaction.atomic
def archive_resource(*, resource: Resource, by: Member, now: datetime) -> Resource:
    """Give it to nobody any more. Twice does no harm. Raises HelpPageWouldBeEmpty."""
    resource = _locked(resource)
    if not resource.is_archived:
        resource.archived_at, resource.archived_by = now, by
        _without_emptying_the_help_page(lambda: _keep(resource))
        record("resource_archived", on=resource, by=by, at=now)
    return resource


@transaction.atomic
def restore_resource(*, resource: Resource, by: Member, now: datetime) -> Resource:
    """Bring it back; it has to be confirmed anew, because nobody looked after it meanwhile."""
    resource = _locked(resource)
    if resource.is_archived:
        resource.archived_at = resource.archived_by = None
        resource.verified_on = resource.verified_by = None
        _keep(resource)
        record("resource_restored", on=resource, by=by, at=now)
    return resource


def _words_of(resource: Resource) -> ResourceWords:
    return ResourceWords(**{name: getattr(resource, name) for name in ResourceWords.__dataclass_fields__})


def _locked(resource: Resource) -> Resource:
    """One change at a time: the rule about the help page looks at several rows."""
    Practice.objects.select_for_update().first()
    return Resource.objects.select_for_update().get(pk=resource.pk)


def _keep(resource: Resource) -> None:
    with refusing(resource_says_how_to_reach_it=NothingToReach):
        resource.save()
    _write_out()


def _without_emptying_the_help_page(change: Callable[[], None]) -> None:
    before = _missing()
    change()
    if _missing() - before:
        raise HelpPageWouldBeEmpty


def _missing() -> set[str]:
    practice = Practice.objects.first()
    rows = Resource.objects.standing().around(practice.country) if practice else Resource.objects.none()
    return rules.missing_needs(rows)


def _write_out() -> None:
    transaction.on_commit(publishing.publish)
