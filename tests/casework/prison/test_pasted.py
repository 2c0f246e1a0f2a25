import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.casework.prison.pasted import PasteRefused, is_block, read_block

HEAD = "م\tرقم الهوية\tالاسم الرباعي\tتاريخ الدخول\tالوضع\tرقم النزيل"


def test_a_heading_names_the_columns_in_any_order() -> None:
    block = read_block(f"{HEAD}\n١\t١٠٩٨٧٦٥٤٣٢\tمحمد عبدالله سعد القحطاني\t١٤٤٨/٣/١\tموقوف\t٤٥٥\n")
    assert block.had_heading
    assert block.rows == (
        {
            "id": "١٠٩٨٧٦٥٤٣٢",
            "name": "محمد عبدالله سعد القحطاني",
            "entry": "١٤٤٨/٣/١",
            "status": "موقوف",
            "number": "٤٥٥",
        },
    )


def test_without_a_heading_columns_are_known_by_their_look() -> None:
    block = read_block(
        "محمد سعد علي\t1098765432\tمحكوم\t2026-09-01\r\nعلي حسن\t1023456781\tموقوف\t2026-09-02"
    )
    assert not block.had_heading
    assert block.rows[0] == {
        "name": "محمد سعد علي",
        "id": "1098765432",
        "status": "محكوم",
        "entry": "2026-09-01",
    }


def test_bidi_controls_and_invisible_letters_are_taken_out() -> None:
    block = read_block("\u202e1098765432\u202c\tمحمد\u200f سعد\u200b علي")
    assert block.rows[0] == {"id": "1098765432", "name": "محمد سعد علي"}


def test_a_formula_stays_text() -> None:
    block = read_block('رقم الهوية\tالاسم\n=1+1\t=HYPERLINK("x")')
    assert block.rows[0] == {"id": "=1+1", "name": '=HYPERLINK("x")'.strip('"')}


def test_ten_thousand_rows_are_refused_with_their_count() -> None:
    with pytest.raises(PasteRefused) as refused:
        read_block("1098765432\tمحمد سعد علي\n" * 10_000)
    assert refused.value.code == "paste_too_many"
    assert refused.value.facts == {"rows": 10_000, "most": 2_000}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "paste_empty"),
        ("\n\t\n", "paste_empty"),
        ("أ\tب\nج\tد", "paste_unclear"),
        ("x" * 2_000_001, "paste_too_large"),
    ],
)
def test_what_is_no_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(PasteRefused) as refused:
        read_block(text)
    assert refused.value.code == code


def test_one_cell_is_no_block() -> None:
    assert not is_block("محمد سعد\n")
    assert is_block("a\tb")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_whatever_is_pasted_gives_clean_bounded_cells_or_a_refusal(text: str) -> None:
    try:
        block = read_block(text)
    except PasteRefused:
        return
    for row in block.rows:
        assert row
        for cell in row.values():
            assert 0 < len(cell) <= 200
            assert cell == " ".join(cell.split())
