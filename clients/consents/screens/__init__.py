"""What the pages about agreements show, in words."""

from clients.consents.screens.ledger import KindRow, Line, SignedCopy, kind_rows, lines_of, signed_copy
from clients.consents.screens.own import MyAgreements, MyText, Part, my_agreements, my_text
from clients.consents.screens.practice import (
    Compared,
    TextPage,
    Version,
    compared,
    draft_page,
    text_page,
)
from clients.consents.screens.staff import ClientAgreements, client_agreements

__all__ = [
    "ClientAgreements",
    "Compared",
    "KindRow",
    "Line",
    "MyAgreements",
    "MyText",
    "Part",
    "SignedCopy",
    "TextPage",
    "Version",
    "client_agreements",
    "compared",
    "draft_page",
    "kind_rows",
    "lines_of",
    "my_agreements",
    "my_text",
    "signed_copy",
    "text_page",
]
