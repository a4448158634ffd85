"""The PDF: tagged, closed, short, and the same every time."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from sessions.summaries import pdf
from sessions.summaries.screens import documents, gathered
from tests.sessions.summaries.lives import asked, form, made, outing, session

pytestmark = pytest.mark.django_db

NASTY = "<img src=file:///etc/passwd> {{ doc }} </p><style>@import url(http://evil.example/x)</style>"


def text_of(content: bytes) -> str:
    paper = pypdfium2.PdfDocument(content)
    words = "\n".join(page.get_textpage().get_text_range() for page in paper)
    paper.close()
    return words


@pytest.fixture
def nasty_paper(client_person):
    client_person.focus = NASTY
    client_person.save()
    form(client_person, 1, "phq9", [1] * 9)
    session(client_person, 2)
    outing(client_person, 3, journal=NASTY)
    document = next(documents(gathered(asked(client_person, plan=NASTY, questions="مشينا 🙂"))))
    return pdf.printed(document)


def test_it_is_tagged_titled_and_numbered_and_what_people_wrote_prints_as_text(nasty_paper):
    words = text_of(nasty_paper.content)
    with pikepdf.open(BytesIO(nasty_paper.content)) as paper:
        root, info = paper.Root, paper.docinfo
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-gb"
        assert str(info["/Title"]).startswith("Summary TP-")
        assert "EmbeddedFiles" not in str(root.get("/Names", ""))

    assert words.count("<img src=file:///etc/passwd>") == 3
    assert "{{ doc }}" in words
    assert "root:" not in words
    assert f"1 of {nasty_paper.pages}" in words


def test_the_same_document_gives_the_same_bytes(nasty_paper):
    assert pdf.printed(nasty_paper.document).sha256 == nasty_paper.sha256


@pytest.mark.parametrize(
    "reaching",
    [
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://evil.example/x.css">',
        '<p style="background: url(http://169.254.169.254/)">x</p>',
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">",
    ],
)
def test_even_markup_that_slipped_through_reaches_nothing(reaching):
    with pytest.raises(pdf.PaperReachedOut):
        pdf.pressed(f"<html lang=en><title>x</title><body>{reaching}")


def test_only_our_own_fonts_may_be_read():
    fonts = list(pdf.PAPER.glob("*.woff2"))

    assert len(fonts) == 5
    assert all(pdf.is_our_font(font.as_uri()) for font in fonts)
    assert not pdf.is_our_font((pdf.PAPER / "paper.css").as_uri())
    assert not pdf.is_our_font(f"{fonts[0].as_uri()}/../../../../../etc/passwd")


def test_however_much_was_written_it_stays_on_four_pages(client_person):
    client_person.focus = "W" * 4_000
    client_person.save()
    for day in range(20):
        session(client_person, day)
        form(client_person, day, "phq9", [3] * 9)
        form(client_person, day, "gad7", [3] * 7)
        outing(client_person, day, journal="ﷺ W\n" * 400)

    summary = made(client_person, plan="W\n" * 1_000, questions="﷽" * 2_000)

    assert summary.pages in range(1, 5)
    assert "not shown" in text_of(bytes(summary.pdf or b""))
