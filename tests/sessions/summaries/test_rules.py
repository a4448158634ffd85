"""How much of a text is shown, and what is told to whom."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sessions.summaries.rules import PARTS, ROOMS, Part, shortened, weeks_between


def test_a_short_text_is_shown_whole():
    assert shortened("One.\n\n Two. ", letters=50, lines=5) == (("One.", "Two."), 0)


def test_a_long_text_is_cut_at_a_blank_and_says_how_much_is_missing():
    shown, left_out = shortened("walk a little further", letters=12, lines=5)

    assert shown == ("walk a…",)
    assert left_out == len("walk a little further") - len("walk a")


def test_lines_beyond_the_last_are_counted_too():
    assert shortened("a\nb\ncc", letters=50, lines=2) == (("a", "b"), 2)


@given(st.text(max_size=300), st.integers(0, 80), st.integers(0, 6))
def test_what_is_shown_never_takes_more_than_the_room(text, letters, lines):
    shown, left_out = shortened(text, letters=letters, lines=lines)

    assert len(shown) <= lines
    assert sum(len(line.removesuffix("…")) for line in shown) <= letters
    assert left_out >= 0


def test_no_room_shows_nothing():
    assert shortened("words", letters=0, lines=0) == ((), 5)


def test_the_client_and_a_referrer_are_told_less():
    assert Part.QUESTIONS not in PARTS["client"] | PARTS["referrer"]
    assert Part.SAFETY not in PARTS["client"] | PARTS["referrer"]
    assert Part.MEASURES not in PARTS["client"]
    assert Part.WORDS not in PARTS["referrer"]


def test_the_last_room_holds_no_text_at_all():
    assert (ROOMS[-1].letters, ROOMS[-1].lines, ROOMS[-1].quotes) == (0, 0, 0)


def test_a_begun_week_counts():
    assert weeks_between(date(2026, 6, 1), date(2026, 6, 7)) == 1
    assert weeks_between(date(2026, 6, 1), date(2026, 6, 8)) == 2
