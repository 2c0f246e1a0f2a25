"""Answers are copied, never changed, and one set of answers is one sequence of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.forms.answers import Answers, FieldPath, canonical_answers, read_answers
from tarahum_desktop.domain.forms.compare import Difference, carry_over, differences
from tarahum_desktop.domain.forms.form_errors import AnswersError
from tarahum_desktop.domain.forms.values import Row
from tests.domain.forms.study import answers, at, member, study, visited


def test_changing_a_value_leaves_the_old_answers_alone() -> None:
    before = answers(tenure="rent")
    after = before.with_value(at("members/r1/m_gender"), "male").with_value(at("tenure"), "owned")
    assert (before.get("tenure"), before.rows("members")) == ("rent", ())
    assert after.at(at("members/r1/m_gender")) == "male"


def test_rows_keep_their_ids_and_order_when_others_go() -> None:
    rows = answers().with_row("members", "a").with_row("members", "b").with_row("members", "c")
    assert [row.id for row in rows.without_row("members", "b").rows("members")] == ["a", "c"]
    with pytest.raises(AnswersError):
        rows.with_row("members", "a")


def test_an_emptied_answer_signs_like_one_never_given() -> None:
    touched = answers(tenure="rent").with_value(at("directions"), "هنا").with_value(at("directions"), "")
    assert canonical_answers(touched) == canonical_answers(answers(tenure="rent"))


def test_the_order_of_answering_does_not_change_the_signed_bytes() -> None:
    assert canonical_answers(answers(a=1, b="ب")) == canonical_answers(answers(b="ب", a=1))
    assert (
        canonical_answers(answers(b="ب", a=1)).decode()
        == '{"answers":{"a":1,"b":"ب"},"form":"social-study-2"}'
    )


def test_what_was_written_reads_back_the_same() -> None:
    assert read_answers(canonical_answers(visited())) == visited()


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.integers() | st.booleans() | st.text('ابت aé,"', min_size=1), max_size=4
    )
)
def test_any_plain_answers_read_back_the_same(values: dict[str, int | bool | str]) -> None:
    assert read_answers(canonical_answers(Answers("x-1", values))) == Answers("x-1", values)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"form":1,"answers":{}}',
        b'{"form":"f","answers":{"a":1.5}}',
        b'{"form":"f","answers":[1]}',
        b"[" * 9_999,
        b'{"form":"f","answers":{"m":[{"id":"a"},{"id":"a"}]}}',
        b'{"form":"f","answers":{"m":[{"id":"../a"}]}}',
        b"\xff",
    ],
)
def test_what_are_no_answers_is_refused(data: bytes) -> None:
    with pytest.raises(AnswersError):
        read_answers(data)


@pytest.mark.parametrize("text", ["", "/", "a//b", "a/b/c/d"])
def test_a_path_that_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(AnswersError):
        FieldPath.parse(text)


def test_as_last_time_takes_over_the_household_and_never_consents_or_ratings() -> None:
    begun = carry_over(study(), visited())
    assert begun.rows("members") == visited().rows("members")
    assert begun.get("tenure") == "owned"
    for asked_anew in (
        "consent_health",
        "ssm",
        "observations",
        "signature",
        "visit_date",
        "needs",
        "inc_total",
    ):
        assert begun.get(asked_anew) is None


def test_differences_follow_rows_by_their_id() -> None:
    before = answers(tenure="rent", members=(member("a"), member("b")))
    after = answers(
        tenure="owned",
        rooms=3,
        members=(member("b", m_enrolled="dropped_out"), Row("c", {"m_relation": "son"})),
    )
    found = {(str(one.path), one.kind) for one in differences(before, after)}
    assert found == {
        ("members/a", Difference.REMOVED),
        ("members/b/m_enrolled", Difference.CHANGED),
        ("members/c", Difference.ADDED),
        ("rooms", Difference.ADDED),
        ("tenure", Difference.CHANGED),
    }
