from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.reports.pdf.drawing import (
    MatrixBars,
    RatedDomain,
    SignatureBox,
    Signatures,
    stroke_operators,
)
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tests.reports.pdf_reading import one_document, picture

COORDINATE = st.one_of(st.floats(-1e4, 1e4), st.sampled_from([float("nan"), float("inf")]))
STROKES = st.lists(st.lists(st.tuples(COORDINATE, COORDINATE), max_size=8), max_size=5)


@given(STROKES)
def test_a_signature_stays_inside_its_box(strokes: list[list[tuple[float, float]]]) -> None:
    for code in stroke_operators(strokes, (10, 20, 200, 50))[1:]:
        numbers = [float(part) for part in code.split() if part not in {"m", "l", "S"}]
        assert all(9.9 <= x <= 210.1 for x in numbers[::2])
        assert all(19.9 <= y <= 70.1 for y in numbers[1::2])


def test_a_signature_is_upright_on_paper() -> None:
    """Screens count y downwards, paper upwards: the first point, at the top of the pad, is drawn higher."""
    _, code = stroke_operators([[(0.0, 0.0), (10.0, 30.0)]], (0, 0, 100, 60))
    _, first, _, _, second, *_ = code.split()
    assert float(first) > float(second)


def test_strokes_and_bars_leave_ink() -> None:
    typesetter = Typesetter(right_to_left=True)
    blank = picture(one_document(typesetter, Signatures(typesetter, [SignatureBox("أ", ())])), 0)
    signed = picture(
        one_document(
            typesetter, Signatures(typesetter, [SignatureBox("أ", (((0, 0), (90, 40), (180, 0)),))])
        ),
        0,
    )
    assert sum(signed.histogram()[:128]) > sum(blank.histogram()[:128])


def test_a_matrix_splits_between_domains() -> None:
    typesetter = Typesetter(right_to_left=True)
    bars = MatrixBars(typesetter, [RatedDomain(f"مجال {number}", 3, "آمن") for number in range(13)])
    _, height = bars.wrap(500, 700)
    parts = bars.split(500, height / 2)
    assert sum(part.wrap(500, 700)[1] for part in parts) == height
    assert bars.split(500, 5) == []
