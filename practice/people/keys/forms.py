"""The shape of what is typed for a new key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from practice.people.models import Member
from practice.people.tokens import LIFETIMES, scopes_for
from practice.web.forms import PlainText, ShapeForm

WORDS = {
    "me": _("Read who you are"),
    "clients": _("Clients"),
    "screenings": _("Screenings and clearances"),
    "routes": _("Routes"),
    "sessions": _("Sessions and the calendar"),
    "notes": _("Notes"),
    "runs": _("Walks and runs"),
    "consents": _("Agreements"),
    "letters": _("Letters about decisions"),
    "safety": _("Safety plans"),
    "resources": _("Numbers for clients"),
    "questionnaires": _("Which questionnaires are in use"),
    "summaries": _("Summaries"),
    "jobs": _("Work in the background"),
    "sign": _("Sign, and take questionnaires into use – on top of the others"),
    "export": _("Take copies out – on top of the others"),
}


class KeyForm(ShapeForm):
    name = PlainText(label=_("What is it for?"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("What may it reach?"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label=_("For how long?"), coerce=int, widget=forms.RadioSelect, initial=LIFETIMES[0]
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        scopes, days = self.fields["scopes"], self.fields["days"]
        scopes.choices = [(scope, WORDS[scope]) for scope in scopes_for(member)]  # type: ignore[attr-defined]
        days.choices = [  # type: ignore[attr-defined]
            (number, ngettext("%d day", "%d days", number) % number) for number in LIFETIMES
        ]
