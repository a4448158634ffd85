"""Places as codes, against the published test vectors of the specification (google/open-location-code, test_data/encoding.csv)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.emergency_card.open_location import ALPHABET, encode

VECTORS = [
    (20.375, 2.775, 6, "7FG49Q00+"),
    (20.3700625, 2.7821875, 10, "7FG49QCJ+2V"),
    (20.3701125, 2.782234375, 11, "7FG49QCJ+2VX"),
    (20.3701135, 2.78223535156, 13, "7FG49QCJ+2VXGJ"),
    (47.0000625, 8.0000625, 10, "8FVC2222+22"),
    (-41.2730625, 174.7859375, 10, "4VCPPQGP+Q9"),
    (0.5, -179.5, 4, "62G20000+"),
    (-89.5, -179.5, 4, "22220000+"),
    (20.5, 2.5, 4, "7FG40000+"),
    (-89.9999375, -179.9999375, 10, "22222222+22"),
    (0.5, 179.5, 4, "6VGX0000+"),
    (1, 1, 11, "6FH32222+222"),
    (90, 1, 4, "CFX30000+"),
    (92, 1, 4, "CFX30000+"),
    (90, 1, 10, "CFX3X2X2+X2"),
    (1, 180, 4, "62H20000+"),
    (1, 181, 4, "62H30000+"),
    (20.3701135, 362.78223535156, 13, "7FG49QCJ+2VXGJ"),
    (47.0000625, 728.0000625, 10, "8FVC2222+22"),
    (-41.2730625, 1254.7859375, 10, "4VCPPQGP+Q9"),
    (20.3701135, -357.217764648, 13, "7FG49QCJ+2VXGJ"),
    (-41.2730625, -905.2140625, 10, "4VCPPQGP+Q9"),
    (1.2, 3.4, 10, "6FH56C22+22"),
    (37.539669125, -122.375069724, 15, "849VGJQF+VX7QR3J"),
    (37.539669125, -122.375069724, 16, "849VGJQF+VX7QR3J"),
    (37.539669125, -122.375069724, 100, "849VGJQF+VX7QR3J"),
    (35.6, 3.033, 10, "8F75J22M+26"),
    (-48.71, 142.78, 8, "4R347QRJ+"),
    (-70, 163.7, 8, "3V252P22+"),
    (-2.804, 7.003, 13, "6F9952W3+C6222"),
    (13.9, 164.88, 12, "7V56WV2J+2222"),
    (-13.23, 172.77, 8, "5VRJQQCC+"),
    (40.6, 129.7, 8, "8QGFJP22+"),
    (-52.166, 13.694, 14, "3FVMRMMV+JJ2222"),
    (-14, 106.9, 6, "5PR82W00+"),
    (70.3, -87.64, 13, "C62J8926+22222"),
    (66.89, -106, 10, "95RPV2R2+22"),
    (2.5, -64.23, 11, "67JQGQ2C+222"),
    (-34.45, -93.719, 6, "46Q8H700+"),
    (-35.849, -93.75, 12, "46P85722+C222"),
    (65.748, 24.316, 12, "9GQ6P8X8+6C22"),
    (-57.32, 130.43, 12, "3QJGMCJJ+2222"),
    (17.6, -44.4, 6, "789QJJ00+"),
    (-27.6, -104.8, 6, "554QC600+"),
    (-4.542, 148.638, 13, "6R7CFJ5Q+66222"),
    (53.66, 170.97, 14, "9V5GMX6C+222222"),
    (0.49, -76.97, 15, "67G5F2RJ+2222222"),
    (40.44, -36.7, 12, "89G5C8R2+2222"),
    (58.73, 69.95, 8, "9JCFPXJ2+"),
    (76.1, -82.5, 15, "C68V4G22+2222222"),
    (10.734, -168.294, 10, "722HPPM4+JC"),
    (64.1, 107.9, 12, "9PP94W22+2222"),
    (79.7525, 6.9623, 8, "CFF8QX36+"),
    (35.019, 148.827, 11, "8R7C2R9G+JR2"),
    (71.132, -98.584, 15, "C6334CJ8+RC22222"),
    (-25.798, -59.812, 10, "5862652Q+R6"),
    (-68.54504, -62.81725, 11, "373VF53M+X4J"),
    (50.342, -112.534, 15, "95298FR8+RC22222"),
    (80.0100000001, 58.57, 15, "CHGW2H6C+2222222"),
    (80.0099999999, 58.57, 15, "CHGW2H5C+X2RRRRR"),
    (-80.0099999999, 58.57, 15, "2HFWXHRC+2222222"),
    (-80.0100000001, 58.57, 15, "2HFWXHQC+X2RRRRR"),
    (47.00000008, 8.00022229, 15, "8FVC2222+235235C"),
    (68.3500147997595, 113.625636875353, 15, "9PWM9J2G+272FWJV"),
    (38.1176000887231, 165.441989844555, 15, "8VC74C9R+2QX445C"),
    (-28.1217794010122, -154.066811473758, 15, "5337VWHM+77PR2GR"),
    (-80, -170, 2, "22000000+"),
    (-80, -360000000170, 2, "22000000+"),
]


@pytest.mark.parametrize(("latitude", "longitude", "digits", "code"), VECTORS)
def test_it_says_what_the_specification_says(latitude, longitude, digits, code):
    assert encode(latitude, longitude, digits) == code


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_on_earth_has_a_code_of_eleven_digits(latitude, longitude):
    code = encode(latitude, longitude)

    assert len(code) == 12
    assert code[8] == "+"
    assert set(code) <= {*ALPHABET, "+"}


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_the_longer_code_lies_inside_the_shorter_one(latitude, longitude):
    assert encode(latitude, longitude, 11).startswith(encode(latitude, longitude, 10))
