"""Recordings made up for the tests, and the real ones of tests/data."""

from pathlib import Path
from struct import pack

from sessions.routes.fit import checksum

DATA = Path(__file__).parents[2] / "data"


def real(name):
    return (DATA / name).read_bytes()


def gpx(*points, name="", kind="trk"):
    """A GPX of (latitude, longitude[, height]); anything goes in, so that broken ones can be made too."""
    line = "".join(
        f'<{kind}pt lat="{point[0]}" lon="{point[1]}">'
        + (f"<ele>{point[2]}</ele>" if len(point) > 2 else "")
        + f"</{kind}pt>"
        for point in points
    )
    body = f"<trkseg>{line}</trkseg>" if kind == "trk" else line
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<{kind}><name>{name}</name>{body}</{kind}></gpx>"
    ).encode()


def northwards(count, *, step=0.001, height=None):
    """Points 111 m apart, due north; `height(i)` gives their heights."""
    if height is None:
        return [(51.5 + i * step, -0.1) for i in range(count)]
    return [(51.5 + i * step, -0.1, height(i)) for i in range(count)]


def fit(*messages, order="<", sum_is_right=True):
    """A FIT recording of record messages (latitude, longitude, altitude), raw as the file stores them."""
    big = order == ">"
    body = (
        pack("<BBB", 0x40, 0, big) + pack(f"{order}HB", 20, 3) + bytes([0, 4, 0x85, 1, 4, 0x85, 2, 2, 0x84])
    )
    body += b"".join(b"\x00" + pack(f"{order}iiH", *message) for message in messages)
    head = pack("<BBHI4s", 12, 0x10, 2132, len(body), b".FIT")
    crc = checksum(head + body) ^ (not sum_is_right)
    return head + body + pack("<H", crc)
