from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from tarahum_desktop.reports.pdf.bidi_levels import LEFT_TO_RIGHT, RIGHT_TO_LEFT, first_strong, resolve_levels
from tarahum_desktop.reports.pdf.bidi_lines import Piece, reorder

LETTERS = "abcABC أبتلاهـ 0123 ٠١٢٣ +-.,:/%٪،؛؟!()[]{}«»\u0651\u064b\u066b\u066c€"

ISOLATES = "\u2066\u2067\u2068\u2069"


def without_isolates(text: str) -> str:
    return "".join(one for one in text if one not in ISOLATES)


def shown(text: str, base: int) -> str:
    pieces = [Piece(one, level) for one, level in zip(text, resolve_levels(text, base), strict=True)]
    return "".join(piece.text for piece in reorder(pieces))


@given(st.text(LETTERS + ISOLATES, max_size=40), st.sampled_from([0, 1]))
@example("مدرسة (KSA) BC-10 (ب)", 1)
@example("Visit to (محمد) علي", 0)
@example("الجوال \u2066+966 50 123 4567\u2069 للأب", 1)
@example("a\u2067ب (c) \u2066د1\u2069 2\u2069 ه", 0)
def test_order_agrees_with_an_independent_implementation(text: str, base: int) -> None:
    line = text.rstrip(" " + ISOLATES)  # the line breaker drops what rule L1 would move
    assert without_isolates(shown(line, base)) == without_isolates(get_display(line, base_dir="LR"[base]))


def test_brackets_stay_around_what_they_enclose() -> None:
    text = "نص (ABC) DEF"
    levels = resolve_levels(text, RIGHT_TO_LEFT)
    assert levels[text.index("(")] == levels[text.index(")")] == 1


def test_an_isolate_does_not_disturb_its_neighbours() -> None:
    text = "رقم \u2066BC-10\u2069 ١٢"
    alone = resolve_levels("رقم \ufffc ١٢", RIGHT_TO_LEFT)
    levels = resolve_levels(text, RIGHT_TO_LEFT)
    assert levels[:4] + levels[-3:] == alone[:4] + alone[-3:]
    assert levels[5:10] == [2] * 5


def test_direction_comes_from_the_first_strong_letter_outside_isolates() -> None:
    assert first_strong("12 \u2066abc\u2069 سلام", LEFT_TO_RIGHT) == RIGHT_TO_LEFT
    assert first_strong("12 - 34", RIGHT_TO_LEFT) == RIGHT_TO_LEFT
    assert first_strong("A سلام", RIGHT_TO_LEFT) == LEFT_TO_RIGHT
