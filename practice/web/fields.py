"""How a form field is written into a page: label, hint, error at the field, everything typed kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import DateTimeBaseInput
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practice.web import icons

INPUT_TYPES = {"text", "date", "datetime-local", "time", "number", "email", "tel", "search", "url"}
GROUPS = {"radio", "pick", "pick-sm", "big", "acts", "mood", "checkboxes"}
ACT_DRAWINGS = {"outside": "sun", "stepped_outside": "sun", "rest": "armchair", "other": "plus"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option of a group of radios or checkboxes."""

    id: str
    value: str
    label: str
    is_checked: bool
    drawing: SafeString


@dataclass(frozen=True, kw_only=True)
class FieldError:
    """A sentence, and the id of the control it is about ("" for the whole form)."""

    text: str
    control_id: str
    label: str = ""

    @property
    def words(self) -> str:
        """The field's name and what is wrong: an error far from its field must say which one it means."""
        if not self.label:
            return self.text
        return f"{self.label} {self.text}" if self.label[-1] in "?!.:" else f"{self.label}: {self.text}"


def written_field(bound: BoundField, **options: Any) -> SafeString:
    """The markup of one field. Options: label, hint, as_, width, autofocus, optional, rows."""
    kind = str(options.get("as_") or _kind_of(bound.field.widget))
    context = {
        "bound": bound,
        "kind": kind,
        "label": options.get("label") or bound.label,
        "hint": _hint(bound, options),
        "errors": list(bound.errors),
        "hint_id": f"{bound.auto_id}_hint",
        "error_id": f"{bound.auto_id}_error",
        "described_by": _described_by(bound, options),
        "show_optional": options.get("optional", not bound.field.required),
        "choices": _choices(bound, kind) if kind in GROUPS else [],
        "choice_type": "checkbox" if kind == "checkboxes" or _takes_many(bound) else "radio",
    }
    if kind == "parts":
        context["parts"] = _parts(bound)
    elif kind not in GROUPS:
        context["control"] = _control(bound, kind, options)
    return mark_safe(render_to_string(_template(kind), context))  # noqa: S308 rendered by a template


def errors_of(form: forms.BaseForm | BaseFormSet[Any]) -> Iterator[FieldError]:
    """Every error of a form or a formset, in the order of the fields; the form's own first."""
    if isinstance(form, BaseFormSet):
        yield from (FieldError(text=str(text), control_id="") for text in form.non_form_errors())
        for one in form.forms:
            yield from errors_of(one)
        return
    yield from (FieldError(text=str(text), control_id="") for text in form.non_field_errors())
    for bound in form:
        where, label = _first_control(bound), str(bound.label or "")
        yield from (FieldError(text=str(text), control_id=where, label=label) for text in bound.errors)


def _template(kind: str) -> str:
    if kind in GROUPS:
        return "components/field_group.html"
    own = {"checkbox": "components/field_checkbox.html", "parts": "components/field_parts.html"}
    return own.get(kind, "components/field.html")


def _kind_of(widget: forms.Widget) -> str:
    """What the widget asks for; a select stays a select, a text input says its own type."""
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.MultiWidget):
        return "parts"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return str(getattr(widget, "input_type", "") or type(widget).__name__.lower())


def _takes_many(bound: BoundField) -> bool:
    return bool(getattr(bound.field.widget, "allow_multiple_selected", False))


def _hint(bound: BoundField, options: dict[str, Any]) -> str:
    """What the template says, even when that is nothing, else what the form says."""
    return str(options.get("hint", bound.help_text) or "")


def _described_by(bound: BoundField, options: dict[str, Any]) -> str:
    ids = []
    if _hint(bound, options):
        ids.append(f"{bound.auto_id}_hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    return " ".join(ids)


def _control(bound: BoundField, kind: str, options: dict[str, Any]) -> SafeString:
    """The widget itself, as Django writes it, with our classes and the ids of hint and error."""
    widget = bound.field.widget
    if kind in {"date", "datetime-local", "time"}:
        _write_iso(widget, kind)
    if kind in INPUT_TYPES and isinstance(widget, forms.TextInput | DateTimeBaseInput):
        widget.input_type = kind
    return bound.as_widget(attrs=_attributes(bound, kind, options))


def _attributes(bound: BoundField, kind: str, options: dict[str, Any]) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if kind != "checkbox":
        attributes["class"] = f"input {_width(kind, str(options.get('width', '')))}".strip()
    if described := _described_by(bound, options):
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    widget = bound.field.widget
    if kind in {"email", "password"} or widget.attrs.get("autocomplete") == "one-time-code":
        attributes["placeholder"] = False  # it would only repeat the label
    if options.get("autofocus"):
        attributes["autofocus"] = True
    if kind == "textarea":
        attributes["rows"] = options.get("rows") or widget.attrs.get("rows", 4)
    return attributes


def _width(kind: str, asked: str) -> str:
    usual = {"date": "date", "datetime-local": "datetime", "time": "time", "number": "4"}.get(kind, "")
    width = asked or usual
    return f"input-{width}" if width else ""


def _write_iso(widget: forms.Widget, kind: str) -> None:
    """A native picker understands ISO only, whatever the language of the page."""
    if isinstance(widget, DateTimeBaseInput) and not widget.format:
        widget.format = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}[kind]


def _parts(bound: BoundField) -> list[dict[str, Any]]:
    """The boxes of a field with several, each with its own label."""
    context = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    return [
        {**part, "word": words.get(_part_name(part), ""), "width": "4" if _part_name(part) == "year" else "2"}
        for part in context["widget"]["subwidgets"]
    ]


def _part_name(part: dict[str, Any]) -> str:
    return str(part["name"]).rsplit("_", 1)[-1]


def _choices(bound: BoundField, kind: str) -> list[Choice]:
    """The options in order, the checked one as it was sent. The empty option is dropped unless it is meant."""
    chosen = _chosen(bound)
    options = [
        (value, label)
        for value, label in _pairs(bound)
        if value or isinstance(bound.field.widget, forms.RadioSelect)
    ]
    return [
        Choice(
            id=f"{bound.auto_id}_{index}",
            value=value,
            label=label,
            is_checked=value in chosen,
            drawing=_drawing(kind, value),
        )
        for index, (value, label) in enumerate(options)
    ]


def _chosen(bound: BoundField) -> set[str]:
    """What is chosen, as the strings that the browser sends; True and False count as such."""
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {"" if one is None else str(getattr(one, "value", one)) for one in values}


def _pairs(bound: BoundField) -> Iterator[tuple[str, str]]:
    for value, label in getattr(bound.field, "choices", bound.field.widget.choices):
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        yield from (("" if one is None else str(one), str(said)) for one, said in inner)


def _drawing(kind: str, value: str) -> SafeString:
    if kind == "mood":
        return icons.mood_bars(int(value))
    if kind != "acts":
        return SafeString("")
    return icons.glyph(value) if value in icons.FIGURES else icons.icon(ACT_DRAWINGS.get(value, "plus"), "32")


def _first_control(bound: BoundField) -> str:
    """The id a link can jump to: the first option of a group, else the control."""
    is_group = isinstance(
        bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget
    )
    return f"{bound.auto_id}_0" if is_group else bound.id_for_label or bound.auto_id
