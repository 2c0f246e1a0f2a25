"""Money is whole halalas, and an amount with two readings is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.money import (
    MAX_HALALAS,
    SAR,
    AmountError,
    amount_text,
    parse_amount,
    round_to_riyal,
    share,
    split,
)

AMOUNTS = st.integers(0, MAX_HALALAS)


def refusal_of(text: str) -> str | None:
    try:
        amount = parse_amount(text)
    except AmountError as error:
        return error.code
    assert type(amount) is int
    assert 0 <= amount <= MAX_HALALAS
    return None


@pytest.mark.parametrize(
    ("text", "halalas"),
    [
        ("0", 0),
        ("1500", 1500 * SAR),
        ("1,500", 1500 * SAR),
        ("١٬٥٠٠٫٥", 150_050),
        ("1،500.25", 150_025),
        ("۱۲۳٫۰۵", 12_305),
        (" 1,234,567.8 ", 123_456_780),
        ("1,000,000,000,000", MAX_HALALAS),
        ("007", 7 * SAR),
    ],
)
def test_amounts_are_read_in_every_usual_form(text: str, halalas: int) -> None:
    assert parse_amount(text) == halalas


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(text, "amount_ambiguous") for text in ("1,5", "1.234,5", "1,50", "1.234", "0,125", "1.234.567")],
        *[
            (text, "amount_invalid")
            for text in ("", "abc", "1٬5", "1 500", "12,34,567", "1.", ".5", "+5", "1e9")
        ],
        *[
            (text, "amount_invalid")
            for text in ("1,234٬567", "1.2345", "1" * 65, "٣/٤", "5²", "5½", "①", "nan")
        ],
        *[(text, "amount_negative") for text in ("-5", "−5", "5-", "-")],
        *[(text, "amount_too_large") for text in ("1000000000000.01", "9" * 64)],
    ],
)
def test_every_doubtful_amount_is_refused_by_its_own_code(text: str, code: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(text)
    assert refused.value.code == code
    assert text not in refused.value.facts.values()


@given(AMOUNTS)
def test_the_plain_form_reads_back_to_the_same_halalas(halalas: int) -> None:
    text = amount_text(halalas)
    assert parse_amount(text) == halalas
    assert parse_amount(text.replace(",", "٬").replace(".", "٫")) == halalas
    assert type(parse_amount(text)) is int


def test_a_negative_balance_is_shown_with_its_sign() -> None:
    assert amount_text(-123_405) == "-1,234.05"


@given(st.text(max_size=80))
def test_any_text_gives_whole_halalas_or_a_coded_refusal(text: str) -> None:
    known = {"amount_invalid", "amount_ambiguous", "amount_negative", "amount_too_large"}
    assert refusal_of(text) in {None, *known}


@given(AMOUNTS, st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_a_split_adds_up_and_is_fair_to_a_halala(total: int, weights: list[int]) -> None:
    pieces = split(total, weights)
    assert sum(pieces) == total
    for piece, weight in zip(pieces, weights, strict=True):
        assert type(piece) is int
        assert abs(piece * sum(weights) - total * weight) < sum(weights)


def test_a_split_gives_the_odd_halala_to_the_first() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]


@pytest.mark.parametrize(("halalas", "rounded"), [(149, 100), (150, 200), (-150, -200), (-149, -100), (0, 0)])
def test_half_a_riyal_is_rounded_away_from_zero(halalas: int, rounded: int) -> None:
    assert round_to_riyal(halalas) == rounded


@given(AMOUNTS, st.integers(1, 1000))
def test_a_share_is_the_nearest_halala(total: int, whole: int) -> None:
    assert abs(share(total, 1, whole) * whole - total) * 2 <= whole
