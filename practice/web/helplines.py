"""Where to turn in a crisis, by country: numbers that answer, nothing else.

The help page is made from this file alone, so that it opens with the database gone. Numbers change: a person
of the practice calls those of their own country before the first client is invited, and every half year.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Line:
    """A number to call, or with `scheme="sms"` to text, and what it is for."""

    name: str | Promise
    number: str
    scheme: str = "tel"
    send: str = ""

    @property
    def href(self) -> str:
        """The link that dials: digits only."""
        return f"{self.scheme}:{''.join(mark for mark in self.number if mark.isdigit())}"

    @property
    def how(self) -> str:
        """What one does with the number."""
        if self.scheme == "tel":
            return str(_("Call"))
        return str(_("Text %s to") % self.send if self.send else _("Text"))


@dataclass(frozen=True, kw_only=True)
class Country:
    """The lines of one country: in danger, in a crisis, and for two troubles that run alongside."""

    code: str
    name: str | Promise
    emergency: str
    crisis: tuple[Line, ...]
    eating: tuple[Line, ...] = ()
    addiction: tuple[Line, ...] = field(default=())

    @property
    def emergency_line(self) -> Line:
        return Line(name=_("Emergency services"), number=self.emergency)


CRISIS_LINE = _("Crisis line")
COUNTRIES = (
    Country(
        code="GB",
        name=_("United Kingdom"),
        emergency="999",
        crisis=(
            Line(name="Samaritans", number="116 123"),
            Line(name="Shout", number="85258", scheme="sms"),
            Line(name="NHS", number="111"),
        ),
        eating=(
            Line(name=_("Beat, England"), number="0808 801 0677"),
            Line(name=_("Beat, Scotland"), number="0808 801 0432"),
            Line(name=_("Beat, Wales"), number="0808 801 0433"),
            Line(name=_("Beat, Northern Ireland"), number="0808 801 0434"),
        ),
        addiction=(Line(name="FRANK", number="0300 123 6600"),),
    ),
    Country(
        code="IE",
        name=_("Ireland"),
        emergency="112",
        crisis=(
            Line(name="Samaritans", number="116 123"),
            Line(name=CRISIS_LINE, number="50808", scheme="sms"),
        ),
        eating=(Line(name="Bodywhys", number="01 210 7906"),),
        addiction=(Line(name="HSE", number="1800 459 459"),),
    ),
    Country(
        code="US",
        name=_("United States"),
        emergency="911",
        crisis=(
            Line(name=CRISIS_LINE, number="988"),
            Line(name=CRISIS_LINE, number="988", scheme="sms"),
            Line(name=CRISIS_LINE, number="741741", scheme="sms", send="HOME"),
        ),
        eating=(
            Line(name="ANAD", number="1-888-375-7767"),
            Line(name="National Alliance", number="866-662-1235"),
        ),
        addiction=(Line(name="SAMHSA", number="1-800-662-4357"),),
    ),
    Country(
        code="CA",
        name=_("Canada"),
        emergency="911",
        crisis=(
            Line(name=CRISIS_LINE, number="9-8-8"),
            Line(name=CRISIS_LINE, number="9-8-8", scheme="sms"),
        ),
        eating=(Line(name="NEDIC", number="1-866-633-4220"),),
    ),
    Country(
        code="AU",
        name=_("Australia"),
        emergency="000",
        crisis=(Line(name="Lifeline", number="13 11 14"),),
        eating=(Line(name="Butterfly", number="1800 33 4673"),),
        addiction=(Line(name=_("Alcohol and other drugs hotline"), number="1800 250 015"),),
    ),
    Country(
        code="NZ",
        name=_("New Zealand"),
        emergency="111",
        crisis=(
            Line(name=CRISIS_LINE, number="1737"),
            Line(name=CRISIS_LINE, number="1737", scheme="sms"),
        ),
        eating=(Line(name=_("EDANZ, for families"), number="0800 233 269"),),
        addiction=(Line(name=_("Alcohol and drug line"), number="0800 787 797"),),
    ),
    Country(
        code="DE",
        name=_("Germany"),
        emergency="112",
        crisis=(Line(name=CRISIS_LINE, number="0800 111 0 111"),),
        eating=(Line(name=_("Eating disorder line"), number="0221 892031"),),
    ),
    Country(
        code="NL",
        name=_("Netherlands"),
        emergency="112",
        crisis=(Line(name=CRISIS_LINE, number="113"), Line(name=CRISIS_LINE, number="0800-0113")),
    ),
    Country(
        code="FR",
        name=_("France"),
        emergency="112",
        crisis=(Line(name=CRISIS_LINE, number="3114"),),
        eating=(Line(name=_("Eating disorder line"), number="09 69 325 900"),),
    ),
)


def countries() -> tuple[Country, ...]:
    """Every country, the one of this installation's language first (en-gb: the United Kingdom)."""
    here = settings.LANGUAGE_CODE.partition("-")[2].upper()
    return tuple(sorted(COUNTRIES, key=lambda country: country.code != here))
