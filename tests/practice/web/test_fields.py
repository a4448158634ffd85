"""A form keeps what was typed, says what is wrong where it is wrong, and can be read by everybody."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from practice.web.dates import BirthDateField
from practice.web.fields import errors_of, written_field
from practice.web.forms import PlainText, ShapeForm
from practice.web.refusals import Refused
from practice.web.styleguide.forms import SampleForm
from practice.web.styleguide.samples import WRONG_ANSWERS
from practice.web.templatetags.towpath import error_summary


class Page(HTMLParser):
    """The start tags of a piece of markup, with their attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}>"
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _tag, attrs in self.tags if attrs.get("id")]


@pytest.fixture
def wrong() -> SampleForm:
    return SampleForm(WRONG_ANSWERS, prefix="wrong")


def whole(form: forms.Form, **kinds: str) -> str:
    return "".join(
        written_field(bound, as_=kinds[bound.name]) if bound.name in kinds else written_field(bound)
        for bound in form
    )


KINDS = {"what": "acts", "how_long": "pick", "mood": "mood", "faint": "big", "starts_at": "datetime-local"}


def test_every_control_has_a_label(wrong: SampleForm) -> None:
    page = Page(whole(wrong, **KINDS))
    named = {attrs.get("for") for attrs in page.all("label")}
    loose = [
        attrs
        for tag in ("input", "select", "textarea")
        for attrs in page.all(tag)
        if attrs.get("type") not in {"radio", "checkbox", "hidden"} and attrs.get("id") not in named
    ]

    assert loose == []


def test_no_id_stands_twice(wrong: SampleForm) -> None:
    page = Page(whole(wrong, **KINDS))

    assert len(page.ids) == len(set(page.ids))


def test_what_describes_a_control_exists(wrong: SampleForm) -> None:
    page = Page(whole(wrong, **KINDS))
    described = [str(attrs["aria-describedby"]) for _tag, attrs in page.tags if attrs.get("aria-describedby")]

    assert described
    assert {name for names in described for name in names.split()} <= set(page.ids)


def test_an_error_stands_at_its_field_and_marks_the_control(wrong: SampleForm) -> None:
    markup = written_field(wrong["minutes"])

    [control] = Page(markup).all("input")
    assert control["aria-invalid"] == "true"
    assert f'id="{control["aria-describedby"]}"' in markup
    assert "less than or equal to 180" in markup


@given(st.text(max_size=60).filter(lambda text: "\x00" not in text and "\r" not in text))
def test_what_was_typed_comes_back_whatever_it_was(typed: str) -> None:
    form = SampleForm({"name": typed, "note": typed})

    [name] = Page(written_field(form["name"])).all("input")
    assert (name.get("value") or "") == typed
    assert "<script" not in written_field(form["note"])


def test_a_date_that_does_not_exist_comes_back_as_typed(wrong: SampleForm) -> None:
    page = Page(written_field(wrong["born_on"]))

    assert [attrs["value"] for attrs in page.all("input")] == ["31", "2", "1988"]


def test_a_choice_that_was_made_stays_made(wrong: SampleForm) -> None:
    page = Page(written_field(wrong["agreed"]))

    assert [attrs["value"] for attrs in page.all("input") if "checked" in attrs] == ["talk"]


@pytest.mark.parametrize(
    ("name", "as_", "kind"),
    [
        ("starts_at", "datetime-local", "datetime-local"),
        ("day", "date", "date"),
        ("email", "", "email"),
        ("minutes", "", "number"),
        ("track", "", "file"),
    ],
)
def test_each_field_has_the_keyboard_it_needs(name: str, as_: str, kind: str) -> None:
    [control] = Page(written_field(SampleForm()[name], as_=as_)).all("input")

    assert control["type"] == kind


def test_a_native_picker_is_given_iso_in_every_language() -> None:
    form = SampleForm(
        initial={"starts_at": datetime(2026, 8, 18, 9, 30, tzinfo=UTC), "day": date(2026, 8, 18)}
    )

    [starts] = Page(written_field(form["starts_at"], as_="datetime-local")).all("input")
    [day] = Page(written_field(form["day"], as_="date")).all("input")
    assert starts["value"] == "2026-08-18T10:30"
    assert day["value"] == "2026-08-18"


def test_a_hint_can_be_said_or_silenced() -> None:
    assert "As the person wants" in written_field(SampleForm()["name"])
    assert "As the person wants" not in written_field(SampleForm()["name"], hint="")


def test_what_may_be_left_out_is_said() -> None:
    assert "optional" in written_field(SampleForm()["note"])
    assert "optional" not in written_field(SampleForm()["name"])


def test_the_summary_names_each_field_and_links_to_its_control(wrong: SampleForm) -> None:
    wrong.refuse(Refused("Somebody else stands there."))
    markup = error_summary(wrong)
    targets = re.findall(r'href="#([^"]+)"', markup)

    assert "Somebody else stands there." in markup
    assert "Name: Please fill this in." in markup
    assert "What did you do? Please choose one." in markup
    assert set(targets) <= set(Page(whole(wrong, **KINDS)).ids)


def test_nothing_wrong_is_no_summary() -> None:
    assert error_summary(SampleForm()) == ""


def test_the_summary_takes_a_formset_too() -> None:
    formset = forms.formset_factory(ShapedDay)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-day": "31"}
    )

    assert [error.control_id for error in errors_of(formset)] == ["id_form-0-day"]


class ShapedDay(ShapeForm):
    day = forms.DateField()


def test_a_refusal_lands_at_its_field() -> None:
    form = ShapedDay({"day": "2026-08-18"})

    form.refuse(Refused("Too late.", field="day"))

    assert form.errors == {"day": ["Too late."]}


def test_a_refusal_without_a_field_stands_on_top() -> None:
    form = ShapedDay({"day": "2026-08-18"})

    form.refuse(Refused("Too late.", field="elsewhere"))

    assert form.non_field_errors() == ["Too late."]


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b"])
def test_a_hidden_character_is_refused_in_words(hidden: str) -> None:
    with pytest.raises(forms.ValidationError):
        PlainText().clean(f"a{hidden}b")


def test_line_breaks_and_tabs_are_text() -> None:
    assert PlainText().clean("one\ntwo\tthree") == "one\ntwo\tthree"


@pytest.mark.parametrize("typed", [("27", "3", "1988"), ("027", "03", " 1988 ")])
def test_a_date_of_birth_may_be_typed_loosely(typed: tuple[str, str, str]) -> None:
    assert BirthDateField().clean(list(typed)) == date(1988, 3, 27)


@pytest.mark.parametrize(
    "typed", [("31", "2", "1988"), ("0", "3", "1988"), ("27", "", "1988"), ("27", "3", "99999999")]
)
def test_an_impossible_date_is_said_in_plain_words(typed: tuple[str, str, str]) -> None:
    with pytest.raises(forms.ValidationError, match="Something looks off with the date"):
        BirthDateField().clean(list(typed))


def test_a_date_of_birth_may_be_left_out_where_it_is_not_asked() -> None:
    assert BirthDateField(required=False).clean(["", "", ""]) is None


def test_several_choices_come_back_together() -> None:
    form = SampleForm(MultiValueDict({"tags": ["sing", "chat"]}))

    page = Page(written_field(form["tags"]))
    assert [attrs["value"] for attrs in page.all("input") if "checked" in attrs] == ["sing", "chat"]
