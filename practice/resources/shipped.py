"""What a new installation begins with, and what the help page says where the practice has written nothing yet.

From the table of the clinical specification, nothing added. `is_checked` marks the rows that were checked in a source, an
official or primary one, on `CHECKED_ON`; the others come from third parties or general knowledge, so nobody has
confirmed them and the product says so until a person of the practice has called.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Words

CHECKED_ON = date(2026, 11, 21)
CRISIS, EMERGENCY, EATING, ADDICTION = "crisis", "emergency", "eating", "addiction"
CRISIS_LINE, EATING_LINE = _("Crisis line"), _("Eating disorder line")
ON_THE_SPOT = _("Emergency services")
FIND = "https://findahelpline.com"


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One row of the table, before it is a row of the database."""

    country: str
    need: str
    name: Words
    phone: str = ""
    sms: str = ""
    sms_word: str = ""
    link: str = ""
    hours: Words = ""
    who_for: Words = ""
    is_checked: bool = False

    @property
    def verified_on(self) -> date | None:
        return CHECKED_ON if self.is_checked else None


def _emergency(country: str, *numbers: str) -> tuple[Shipped, ...]:
    return tuple(Shipped(country=country, need=EMERGENCY, name=ON_THE_SPOT, phone=one) for one in numbers)


ROWS: tuple[Shipped, ...] = (
    *_emergency("GB", "999"),
    Shipped(country="GB", need=CRISIS, name="Samaritans", phone="116 123"),
    Shipped(country="GB", need=CRISIS, name="Shout", sms="85258"),
    Shipped(country="GB", need=CRISIS, name="NHS", phone="111"),
    Shipped(country="GB", need=EATING, name=_("Beat, England"), phone="0808 801 0677"),
    Shipped(country="GB", need=EATING, name=_("Beat, Scotland"), phone="0808 801 0432"),
    Shipped(country="GB", need=EATING, name=_("Beat, Wales"), phone="0808 801 0433"),
    Shipped(country="GB", need=EATING, name=_("Beat, Northern Ireland"), phone="0808 801 0434"),
    Shipped(country="GB", need=ADDICTION, name="FRANK", phone="0300 123 6600"),
    *_emergency("IE", "112", "999"),
    Shipped(country="IE", need=CRISIS, name="Samaritans", phone="116 123"),
    Shipped(country="IE", need=CRISIS, name=CRISIS_LINE, sms="50808"),
    Shipped(country="IE", need=EATING, name="Bodywhys", phone="01 210 7906"),
    Shipped(country="IE", need=ADDICTION, name="HSE", phone="1800 459 459"),
    *_emergency("US", "911"),
    Shipped(country="US", need=CRISIS, name=CRISIS_LINE, phone="988", sms="988", is_checked=True),
    Shipped(country="US", need=CRISIS, name=CRISIS_LINE, sms="741741", sms_word="HOME"),
    Shipped(country="US", need=EATING, name="ANAD", phone="1-888-375-7767"),
    Shipped(country="US", need=EATING, name="National Alliance", phone="866-662-1235"),
    Shipped(country="US", need=ADDICTION, name="SAMHSA", phone="1-800-662-4357", is_checked=True),
    *_emergency("CA", "911"),
    Shipped(country="CA", need=CRISIS, name=CRISIS_LINE, phone="9-8-8", sms="9-8-8", is_checked=True),
    Shipped(country="CA", need=EATING, name="NEDIC", phone="1-866-633-4220"),
    *_emergency("AU", "000"),
    Shipped(country="AU", need=CRISIS, name="Lifeline", phone="13 11 14"),
    Shipped(country="AU", need=EATING, name="Butterfly", phone="1800 33 4673"),
    Shipped(country="AU", need=ADDICTION, name=_("Alcohol and other drugs hotline"), phone="1800 250 015"),
    *_emergency("NZ", "111"),
    Shipped(country="NZ", need=CRISIS, name=CRISIS_LINE, phone="1737", sms="1737"),
    Shipped(country="NZ", need=EATING, name="EDANZ", phone="0800 233 269", who_for=_("Families")),
    Shipped(country="NZ", need=ADDICTION, name=_("Alcohol and drug line"), phone="0800 787 797"),
    *_emergency("DE", "112"),
    Shipped(country="DE", need=CRISIS, name=CRISIS_LINE, phone="0800 111 0 111"),
    Shipped(country="DE", need=EATING, name=EATING_LINE, phone="0221 892031"),
    *_emergency("NL", "112"),
    Shipped(country="NL", need=CRISIS, name=CRISIS_LINE, phone="113"),
    Shipped(country="NL", need=CRISIS, name=CRISIS_LINE, phone="0800-0113"),
    *_emergency("FR", "112"),
    Shipped(country="FR", need=CRISIS, name=CRISIS_LINE, phone="3114"),
    Shipped(country="FR", need=EATING, name=EATING_LINE, phone="09 69 325 900"),
    *_emergency("EU", "112"),
    Shipped(country="", need=CRISIS, name="Find a Helpline", link=FIND, is_checked=True),
    Shipped(country="", need=EATING, name="Find a Helpline", link=FIND),
)
