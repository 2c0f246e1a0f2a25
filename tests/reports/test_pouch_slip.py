"""The paper beside a stick: the same pouch gives the same page, on one half page in both languages."""

import datetime as dt

import pypdfium2
import pytest

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Language, load_words
from tarahum_desktop.reports.pouch_slip.content import PouchSlip, ScopeCounts
from tarahum_desktop.reports.pouch_slip.slip import render_pouch_slip

AT = dt.datetime(2026, 11, 23, 9, 5, tzinfo=dt.UTC)


def slip(scopes: int = 2) -> PouchSlip:
    names = ("لجنة الرياض", "سجن الحائر", "القسم النسائي")
    return PouchSlip(
        "لجنة الرياض", 12, "حاسب السجن", "حاسب المكتب", "4821 0093 7716 2508", AT, AT + dt.timedelta(days=90),
        tuple(ScopeCounts(names[at % 3], 1250 * (at + 1), 0) for at in range(scopes)), 3, 2, "سعد المالكي", AT,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("scopes", [0, 1, 4])
def test_it_is_one_page_with_number_fingerprint_and_counts(language: Language, scopes: int) -> None:
    words = load_words(language)
    content = render_pouch_slip(slip(scopes), words, Formatter(words, digits="latin"))
    document = pypdfium2.PdfDocument(content)
    told = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert all(group in told for group in ("4821", "0093", "7716", "2508"))
    assert "12" in told


def test_the_same_pouch_gives_the_same_file() -> None:
    words = load_words("ar")
    first, second = (render_pouch_slip(slip(), words, Formatter(words)) for _ in range(2))
    assert first == second
