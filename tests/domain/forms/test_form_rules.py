"""The rule language always answers, whatever the answers are."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.forms.expressions import Facts, Names, Symbol, compile_rule
from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.domain.forms.operators import OPERATORS
from tarahum_desktop.domain.forms.values import Row, Value

FIELDS = {
    "a": Symbol(),
    "b": Symbol(),
    "colour": Symbol(options=frozenset({"red", "green"})),
    "people": Symbol(is_group=True),
    "age": Symbol(group="people"),
    "home": Symbol(group="people"),
}
NAMES = Names(FIELDS, {"limit": 15})
PEOPLE = (Row("1", {"age": 4, "home": True}), Row("2", {"age": 20, "home": False}), Row("3", {"home": True}))


def result(rule: Any, **values: Value) -> Value:
    return compile_rule(rule, NAMES, "rule").evaluate(Facts(values, "2026-11-23"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (["add", "$a", "$b", 1], 8),
        (["sub", "$a", "$b"], 3),
        (["div", "$a", 2], 2),
        (["div", "$a", 0], None),
        (["mul", "$a", "$missing_is_declared"], None),
        (["max", 0, ["sub", "$b", "$a"]], 0),
        (["between", "$a", 1, "@limit"], True),
        (["in", "$colour", ["red", "green"]], True),
        (["not", ["eq", "$colour", "green"]], True),
        (["count", "people"], 3),
        (["count", "people", ["eq", "$home", True]], 2),
        (["any", "people", ["gt", "$age", "@limit"]], True),
        (["every", "people", ["gt", "$age", 1]], False),
        (["sum", "people", "age"], 24),
        (["in", 20, ["values", "people", "age"]], True),
        (["age", "h1440", "$today"], 7),
        (["from", "g2020-05"], "2020-05-01"),
        (["to", "g2020-02"], "2020-02-29"),
        (["le", "2026-11-23", "$today"], True),
        (["if", ["eq", "$colour", "red"], 1, 2], 1),
    ],
)
def test_rules_mean_what_they_say(rule: Any, expected: Value) -> None:
    names = Names({**FIELDS, "missing_is_declared": Symbol()}, NAMES.parameters)
    facts = Facts({"a": 5, "b": 2, "colour": "red", "people": PEOPLE}, "2026-11-23")
    assert compile_rule(rule, names, "rule").evaluate(facts) == expected


@pytest.mark.parametrize(
    "rule", [["gt", "$a", 3], ["lt", "$a", 3], ["eq", "$a", "$b"], ["given", "$a"], ["has", "$a", 1]]
)
def test_a_missing_answer_makes_a_comparison_false(rule: Any) -> None:
    assert result(rule) is False


def test_a_yes_is_not_the_number_one() -> None:
    assert result(["eq", "$a", 1], a=True) is False
    assert result(["add", "$a", "$b"], a=True, b=2) == 2


VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text("hg0123456789-أa~", max_size=8)
    | st.sampled_from(["h1440", "g2020-13", "2026-02-30"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text("abc", max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(OPERATORS)), st.lists(VALUES, min_size=4, max_size=4))
def test_every_operator_answers_for_any_values(name: str, values: list[Value]) -> None:
    fewest, _most, operator = OPERATORS[name]
    operator(values[:fewest])


JSON_LIKE: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["$a", "$x", "@limit", "@x", "age", *OPERATORS]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(JSON_LIKE, VALUES)
def test_any_json_is_either_refused_on_reading_or_always_answers(rule: Any, value: Value) -> None:
    with suppress(FormDocumentError):
        compile_rule(rule, NAMES, "rule").evaluate(Facts({"a": value}, "2026-11-23"))
