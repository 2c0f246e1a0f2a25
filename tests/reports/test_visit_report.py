from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tarahum_desktop.reports.visit_report.content import VisitReport
from tarahum_desktop.reports.visit_report.document import render_visit_report
from tests.reports.pdf_reading import page_count, pages_text, plain, poppler_text
from tests.reports.visit_samples import NOTE, arabic_visit, empty_visit, english_visit

Reader = Any


def words_of(visit: VisitReport) -> set[str]:
    """Every word the visit's own values bring to the page."""
    texts = [visit.committee, visit.head_name, visit.observations, visit.recommendation, *visit.risk_flags]
    texts += [
        visit.visit.kind,
        visit.visit.place,
        visit.visit.outcome,
        visit.visit.respondent,
        *visit.visit.officers,
    ]
    texts += [text for one in visit.members for text in (one.relation, one.national_id, one.education)]
    texts += [one.name for one in visit.members if "(" not in one.name]
    texts += [text for one in visit.needs for text in (one.service, one.person, one.priority)]
    texts += [one.label for one in visit.matrix] + [one.purpose for one in visit.consents]
    texts += [one.signer for one in visit.signatures] + [visit.file_number, visit.receipt_number]
    return {word for text in texts for word in plain(text).split()}


def test_every_word_of_the_report_is_found(arabic: Reader) -> None:
    found = plain(poppler_text(render_visit_report(arabic_visit(), *arabic))).split()
    assert sorted(words_of(arabic_visit()).difference(found)) == []


def test_amounts_phones_and_both_calendars_are_found(arabic: Reader) -> None:
    found = plain(poppler_text(render_visit_report(arabic_visit(), *arabic)))
    for text in (
        "+966 50 123 4567",
        "SA03 8000 0000 6080 1016 7519",
        "٣٬٥٠٠٫٧٥ ر.س",
        "١٣ جمادى الآخرة ١٤٤٨ · 2026-11-23",
    ):
        assert text in found


def test_an_english_reader_gets_the_report_in_english(english: Reader) -> None:
    found = plain(poppler_text(render_visit_report(english_visit(), *english)))
    for text in (
        "Family visit report",
        "Household members",
        "1,800 SAR",
        "Page 1 of 2",
        "rented for SAR 1,450",
    ):
        assert text in found


def test_pages_are_numbered_of_how_many_and_name_who_printed(english: Reader) -> None:
    pages = pages_text(render_visit_report(english_visit(), *english))
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "LAPTOP-07" in page
        assert "18:04" in page


def test_the_file_says_its_title_language_and_author_but_nobody_s_name(arabic: Reader) -> None:
    content = render_visit_report(arabic_visit(), *arabic)
    document = pypdfium2.PdfDocument(content)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == arabic[0].t("Family visit report")
    assert facts["Author"] == arabic_visit().committee
    assert facts["Subject"] == "QAS-2026-00417"
    assert "20261123150400" in facts["CreationDate"]
    assert b"/Lang (ar)" in content
    assert b"/R2L" in content


def test_only_embedded_faces_are_named(arabic: Reader) -> None:
    content = render_visit_report(arabic_visit(), *arabic)
    assert b"Helvetica" not in content
    assert content.count(b"/FontFile2") == content.count(b"/CIDFontType2") == 3


def test_the_same_visit_gives_the_same_bytes(arabic: Reader) -> None:
    assert render_visit_report(arabic_visit(), *arabic) == render_visit_report(arabic_visit(), *arabic)


def test_a_visit_with_empty_lists_says_so(english: Reader) -> None:
    found = plain(poppler_text(render_visit_report(empty_visit(), *english)))
    assert found.count("Nothing recorded.") == 5
    assert "The inmate" not in found


@pytest.mark.parametrize("name", ["محمد " * 40, "محمّدبنعبدالله" * 14, "A" * 200])
def test_a_name_of_two_hundred_characters_is_printed_whole(arabic: Reader, name: str) -> None:
    visit = arabic_visit()
    member = replace(visit.members[0], name=name.strip())
    found = plain(poppler_text(render_visit_report(replace(visit, members=(member,)), *arabic)))
    letters = "".join(found.split())
    assert sum(letters.count(one) for one in set(name.strip())) >= len(name.replace(" ", ""))


def test_a_name_too_long_for_the_header_ends_in_an_ellipsis(arabic: Reader) -> None:
    name = "محمد بن عبدالله آل " * 12
    pages = pages_text(render_visit_report(replace(arabic_visit(), head_name=name.strip()), *arabic))
    assert all("..." in page for page in pages)  # NFKC of the ellipsis


def test_signatures_are_never_alone_on_a_page(arabic: Reader) -> None:
    title, promised = arabic[0].t("Signatures"), arabic[0].t("Recommendation")
    for notes in range(12):
        visit = replace(arabic_visit(), observations="\n".join([NOTE] * notes))
        (last,) = [page for page in pages_text(render_visit_report(visit, *arabic)) if title in page.split()]
        assert promised in last.split()


def test_a_recommendation_longer_than_a_page_still_prints(arabic: Reader) -> None:
    visit = replace(arabic_visit(), recommendation="\n".join([NOTE] * 40))
    found = plain(poppler_text(render_visit_report(visit, *arabic)))
    assert found.count(plain("مستقرّة")) == 41


def test_notes_of_twenty_pages_run_on(arabic: Reader) -> None:
    paragraphs = [f"فقرة {number}: {NOTE}" for number in range(1, 401)]
    content = render_visit_report(replace(arabic_visit(), observations="\n".join(paragraphs)), *arabic)
    assert page_count(content) >= 20
    found = plain(poppler_text(content))
    assert all(f"فقرة {number}:" in found for number in (1, 200, 400))


def test_characters_the_face_lacks_are_boxes_and_are_listed(english: Reader) -> None:
    content = render_visit_report(replace(english_visit(), observations="Smile 😀 and 漢"), *english)
    found = plain(poppler_text(content))
    assert "Characters this page could not show, printed as boxes: U+6F22 U+1F600" in found
    assert "Smile 😀 and 漢" in found


def test_a_character_lacking_only_in_the_watermark_is_listed_too(english: Reader) -> None:
    visit = english_visit()
    content = render_visit_report(replace(visit, printing=replace(visit.printing, device="漢-07")), *english)
    assert "printed as boxes: U+6F22" in plain(poppler_text(content))


def test_half_characters_and_controls_do_not_break_a_report(english: Reader) -> None:
    content = render_visit_report(replace(english_visit(), observations="a\ud800b\x00c\u202ed\te"), *english)
    assert "a\ufffdbcd e" in plain(poppler_text(content))
