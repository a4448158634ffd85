"""Routes are read from real files; what is broken, hostile or something else is refused in words."""

import time
import tracemalloc

import fitdecode
import gpxpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.routes import fit as fit_reader
from sessions.routes import gpx as gpx_reader
from sessions.routes import refusals
from sessions.routes.files import read_recording
from tests.sessions.routes.recordings import fit, gpx, northwards, real

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE gpx [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<gpx><trk><name>&c;</name><trkseg></trkseg></trk></gpx>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<gpx><trk><name>&x;</name><trkseg></trkseg></trk></gpx>"""
OTHER_DTD = b'<?xml version="1.0"?><!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd"><gpx></gpx>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
TCX = b'<?xml version="1.0"?><TrainingCenterDatabase xmlns="x"><Activities/></TrainingCenterDatabase>'


def refused(content):
    with pytest.raises(refusals.UnreadableFile) as no:
        read_recording(content)
    assert str(no.value)
    return no.value.code


@pytest.mark.parametrize(
    ("name", "metres", "ascent", "points"),
    [
        ("Mojstrovka.gpx", 2698, 428, 184),
        ("cerknicko-without-times.gpx", 1912, 19, 172),
        ("korita-zbevnica.gpx", 8636, 397, 356),
        ("route.gpx", 6683, None, 55),
        ("track-with-extremes.gpx", 2204, 29, 25),
        ("garmin-fenix-5-run.fit", 161, 0, 21),
        ("garmin-fenix-5-walk.fit", 68, 0, 17),
        ("activity-small-fenix2-run.fit", 8996, 48, 600),
    ],
)
def test_real_recordings_are_read(name, metres, ascent, points):
    line = read_recording(real(name)).line

    assert (line.distance_m, line.ascent_m, len(line.points)) == (metres, ascent, points)


@pytest.mark.parametrize("name", ["Mojstrovka.gpx", "korita-zbevnica.gpx", "track-with-extremes.gpx"])
def test_a_gpx_is_read_as_gpxpy_reads_it(name):
    tracks = gpxpy.parse(real(name).decode()).tracks
    longest = max(tracks, key=lambda track: track.length_2d())

    _name, fixes = gpx_reader.read(real(name))

    assert fixes == [
        (point.latitude, point.longitude, point.elevation)
        for segment in longest.segments
        for point in segment.points
    ]


@pytest.mark.parametrize(
    "name", ["garmin-fenix-5-run.fit", "garmin-fenix-5-walk.fit", "activity-small-fenix2-run.fit"]
)
def test_a_fit_is_read_as_fitdecode_reads_it(name):
    with fitdecode.FitReader(real(name)) as frames:
        records = [
            frame
            for frame in frames
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record"
        ]
    expected = [
        (
            latitude * 180 / 2**31,
            record.get_value("position_long") * 180 / 2**31,
            record.get_value("altitude"),
        )
        for record in records
        if (latitude := record.get_value("position_lat", fallback=None)) is not None
    ]

    fixes = fit_reader.read(real(name))

    assert [fix[:2] for fix in fixes] == [fix[:2] for fix in expected]
    assert [fix[2] for fix in fixes] == pytest.approx([fix[2] for fix in expected])


def test_the_longest_track_of_several_is_the_route():
    assert read_recording(real("korita-zbevnica.gpx")).name == "03-OCT-10 #2"


def test_a_name_beyond_ascii_is_kept():
    assert read_recording(gpx(*northwards(5), name="Ljubljana – Šmarna gora 🌲 מסלול")).name == (
        "Ljubljana – Šmarna gora 🌲 מסלול"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding):
    text = gpx(*northwards(5), name="Å").decode().replace("UTF-8", encoding.replace("-sig", ""))

    assert read_recording(text.encode(encoding)).name == "Å"


def test_a_planned_route_is_read_like_a_track():
    assert read_recording(gpx(*northwards(5), kind="rte")).line.distance_m == 445


def test_a_watch_that_writes_the_large_end_first_is_read():
    west = -0x01000000

    line = read_recording(fit((0x22000000, west, 2600), (0x22008000, west, 2650), order=">")).line

    assert line.points[0][2] == pytest.approx(20, abs=0.1)


def test_a_watch_that_knows_no_place_yet_is_waited_for():
    nowhere = (0x7FFFFFFF, 0x7FFFFFFF, 0xFFFF)

    fixes = fit_reader.read(fit(nowhere, (0x22000000, 0, 0xFFFF), (0x22008000, 0, 0xFFFF)))

    assert [fix[2] for fix in fixes] == [None, None]


def test_two_recordings_in_one_file_are_one_way():
    one, two = fit((0x22000000, 0, 2600)), fit((0x22008000, 0, 2600))

    assert len(fit_reader.read(one + two)) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t ", "empty_file"),
        (PNG, "not_a_route_file"),
        (b"\x00" * 5000, "not_a_route_file"),
        (b"lat,lon\n51.5,-0.1\n", "not_a_route_file"),
        (TCX, "not_a_route_file"),
        (b"<html><body>Not found</body></html>", "not_a_route_file"),
        (real("activity-unexpected-eof.fit"), "broken_file"),
        (real("Mojstrovka.gpx")[:9000], "broken_file"),
        (real("garmin-fenix-5-run.fit")[:-1], "broken_file"),
        (fit((0, 0, 0), (1000000, 0, 0), sum_is_right=False), "broken_file"),
        (b"<gpx><trkpt lat='1' lon='1'/></gpx>", "broken_file"),
        (b"<gpx>\x00</gpx>", "broken_file"),
        (b"<?xml version='1.0' encoding='klingon'?><gpx/>", "broken_file"),
        (b"<gpx>" * 100 + b"</gpx>" * 100, "broken_file"),
        (gpx(("north", 1), (2, 2)), "broken_file"),
        (gpx((51.5, -0.1, "high"), (51.6, -0.1, 5)), "broken_file"),
        (b"<gpx><trk><trkseg><trkpt lon='1'/></trkseg></trk></gpx>", "broken_file"),
        (LAUGHS, "forbidden_xml"),
        (OUTSIDE, "forbidden_xml"),
        (OTHER_DTD, "forbidden_xml"),
        (gpx((91, 0), (92, 0)), "off_the_map"),
        (gpx((0, 181), (0, 182)), "off_the_map"),
        (gpx(("nan", 0), ("nan", 1)), "off_the_map"),
        (gpx(("inf", 0), (0, 1)), "off_the_map"),
        (fit((0x7FFFFFFE, 0, 0)), "off_the_map"),
        (real("unicode.gpx"), "no_line"),
        (b"<gpx/>", "no_line"),
        (gpx((51.5, -0.1)), "no_line"),
        (fit(), "no_line"),
        (gpx((51.5, -0.1), (51.5, -0.1)), "too_short"),
        (gpx((51.5, -0.1), (51.5001, -0.1)), "too_short"),
        (gpx((51.5, -0.1), (-33.8, 151.2)), "too_long"),
    ],
)
def test_what_holds_no_route_is_refused_in_words(content, code):
    assert refused(content) == code


def test_the_line_where_a_gpx_breaks_is_named():
    with pytest.raises(refusals.BrokenFile, match="line 4"):
        read_recording(b"<gpx>\n<trk>\n<trkseg>\n<trkpt lat=")


def test_a_million_points_are_refused_early():
    many = gpx(*[(51.5, 0.0)] * 250_000)
    begun = time.process_time()

    code = refused(many)

    assert code == "too_many_points"
    assert time.process_time() - begun < 10


def test_a_flood_of_empty_messages_is_refused_early():
    definition = b"\x40\x00\x00\x00\x00\x00"  # a message without fields: each takes one byte
    body = definition + bytes(1_200_000)
    head = b"\x0c\x10\x00\x00" + len(body).to_bytes(4, "little") + b".FIT"
    content = head + body
    content += fit_reader.checksum(content).to_bytes(2, "little")

    assert refused(content) == "too_many_points"


def test_a_bomb_costs_no_memory():
    tracemalloc.start()

    refused(LAUGHS)

    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_recording_is_read_or_refused_but_never_breaks_the_reader(data):
    name = data.draw(st.sampled_from(["garmin-fenix-5-walk.fit", "track-with-extremes.gpx"]))
    content = bytearray(real(name))
    for _damage in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(0, len(content)))])

    try:
        line = read_recording(damaged).line
    except refusals.UnreadableFile:
        return

    assert line.distance_m >= 50


@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=400))
def test_any_messages_behind_a_right_header_are_read_or_refused(body):
    head = b"\x0c\x10\x00\x00" + len(body).to_bytes(4, "little") + b".FIT"
    content = head + body + fit_reader.checksum(head + body).to_bytes(2, "little")

    try:
        fixes = fit_reader.read(content)
    except refusals.UnreadableFile:
        return

    assert all(abs(latitude) <= 90 and abs(longitude) <= 180 for latitude, longitude, _height in fixes)
