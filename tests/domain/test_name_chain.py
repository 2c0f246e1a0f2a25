"""Suggested names of members follow their own father."""

import pytest

from tarahum_desktop.domain.name_chain import expected_names
from tarahum_desktop.domain.names import Gender, NameParts

FATIMA = NameParts("فاطمة", "سعد", "ناصر", "الغامدي")
KHALID = NameParts("خالد", "علي", "محمد", "الحربي")


@pytest.mark.parametrize(
    ("relation", "head", "gender", "husband", "expected"),
    [
        ("son", KHALID, Gender.MALE, None, NameParts("", "خالد", "علي", "الحربي")),
        ("daughter", KHALID, Gender.MALE, None, NameParts("", "خالد", "علي", "الحربي")),
        ("son", FATIMA, Gender.FEMALE, KHALID, NameParts("", "خالد", "علي", "الحربي")),
        ("son", FATIMA, Gender.FEMALE, None, NameParts("")),
        ("son", FATIMA, None, KHALID, NameParts("")),
        ("sister", FATIMA, Gender.FEMALE, KHALID, NameParts("", "سعد", "ناصر", "الغامدي")),
        ("spouse", KHALID, Gender.MALE, None, NameParts("")),
        ("mother", KHALID, Gender.MALE, None, NameParts("")),
        ("daughter_in_law", KHALID, Gender.MALE, None, NameParts("")),
    ],
)
def test_children_carry_their_fathers_chain_and_women_keep_their_own(
    relation, head, gender, husband, expected
) -> None:
    assert expected_names(relation, head, gender, husband) == expected
