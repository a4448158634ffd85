"""Countries by their ISO 3166-1 code, as far as people are likely to keep resources for them. Pure."""

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Words

ANYWHERE, EUROPEAN_UNION = "", "EU"
NAMES: dict[str, Words] = {
    "AT": _("Austria"),
    "AU": _("Australia"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "GR": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IN": _("India"),
    "IS": _("Iceland"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "LV": _("Latvia"),
    "MT": _("Malta"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "NZ": _("New Zealand"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SE": _("Sweden"),
    "SG": _("Singapore"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
    "US": _("United States"),
    "ZA": _("South Africa"),
}
IN_THE_UNION = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


def name_of(code: str) -> str:
    """The country's name; the code itself for one we do not know."""
    if code == ANYWHERE:
        return str(_("Anywhere"))
    if code == EUROPEAN_UNION:
        return str(_("European Union"))
    return str(NAMES.get(code, code))


def around(code: str) -> tuple[str, ...]:
    """Whose resources also serve somebody in this country: its own, and the Union's where it belongs to it."""
    return (code, EUROPEAN_UNION) if code in IN_THE_UNION else (code,)


def choices() -> list[tuple[str, str]]:
    """For a form: anywhere, the Union, then the countries by name."""
    named = sorted(((code, str(words)) for code, words in NAMES.items()), key=lambda pair: pair[1])
    return [(ANYWHERE, name_of(ANYWHERE)), (EUROPEAN_UNION, name_of(EUROPEAN_UNION)), *named]
