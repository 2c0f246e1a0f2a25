"""Names are found, split, shown and compared as people in the Kingdom write them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.names import (
    FOLD_VERSION,
    Gender,
    NameMatch,
    NameParts,
    compare_names,
    fold,
    name_key,
    split_name,
)

VECTORS = Path(__file__).parents[1] / "vectors"
PAIRS = json.loads((VECTORS / "names.json").read_text("utf-8"))
FAMILIES = json.loads((VECTORS / "family_names.json").read_text("utf-8"))
WORDS = st.sampled_from(
    [
        "عبد",
        "عبيد",
        "الله",
        "الدين",
        "الرحمن",
        "بن",
        "بنت",
        "ابنة",
        "آل",
        "ال",
        "أبو",
        "أم",
        "حمد",
        "الحمد",
        "هُدى",
        "آلاء",
        "x",
    ],
)
NAMES = st.lists(WORDS, max_size=7).map(" ".join)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["reason"])
def test_agreed_pairs_compare_as_agreed(pair: dict[str, str]) -> None:
    for_review = "للمراجعة" in pair["reason"]
    expected = NameMatch.REVIEW if for_review else NameMatch(pair["expected"])
    assert compare_names(pair["a"], pair["b"]) is expected
    assert compare_names(pair["b"], pair["a"]) is expected


def test_there_are_thirty_agreed_pairs() -> None:
    assert len(PAIRS) == 30


@given(st.text() | NAMES)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_stored_fold_has_a_version() -> None:
    assert FOLD_VERSION == 1


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("أحمد بن عبد الله آل حمد", "احمد عبدالله ال حمد"),
        ("رؤى هُدَى فاطمة لؤي هناء", "روي هدي فاطمه لوي هنا"),
        ("الغامدي، أحمد (RYD-١٢)", "الغامدي احمد ryd 12"),
        ("مـحـمـد علی", "محمد علي"),
        ("بن لادن", "بن لادن"),
        ("", ""),
    ],
)
def test_search_finds_what_was_written_differently(written: str, searched: str) -> None:
    assert fold(written) == searched


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", NameParts("")),
        ("نورة", NameParts("نورة")),
        ("نورة الدوسري", NameParts("نورة", family="الدوسري")),
        ("هدى بنت سالم العتيبي", NameParts("هدى", "سالم", family="العتيبي")),
        ("عبد الله بن سعد بن ناصر آل حمد", NameParts("عبد الله", "سعد", "ناصر", "آل حمد")),
        ("سعد محمد علي حسن الغامدي", NameParts("سعد", "محمد", "علي", "الغامدي")),
        ("عبيد سعد ناصر الحربي", NameParts("عبيد", "سعد", "ناصر", "الحربي")),
        ("عبيد الرحمن سعد الحربي", NameParts("عبيد الرحمن", "سعد", family="الحربي")),
        ("آلاء فهد المطيري", NameParts("آلاء", "فهد", family="المطيري")),
    ],
)
def test_a_one_line_name_is_split_with_its_spelling_kept(line: str, parts: NameParts) -> None:
    assert split_name(line) == parts


def test_a_full_name_is_shown_with_the_right_links() -> None:
    assert NameParts("أحمد", "محمد", "علي", "الغامدي").full(Gender.MALE) == "أحمد بن محمد بن علي الغامدي"
    assert NameParts("هدى", "سالم", "", "العتيبي").full(Gender.FEMALE) == "هدى بنت سالم العتيبي"
    assert NameParts("نورة", family="الدوسري").full(Gender.FEMALE) == "نورة الدوسري"


@given(
    st.builds(
        NameParts,
        *[st.sampled_from(["سالم", "عبد الله", "أبو بكر", "نور الدين"])] * 3,
        st.sampled_from(FAMILIES),
    ),
    st.sampled_from(Gender),
)
def test_the_shown_name_has_the_key_of_its_four_fields(parts: NameParts, gender: Gender) -> None:
    assert name_key(parts.full(gender)) == name_key(parts)
    assert compare_names(parts.full(gender), parts) is NameMatch.MATCH


@given(NAMES, NAMES)
def test_comparing_does_not_depend_on_the_order(a: str, b: str) -> None:
    assert compare_names(a, b) is compare_names(b, a)


def test_only_the_family_mark_or_the_same_spelling_gives_one_key_to_two_listed_families() -> None:
    keys: dict[str, list[str]] = {}
    for family in FAMILIES:
        keys.setdefault(name_key(NameParts("سالم", family=family)).family, []).append(family)
    assert [shared for shared in keys.values() if len(shared) > 1] == [["المحسن", "بن محسن"]]


@pytest.mark.parametrize(
    ("family", "key"),
    [
        ("الحمد", "حمد"),
        ("آل حمد", "آلحمد"),
        ("آلحمد", "آلحمد"),
        ("ال حمد", "آلحمد"),
        ("الحر", "الحر"),
        ("آل", "ال"),
        ("", ""),
    ],
)
def test_the_article_is_not_the_family_mark(family: str, key: str) -> None:
    assert name_key(NameParts("سالم", family=family)).family == key


def test_candidates_share_a_block_whatever_the_family_mark() -> None:
    assert name_key("سالم محمد آل حمد").block == name_key("سالم علي الحمد").block == "سالم حمد"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("سالم الحربي", "سالم محمد الحربي", NameMatch.REVIEW),
        ("سالم الحربي", "سالم الحربي", NameMatch.REVIEW),
        ("سالم", "سالم", NameMatch.NO_MATCH),
        ("", "", NameMatch.NO_MATCH),
    ],
)
def test_a_name_with_too_few_parts_never_matches_alone(a: str, b: str, expected: NameMatch) -> None:
    assert compare_names(a, b) is expected


def test_a_missing_family_with_an_equal_father_is_for_review() -> None:
    assert (
        compare_names(NameParts("سالم", "محمد"), NameParts("سالم", "محمد", "", "الحربي")) is NameMatch.REVIEW
    )
