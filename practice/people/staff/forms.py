"""The shape of what an owner says about a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.people.models import Member
from practice.people.roles import EXTRA_RIGHTS, Role
from practice.people.staff.actions import STAFF_ROLES, ResetBecause
from practice.people.staff.screens import MEANS, RIGHT_MEANS, RIGHTS
from practice.web.forms import PlainEmail, PlainText, ShapeForm


def _said(word: object, means: object) -> str:
    return f"{word}: {means}"


class RightsForm(ShapeForm):
    """Roles, and rights beyond them."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=lambda: [(str(role), _said(Role(role).label, MEANS[role])) for role in STAFF_ROLES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    rights = forms.MultipleChoiceField(
        label=_("Extra rights"),
        choices=lambda: [(str(right), _said(RIGHTS[right], RIGHT_MEANS[right])) for right in EXTRA_RIGHTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @staticmethod
    def facts_of(member: Member) -> dict[str, Any]:
        return {"roles": member.roles, "rights": member.rights}


class ResetForm(ShapeForm):
    """Why a colleague's second step is taken away."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=ResetBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why the second step is reset.")},
    )


class EvenSoForm(ShapeForm):
    """An owner says that a colleague's clients are left alone for now."""

    even_so = forms.BooleanField(
        label=_("It cannot wait. I name somebody for these clients next."), required=False
    )


class InviteForm(RightsForm):
    """A new colleague."""

    name = PlainText(label=_("Name"), max_length=120)
    email = PlainEmail(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("They sign in with it, and choose their own password by the link we send there."),
    )
    field_order = ("name", "email", "roles", "rights")
