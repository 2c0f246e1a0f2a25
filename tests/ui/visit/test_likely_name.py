"""Whose name the form offers for a member whose first name alone is still to be typed."""

import pytest

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.ui.visit.likely_name import likely_name

HEAD = {"head_first": "فاطمة", "head_father": "سعد", "head_grandfather": "علي", "head_family": "الغامدي"}
HUSBAND = Row(
    "h", {"m_relation": "spouse", "m_name": {"first": "خالد", "father": "سالم", "family": "الحربي"}}
)
HIS_CHILD = {"first": "", "father": "خالد", "grandfather": "سالم", "family": "الحربي"}
FULL_SISTER = {"first": "", "father": "سعد", "grandfather": "علي", "family": "الغامدي"}


def offered(relation: str, gender: str, *others: Row, suggestion=None):
    rows = (*others, Row("r", {"m_relation": relation}))
    return likely_name(
        Answers("f", {**HEAD, "gender": gender, "members": rows}), "members/r/m_name", suggestion
    )


@pytest.mark.parametrize(
    ("relation", "gender", "others", "expected"),
    [
        ("son", "female", [HUSBAND], HIS_CHILD),
        ("daughter", "female", [], None),
        ("sister", "female", [HUSBAND], FULL_SISTER),
        ("spouse", "female", [], None),
        ("", "", [], None),
    ],
)
def test_the_family_tells_the_name_where_it_can(relation, gender, others, expected) -> None:
    assert offered(relation, gender, *others) == expected


def test_a_brother_typed_before_says_more_than_the_husband() -> None:
    brother = Row(
        "b", {"m_relation": "son", "m_name": {"first": "أحمد", "father": "تركي", "family": "الشمري"}}
    )
    assert offered("daughter", "female", HUSBAND, brother) == {
        "first": "",
        "father": "تركي",
        "family": "الشمري",
    }


def test_what_the_form_offers_itself_is_left_alone() -> None:
    own = {"first": "", "father": "سالم"}
    assert offered("son", "male", HUSBAND, suggestion=own) == own
