"""Identifiers are normalised and flagged, and never stop a visit."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.identifiers import (
    LONGEST_INPUT,
    Checked,
    check_iban,
    check_mobile,
    check_person_id,
    check_postal,
    check_short_address,
    group_iban,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "identifiers.json").read_text("utf-8"))
CHECKS = (check_person_id, check_iban, check_mobile, check_short_address)
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def dressed(value: str) -> list[str]:
    """The same identifier as it arrives from keyboards, sheets and pasted messages."""
    spaced = " ".join(value[i : i + 3] for i in range(0, len(value), 3))
    return [
        value,
        spaced,
        spaced.replace(" ", "-"),
        spaced.replace(" ", "–"),
        f"\u202b\u200f{value}\u2069 ",
        value.translate(EASTERN),
        value.translate(PERSIAN),
        value.lower(),
    ]


@pytest.mark.parametrize("value", VECTORS["ids_valid_fictional"])
def test_valid_identity_numbers_pass_in_any_dress(value: str) -> None:
    kind = "national_id" if value[0] == "1" else "iqama"
    for text in dressed(value):
        assert check_person_id(text) == Checked(value, kind)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("1900000010", "person_id_check_digit"),
        ("3000000007", "person_id_prefix"),
        ("190000001", "person_id_length"),
        ("١٩٠٠٠٠٠٠١", "person_id_length"),
        ("19000000x7", "person_id_characters"),
        ("190000001²7", "person_id_length"),
        ("", "person_id_missing"),
        (" - ", "person_id_missing"),
    ],
)
def test_a_wrong_identity_number_is_flagged_with_its_reason(text: str, warning: str) -> None:
    assert check_person_id(text).warning == warning


def test_every_agreed_invalid_vector_is_flagged() -> None:
    for name, check in (
        ("ids_invalid", check_person_id),
        ("iban_invalid", check_iban),
        ("mobile_invalid", check_mobile),
        ("short_address_invalid", check_short_address),
    ):
        assert all(check(text).warning for text in VECTORS[name])


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True))
def test_exactly_one_check_digit_is_right(first_nine: str) -> None:
    passing = [digit for digit in "0123456789" if check_person_id(first_nine + digit).warning is None]
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in first_nine[::2])
    plain = sum(int(digit) for digit in first_nine[1::2])
    assert passing == [str(-(doubled + plain) % 10)]


@pytest.mark.parametrize(
    "value", [*VECTORS["iban_valid_fictional"], VECTORS["iban_valid_documented_example"]]
)
def test_valid_accounts_pass_in_any_dress(value: str) -> None:
    for text in dressed(value):
        assert check_iban(text) == Checked(value, "iban")
    assert check_iban(group_iban(value)) == Checked(value, "iban")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("SA0480000000608010167519", "iban_check_digits"),
        ("SA03800000006080101675", "iban_length"),
        ("GB82WEST12345698765432", "iban_not_saudi"),
        ("SA03 8000 0000 6080 1016 75_9", "iban_characters"),
        ("", "iban_missing"),
    ],
)
def test_a_wrong_account_is_flagged_with_its_reason(text: str, warning: str) -> None:
    assert check_iban(text).warning == warning


def test_an_account_is_shown_in_groups_of_four() -> None:
    assert group_iban("SA0380000000608010167519") == "SA03 8000 0000 6080 1016 7519"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *VECTORS["mobile_valid"].items(),
        ("+966 51 234 5678", "+966512345678"),
        ("00966-512345678", "+966512345678"),
    ],
)
def test_every_usual_form_of_a_mobile_is_stored_alike(text: str, value: str) -> None:
    for dress in dressed(text):
        assert check_mobile(dress) == Checked(value, "mobile")


def test_a_landline_is_kept_but_told_apart() -> None:
    assert check_mobile("011 234 5678") == Checked("+966112345678", "landline", "mobile_is_landline")


@pytest.mark.parametrize("value", VECTORS["short_address_valid"])
def test_a_short_address_passes_in_any_dress(value: str) -> None:
    for text in dressed(value):
        assert check_short_address(text) == Checked(value, "short_address")


def test_a_postal_address_is_checked_part_by_part_and_may_be_empty() -> None:
    assert check_postal("٢٩١٩", "13241", "") == (
        Checked("2919", "building"),
        Checked("13241", "postcode"),
        Checked("", "additional"),
    )
    warnings = [checked.warning for checked in check_postal("291", "1324x", "1" * 65)]
    assert warnings == ["building_form", "postcode_form", "additional_too_long"]


@given(st.text(max_size=200))
def test_no_text_ever_stops_a_check(text: str) -> None:
    for check in CHECKS:
        checked = check(text)
        assert len(checked.value) <= LONGEST_INPUT
        assert checked.warning != ""
    for checked in check_postal(text, text, text):
        assert len(checked.value) <= LONGEST_INPUT


@pytest.mark.parametrize("check", CHECKS)
def test_hostile_lengths_are_cut_and_flagged(check: object) -> None:
    assert callable(check)
    checked = check("1" * 1_000_000)
    assert checked.warning.endswith("_too_long")
    assert len(checked.value) <= LONGEST_INPUT
    assert len(check("ﷺ" * LONGEST_INPUT).value) <= LONGEST_INPUT


@pytest.mark.parametrize(
    ("check", "typed", "value"),
    [
        (check_person_id, "19OOOOOO17", "1900000017"),
        (check_person_id, "l9oooooo17", "1900000017"),
        (check_person_id, "I900000017", "1900000017"),
        (check_mobile, "O5l2345678", "+966512345678"),
        (check_iban, "SAO3 8OOO 0000 6080 1016 7519", "SA0380000000608010167519"),
        (check_short_address, "raaa29I9", "RAAA2919"),
    ],
)
def test_letters_that_look_like_digits_are_read_as_digits(check, typed: str, value: str) -> None:
    assert check(typed) == Checked(value, check(value).kind)


def test_a_number_with_look_alikes_that_still_does_not_agree_is_flagged() -> None:
    assert check_person_id("19OOOOOO18").warning == "person_id_check_digit"
    assert check_iban("SA0480000000608010167O19").warning == "iban_check_digits"
    assert check_person_id("19\u200f000 000-17\u2069").warning is None
