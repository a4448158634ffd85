"""The shape of what is typed about a client; the rules are the actions'."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.record.actions import Details, EmergencyContactWords
from clients.record.marks import mark_of
from clients.record.models import Client
from practice.people.models import Member
from practice.people.roles import Permission
from practice.web.dates import BirthDateField
from practice.web.forms import PlainEmail, PlainText, ShapeForm

CONTACT_FIELDS = ("contact_name", "contact_relation", "contact_phone")


class DetailsForm(ShapeForm):
    """Who somebody is and how to reach them. Only those who treat may write what the work is about."""

    name = PlainText(label=_("Name they like to be called"), max_length=120)
    pronouns = PlainText(label=_("Pronouns"), max_length=40, required=False)
    born_on = BirthDateField(label=_("Date of birth"), required=False)
    email = PlainEmail(label=_("E-mail"), max_length=254, required=False)
    phone = PlainText(
        label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"})
    )
    focus = PlainText(
        label=_("What you are working on"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    contact_name = PlainText(label=_("Name"), max_length=120, required=False)
    contact_relation = PlainText(label=_("Who they are to the client"), max_length=60, required=False)
    contact_phone = PlainText(
        label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"})
    )

    def __init__(self, *args: Any, writes_focus: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not writes_focus:
            del self.fields["focus"]

    def clean(self) -> dict[str, Any]:
        """A person to call is a name and a number."""
        typed = super().clean() or {}
        name, phone = typed.get("contact_name"), typed.get("contact_phone")
        if (phone or typed.get("contact_relation")) and not name and "contact_name" not in self.errors:
            self.add_error("contact_name", _("Whom does one reach there?"))
        if name and not phone and "contact_phone" not in self.errors:
            self.add_error("contact_phone", _("A number to call, so that they can be reached."))
        return typed

    def details(self) -> Details:
        """What was typed, for the action."""
        typed = self.cleaned_data
        details = Details(
            pronouns=typed["pronouns"],
            email=typed["email"],
            phone=typed["phone"],
            born_on=typed["born_on"],
            emergency_contact=self._contact(),
        )
        if "focus" in self.fields:
            details["focus"] = typed["focus"]
        return details

    def _contact(self) -> EmergencyContactWords | None:
        name, relation, phone = (self.cleaned_data[field] for field in CONTACT_FIELDS)
        return EmergencyContactWords(name=name, relation=relation, phone=phone) if name else None


class RegisterForm(DetailsForm):
    """The first page of a record. `uid` makes sending it twice harmless."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    clinician = forms.ModelChoiceField(
        label=_("Who will treat them"), queryset=Member.objects.none(), to_field_name="uid", required=False
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, writes_focus=member.may(Permission.CHANGE_RECORD), **options)
        self.initial.setdefault("uid", uuid4())
        if "clinician" in member.roles:
            del self.fields["clinician"]
        else:
            treating = Member.objects.visible_to(member).treating()
            self.fields["clinician"].queryset = treating  # type: ignore[attr-defined]


class EditForm(DetailsForm):
    """The details as they are. `seen` says which state the form showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *args: Any, client: Client, writes_focus: bool, **options: Any) -> None:
        self.client = client
        super().__init__(*args, writes_focus=writes_focus, initial=_as_typed(client), **options)

    def show_again(self) -> None:
        """After the record changed under the form: keep what was typed, held against the record as it is now."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": mark_of(self.client)}


class StatusForm(ShapeForm):
    status = forms.ChoiceField(label=_("Status"), choices=Client.Status.choices)


class CaseloadForm(forms.Form):
    """What the list is asked: words to look for, a status, and after whom to go on."""

    q = forms.CharField(max_length=120, required=False)
    status = forms.ChoiceField(choices=Client.Status.choices, required=False)
    after = forms.UUIDField(required=False)
    before = forms.UUIDField(required=False)


class TimelineForm(forms.Form):
    """Which part of the timeline: one kind only, and before which day."""

    kind = forms.SlugField(max_length=24, required=False)
    before = forms.DateField(required=False)


def _as_typed(client: Client) -> dict[str, Any]:
    contact = getattr(client, "emergency_contact", None)
    return {
        "name": client.name,
        "pronouns": client.pronouns,
        "born_on": client.born_on,
        "email": client.email,
        "phone": client.phone,
        "focus": client.focus,
        "contact_name": contact.name if contact else "",
        "contact_relation": contact.relation if contact else "",
        "contact_phone": contact.phone if contact else "",
        "seen": mark_of(client),
    }
