"""The minute on paper: the same content gives the same file, and a long sitting fills its pages."""

import datetime as dt

import pypdfium2
import pytest

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Language, load_words
from tarahum_desktop.reports.minute.content import CaseDecision, MinutePaper, Sitter, VerdictTotal
from tarahum_desktop.reports.minute.document import render_minute

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def paper(cases: int) -> MinutePaper:
    decisions = tuple(
        CaseDecision(
            at, f"QSM-{at:06}", "نورة بنت سعد القحطاني", "سداد الإيجار", "زكاة", 900_000, 800_000, "اعتماد",
            "" if at % 5 else "خُفض المبلغ", ("صُرفت الخدمة قبل ١٢٠ يومًا.",) if at % 7 == 0 else (),
        )
        for at in range(1, cases + 1)
    )  # fmt: skip
    sitters = (Sitter("هند السبيعي", "رئيسة", present=True), Sitter("سعد المالكي", "عضو", present=False))
    totals = (VerdictTotal("اعتماد", cases, 800_000 * cases),)
    return MinutePaper(
        "لجنة القصيم", "QSM-2026-M2-001", "لجنة البحث", dt.date(2026, 11, 23), "المقر", "هند السبيعي", sitters,
        decisions, totals, "لا ملاحظات", "هند السبيعي", AT, "حاسب المكتب",
    )  # fmt: skip


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_sitting_of_forty_begins_its_list_on_the_first_page_and_ends_with_signatures(
    language: Language,
) -> None:
    words = load_words(language)
    told = pages(render_minute(paper(40), words, Formatter(words)))
    assert len(told) > 1
    assert "000001" in told[0]
    assert "000040" in "".join(told)
    assert all("23-11-2026" in page or "2026-11-23" in page for page in told)


def test_the_same_sitting_gives_the_same_file() -> None:
    words = load_words("ar")
    assert render_minute(paper(3), words, Formatter(words)) == render_minute(
        paper(3), words, Formatter(words)
    )
