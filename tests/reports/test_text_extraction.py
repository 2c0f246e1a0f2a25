import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.theme import TextStyle
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tests.reports.pdf_reading import one_document, pdfium_text, plain, poppler_text

SENTENCES = (
    "الابن محمّد يدرس",
    "الزيارة الأسرية تمت",
    "لا إله إلا الله",
    "تأخر الإيجار شهرين",
    "الأم مُعلِّمة سابقة",
    "شكرًا جزيلًا لكم",
    "السنة 1447هـ كاملة",
    "الملف BC-10 مفتوح",
    "الجوال \u2066+966 50 123 4567\u2069 للأب",
    "الآيبان \u2066SA03 8000 0000 6080 1016 7519\u2069 صحيح",
    "المبلغ ٣٬٥٠٠٫٧٥ ريال",
    "تقرير الزيارة رقم ١٢٣ (ABC) اليوم",
    "النسبة ٤٥٪ و 45% تقريبًا",
    "عام [١٤٤٧] «قيد» المراجعة، نعم؛ تم.",
    "التاريخ \u20662026-11-23\u2069 ميلادي",
    "تَقْرِيرٌ مُشَكَّلٌ لِلُّغَةِ العَرَبِيَّةِ",
    "قررت تزويد بريدة بالورق",
)
PDFIUM_HARD = {"BC-10", "(ABC)", "[١٤٤٧]", "«قيد»", "SA03"}
"""PDFium turns round brackets and codes that mix letters and digits; poppler, which the project promises, does not."""


def printed(style: TextStyle) -> bytes:
    typesetter = Typesetter(right_to_left=True)
    return one_document(typesetter, *[Paragraph(typesetter, one, style) for one in SENTENCES])


@pytest.mark.parametrize("style", [theme.SMALL, theme.CELL, theme.STRONG, theme.HEADING, theme.TITLE])
def test_poppler_finds_every_word_at_every_size_and_weight(style: TextStyle) -> None:
    found = plain(poppler_text(printed(style))).split()
    missing = [word for one in SENTENCES for word in plain(one).split() if word not in found]
    assert missing == []


def test_poppler_finds_whole_sentences_in_reading_order() -> None:
    found = plain(poppler_text(printed(theme.BODY)))
    assert [one for one in SENTENCES if plain(one) not in found] == []


def test_pdfium_finds_every_arabic_word_and_number() -> None:
    found = pdfium_text(printed(theme.BODY)).split()
    words = {word for one in SENTENCES for word in plain(one).split()} - PDFIUM_HARD
    assert sorted(words.difference(found)) == []


def test_arabic_inside_an_english_page_is_found_too() -> None:
    typesetter = Typesetter(right_to_left=False)
    text = "Visit to (محمّد) الأسرية done on 2026-11-23; head مُعلِّمة, file BC-10 (1447هـ), all fine here."
    found = plain(poppler_text(one_document(typesetter, Paragraph(typesetter, text, theme.BODY))))
    assert plain(text) in found


LETTER = st.sampled_from("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")
MARKED = st.builds(
    "{}{}{}".format,
    LETTER,
    st.sampled_from(["", "", "ّ"]),
    st.sampled_from(["", "", "َ", "ُ", "ِ", "ً", "ٌ", "ٍ", "ْ"]),
)
WORD = st.lists(MARKED, min_size=2, max_size=8).map("".join)
TOKEN = st.one_of(WORD, st.from_regex(r"[A-Z]{2}-[0-9]{2,5}", fullmatch=True), st.integers(0, 10**9).map(str))


@settings(max_examples=25, deadline=None)
@given(st.lists(TOKEN, min_size=30, max_size=60))
def test_poppler_finds_any_words_numbers_and_codes(tokens: list[str]) -> None:
    typesetter = Typesetter(right_to_left=True)
    content = one_document(typesetter, Paragraph(typesetter, " ".join(tokens), theme.BODY))
    found = {unicodedata.normalize("NFC", word) for word in plain(poppler_text(content)).split()}
    assert [one for one in tokens if unicodedata.normalize("NFC", plain(one)) not in found] == []
