"""What somebody types who means harm. Each text holds MARK, so that whatever becomes of it can be found again."""

BREAKER = "\"'></title></textarea></script><tpx onload=tpx()>{{7*7}}"
"""Ends every kind of place a text can stand in, in 55 letters, and would say 49 where templates are read twice."""

LONG = (
    f"{BREAKER}<script>tpx()</script><img src=x onerror=tpx()><svg/onload=tpx()><style>*{{tpx:x}}</style>"
    "<!--tpx--><![CDATA[tpx]]><base href=//tpx.example><iframe srcdoc=tpx></iframe>"
    "<a href=javascript:tpx()>tpx</a>{% tpx %}${7*7}#{tpx}%(tpx)s%s{tpx.__class__}{{tpx|safe}}"
    "<link rel=attachment href=file:///etc/passwd><object data=file:///etc/passwd></object>"
    "@import url(http://tpx.example);\u202etpx\u2066tpx\u200btpx\u2060 𝕿🜏 e\u0301 ﷺ"
)

ODD = {
    "nothing but marks": "\u200b\u2060\ufeff",
    "the other way round": "\u202eabc\u2066\u200f",
    "beyond the first plane": "𝕿🜏👩🏽\u200d🦽" * 3,
    "a null": "a\x00b",
    "an escape": "a\x1b[31mb",
    "a lone surrogate's spelling": "\\ud800",
    "line ends": "a\r\nb\rc\u2028d",
    "ten thousand letters": "W" * 10_001,
    "a breaker": BREAKER,
    "a template": "{{ request }}{% debug %}%(name)s{0.__class__}",
    "a formula": '=HYPERLINK("http://tpx.example")',
    "a header": "a\r\nBcc: tpx@tpx.example",
    "a path": "../../../../etc/passwd",
    "sql": "'; DROP TABLE clients_client; --",
}

SOME = ("a null", "line ends", "ten thousand letters")
"""The odd texts that every run tries; the others wait for the night."""

ROOM_FOR_LONG = {
    "focus", "rationale", "conditions", "journal", "description", "what was done", "questions", "plan",
    "subjective", "objective", "assessment", "addendum", "weather",
}  # fmt: skip


def breaking(label: str) -> str:
    """The label, which may be short of room, and what breaks out of wherever it stands."""
    return f"{label} {LONG if label in ROOM_FOR_LONG else BREAKER}"
