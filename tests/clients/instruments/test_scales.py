"""What a questionnaire is, whatever its file is called."""

import pytest

from clients.instruments import SCALES, BadInstrument, bundled, checked, load, points_in, scale_named
from clients.instruments.shape import schema
from tests.clients.instruments.made_up import as_json, made_up, ten_questions


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("AUDIT", "audit"),
        ("audit", "audit"),
        ("AUDIT (WHO 2001)", "audit"),
        ("AUDIT-C", "auditc"),
        ("DAST 10", "dast10"),
        ("CAGE-AID, Brown and Rounds", "cageaid"),
        ("Audit of the kitchen", "audit"),
        ("BDI", ""),
        ("", ""),
    ],
)
def test_a_scale_is_known_by_its_name(name, scale):
    assert scale_named(name) == scale


@pytest.mark.parametrize(
    ("score", "points"),
    [
        ("25", 25),
        (" 8 of 40", 8),
        ("14, moderate", 14),
        ("0", 0),
        ("severe (25)", None),
        ("1.5", None),
        ("", None),
        ("1234", None),
    ],
)
def test_a_score_is_the_number_that_it_begins_with(score, points):
    assert points_in(score) == points


@pytest.mark.parametrize("key", [key for key in bundled() if key in SCALES])
def test_ours_have_the_range_of_their_scale(key):
    instrument = load(key)

    assert (instrument.lowest, instrument.highest) == (SCALES[key].least, SCALES[key].most)


def test_the_schema_knows_the_same_scales():
    assert schema()["properties"]["scale"]["enum"] == sorted(SCALES)


class TestAFile:
    def test_says_which_scale_it_is(self):
        assert checked(as_json(ten_questions(key="audit10", name="AUDIT", scale="audit"))).reads_as == "audit"

    def test_of_another_kind_is_its_own_key(self):
        assert checked(as_json(made_up())).reads_as == "our_check"

    def test_named_like_a_scale_must_say_so(self):
        with pytest.raises(BadInstrument, match='Write scale = "audit"'):
            checked(as_json(ten_questions(key="audit10", name="AUDIT")))

    @pytest.mark.parametrize("changes", [{"scale": "audit"}, {"key": "audit"}])
    def test_with_other_points_is_not_that_scale(self, changes):
        with pytest.raises(BadInstrument, match="AUDIT goes from 0 to 40 points"):
            checked(as_json(made_up(**changes)))

    def test_of_no_scale_that_we_know_is_refused(self):
        with pytest.raises(BadInstrument, match="scale"):
            checked(as_json(made_up(scale="bmi")))
