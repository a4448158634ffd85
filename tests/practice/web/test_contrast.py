"""The colours stay readable: every pair of tokens that the components use, on screen, in the dark, on paper."""

import pytest

from practice.web.styleguide.contrast import Pair, contrast, pairs, tokens

BLOCKS = ["light", "dark", "print"]


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("pair", list(pairs()), ids=lambda pair: f"{pair.ink} on {pair.ground}")
def test_every_ink_can_be_read_on_its_ground(block: str, pair: Pair) -> None:
    colours = tokens(block)

    ratio = contrast(colours[pair.ink], colours[pair.ground])

    assert ratio >= pair.least, f"{ratio:.2f} in {block}"


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21


def test_a_colour_on_itself_is_the_least_there_is() -> None:
    assert contrast("#1F6458", "#1F6458") == 1


def test_dark_by_choice_and_dark_by_the_device_are_the_same() -> None:
    assert tokens("dark") == tokens("dark by device")


def test_every_side_names_the_same_colours() -> None:
    light = tokens("light").keys()

    assert tokens("dark").keys() == light
    assert tokens("print").keys() == light


def test_moods_differ_in_lightness_step_by_step() -> None:
    """So that five bars of greyscale ink still read as five."""
    for block in ("light", "dark"):
        colours = tokens(block)
        steps = [contrast(colours[f"mood-{n}"], colours[f"mood-{n + 1}"]) for n in range(1, 5)]
        assert min(steps) >= 1.3
