from collections.abc import Callable

import pytest

from tarahum_desktop.reports.pdf.bidi_lines import break_lines
from tarahum_desktop.reports.pdf.embedding import EmbeddedFace
from tarahum_desktop.reports.pdf.fonts import Weight, load_face
from tarahum_desktop.reports.pdf.shaping import Shaper


@pytest.fixture(scope="module")
def shaper() -> Shaper:
    return Shaper(EmbeddedFace(load_face(Weight.REGULAR), "T1"))


@pytest.fixture
def said(shaper: Shaper) -> Callable[[str], str]:
    """What codes of a TJ operator extract as, left to right."""

    def read(show: str) -> str:
        meanings = {code: text for (_, text, _), code in shaper.embedded._codes.items()}
        digits = "".join(part.split(">")[0] for part in show.split("<")[1:])
        return "".join(meanings[int(digits[at : at + 4], 16)] for at in range(0, len(digits), 4))

    return read


def test_a_name_is_never_one_honorific_sign(shaper: Shaper, said: Callable[[str], str]) -> None:
    shaped = shaper.shape("محمد", True)
    assert said(shaped.show) == "دمحم"
    assert shaped.show.count("<") == 1
    assert len(shaped.show) == len("<>") + 4 * 4


def test_letters_join(shaper: Shaper) -> None:
    apart = sum(shaper.shape(letter, True).advance for letter in "بيت")
    assert shaper.shape("بيت", True).advance < apart


def test_marks_float_above_their_letters_and_ride_on_their_text(
    shaper: Shaper, said: Callable[[str], str]
) -> None:
    shaped = shaper.shape("مُعلِّمة", True)
    assert said(shaped.show)[::-1] == "مُعلِّمة"
    assert len(shaped.marks) >= 2
    assert all(0 <= mark.x <= shaped.advance and mark.outline for mark in shaped.marks)
    assert len({round(mark.x) for mark in shaped.marks}) > 1


def test_digits_keep_their_order_inside_arabic(shaper: Shaper, said: Callable[[str], str]) -> None:
    (line,) = break_lines("عام ١٢٣٤ هـ", shaper, 1, 1e6)
    whole = "".join(said(word.show) for word in line.words if word.show)
    assert "١٢٣٤" in whole


def test_lines_break_in_reading_order(shaper: Shaper, said: Callable[[str], str]) -> None:
    lines = break_lines("أول ثاني ثالث رابع خامس", shaper, 1, 4500)
    assert len(lines) > 1
    assert all(line.advance <= 4500 for line in lines)
    assert "لوأ" in "".join(said(word.show) for word in lines[0].words)
    assert "سماخ" in "".join(said(word.show) for word in lines[-1].words)


def test_a_word_longer_than_a_line_is_cut_but_never_between_letter_and_mark(
    shaper: Shaper, said: Callable[[str], str]
) -> None:
    word = "مُّ" * 70
    lines = break_lines(word, shaper, 1, 3000)
    assert all(line.advance <= 3000 for line in lines)
    texts = ["".join(said(piece.show) for piece in line.words)[::-1] for line in lines]
    assert "".join(texts) == word
    assert all(text.startswith("م") for text in texts)


def test_lines_keep_empty_paragraphs(shaper: Shaper) -> None:
    assert [len(line.words) for line in break_lines("أ\n\nب", shaper, 1, 9000)] == [1, 0, 1]


def test_a_character_without_a_glyph_is_shown_and_noted() -> None:
    fresh = Shaper(EmbeddedFace(load_face(Weight.REGULAR), "T1"))
    shaped = fresh.shape("😀", False)
    assert fresh.missing == {"😀"}
    assert shaped.advance > 0
    assert shaped.show


def test_each_paragraph_of_typed_text_runs_its_own_way(shaper: Shaper, said: Callable[[str], str]) -> None:
    note = "ملاحظة أولى\nSecond (KSA) note"
    _, english = break_lines(note, shaper, 1, 1e6, own_direction=True)
    assert "".join(said(word.show) for word in english.words) == "Second (KSA) note"
