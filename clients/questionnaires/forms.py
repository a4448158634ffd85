"""The shape of what is typed about questionnaires and results."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.instruments.parsing import LARGEST_FILE
from clients.questionnaires.actions.entering import Entry
from clients.questionnaires.licences import PACKS, RESULTS_ONLY
from clients.questionnaires.models import Statement
from practice.web.forms import PlainText, ShapeForm

ANOTHER = "another"
NAMES = (*RESULTS_ONLY, *(one.name for one in PACKS))
"""Those whose text is not in the box."""
STATEMENTS = [(one.value, one.label) for one in Statement if one is not Statement.UNDERSTOOD]


class SwitchForm(ShapeForm):
    understood = forms.BooleanField(label=Statement.UNDERSTOOD.label, required=False)


class FileForm(ShapeForm):
    file = forms.FileField(
        label=_("File of the questionnaire"),
        help_text=_("TOML or JSON in Towpath’s format, 64 KB at most."),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".toml,.json"}),
    )
    statement = forms.ChoiceField(
        label=_("Why you may use it"),
        help_text=_(
            "A practice that charges fees may count as commercial. It is kept with your name and the time."
        ),
        choices=STATEMENTS,
        widget=forms.RadioSelect,
    )
    proof = PlainText(
        label=_("Where that can be looked up"),
        help_text=_("Such as the date of a letter, or the number of a licence."),
        max_length=200,
        required=False,
    )

    @property
    def raw(self) -> bytes:
        """What was sent, one byte more than is allowed at most. Call it on a valid form."""
        sent: bytes = self.cleaned_data["file"].read(LARGEST_FILE + 1)
        return sent


class ResultForm(ShapeForm):
    """A result from elsewhere."""

    questionnaire = forms.ChoiceField(
        label=_("Questionnaire"),
        choices=[("", _("Choose")), *((name, name) for name in NAMES), (ANOTHER, _("Another one"))],
    )
    name = PlainText(label=_("Its name, if it is another one"), max_length=80, required=False)
    score = PlainText(
        label=_("Score"),
        help_text=_("As its own rule says it, such as “14” or “14, moderate”."),
        max_length=60,
    )
    taken_on = forms.DateField(label=_("Filled in on"), widget=forms.DateInput)
    link = PlainText(label=_("Where more stands (a link)"), max_length=300, required=False)
    note = PlainText(
        label=_("Note"),
        help_text=_("Never its questions or answers: their owner does not allow it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Another one needs its name."""
        values = super().clean() or {}
        if values.get("questionnaire") == ANOTHER and not values.get("name"):
            self.add_error("name", _("Please fill this in."))
        return values

    @property
    def entry(self) -> Entry:
        """What was typed. Call it on a valid form."""
        said = self.cleaned_data
        chosen = said["questionnaire"]
        return Entry(
            name=said["name"] if chosen == ANOTHER else chosen,
            score=said["score"],
            taken_on=said["taken_on"],
            link=said["link"],
            note=said["note"],
        )
