"""The shape of what is said about a care team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.record.models import CareTeamMember
from practice.people.models import Member
from practice.people.querysets import MemberQuerySet
from practice.people.roles import Role
from practice.web.forms import ShapeForm

Part = CareTeamMember.Part
JOINING = [(Part.COVERING.value, Part.COVERING.label), (Part.SUPERVISING.value, Part.SUPERVISING.label)]
TODAY, NOW = "today", "now"


if TYPE_CHECKING:
    # the stubs know a type argument that Django itself does not
    class MemberField(forms.ModelChoiceField[Member]): ...
else:
    MemberField = forms.ModelChoiceField


def _colleague(**options: Any) -> forms.ModelChoiceField[Member]:
    """A colleague by public id."""
    return forms.ModelChoiceField(
        queryset=Member.objects.none(), to_field_name="uid", empty_label=_("Choose somebody"), **options
    )


class JoinForm(ShapeForm):
    """A colleague, their part and its days."""

    member = _colleague(label=_("Colleague"))
    part = forms.ChoiceField(
        label=_("Part"), choices=JOINING, initial=Part.COVERING.value, widget=forms.RadioSelect
    )
    since = forms.DateField(label=_("First day"), required=False, help_text=_("Empty is today."))
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("They see the record on that day too. Empty is open."),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = colleagues_of(member)  # type: ignore[attr-defined]


class LeaveForm(ShapeForm):
    member = forms.UUIDField()
    ends = forms.ChoiceField(choices=[(TODAY, _("With the day")), (NOW, _("At once"))], required=False)


class HandOverForm(ShapeForm):
    """Who is to be the primary clinician, and whether the one before stays."""

    member = _colleague(label=_("New primary clinician"))
    stays = forms.BooleanField(label=_("The one before stays as covering"), required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = Member.objects.visible_to(member).treating()  # type: ignore[attr-defined]


class AppointForm(ShapeForm):
    """Whom the owner appoints."""

    clinician = _colleague(label=_("Clinician"))

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clinician"].queryset = Member.objects.visible_to(member).treating()  # type: ignore[attr-defined]


class FindForm(forms.Form):
    q = forms.CharField(max_length=12, required=False)


def colleagues_of(member: Member) -> MemberQuerySet:
    """Those who may take a part in a care team, by name."""
    rows = Member.objects.visible_to(member).filter(
        is_active=True, roles__overlap=[Role.CLINICIAN, Role.SUPERVISOR]
    )
    return rows.order_by("name", "pk")
