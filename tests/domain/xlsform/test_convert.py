"""An XLSForm becomes the document it should, and whatever it cannot become is told by sheet and row."""

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.forms.model import Field, FieldType, FormDocument
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.domain.xlsform.convert import convert_xlsform
from tarahum_desktop.domain.xlsform.xpath import XPathError, parse_xpath
from tests.domain.xlsform.winter import AR, EN, SURVEY, row, sheets

TODAY = dt.date(2026, 11, 23)
FROZEN = Path(__file__).parents[2] / "vectors/xlsform/winter-clothing.json"


def form(*rows: Mapping[str, str]) -> FormDocument:
    converted = convert_xlsform(sheets(*rows))
    assert converted.problems == ()
    return read_document(json.dumps(converted.document).encode())


def told(*rows: Mapping[str, str]) -> list[tuple[str, str, int]]:
    return [(one.code, one.sheet, one.line) for one in convert_xlsform(sheets(*rows)).problems]


def test_the_winter_survey_becomes_the_frozen_document() -> None:
    converted = convert_xlsform(sheets())
    assert converted.problems == ()
    assert converted.document == json.loads(FROZEN.read_text("utf-8"))


def test_what_was_left_out_is_told() -> None:
    notes = [(one.code, one.line) for one in convert_xlsform(sheets()).notes]
    assert notes == [("column_left_out", 1), ("kept_by_program", 2), ("inner_heading_left_out", 9)]


def test_sums_count_in_hundredths_and_round_down() -> None:
    engine = FormEngine(form())
    rows = tuple(Row(f"r{n}", {"child_name": "سعد", "child_age": 5, "coat_price": 10_050}) for n in range(3))
    state = engine.state(Answers("winter-clothing-1", {"heater": "gas", "children": rows}), TODAY)
    assert state.total("coats") == 34_672
    assert state.total("each") == 11_557


def test_relevance_requirement_and_constraint_work_as_written() -> None:
    engine = FormEngine(form())
    none = engine.state(Answers("winter-clothing-1", {"heater": "o1"}), TODAY)
    assert not none.fields["needs"].visible
    assert not none.fields["heater_other"].visible
    assert none.sections["P3"].closed_because is not None
    other = engine.state(Answers("winter-clothing-1", {"heater": "other", "heater_other": "حط"}), TODAY)
    assert other.fields["heater_other"].required
    assert [one.code for one in other.fields["heater_other"].errors] == ["constraint"]
    late = engine.state(Answers("winter-clothing-1", {"asked_on": "2026-11-24"}), TODAY)
    assert late.fields["asked_on"].errors[0].words is not None


A, B = row("integer", "a", "أ", "A"), row("text", "b", "ب", "B")


@pytest.mark.parametrize(
    ("rows", "problem", "line"),
    [
        ((row("range", "a", "أ", "A"),), "unknown_type", 2),
        ((row("image", "a", "أ", "A"),), "picture_of_what", 2),
        ((row("image", "a", "أ", "A", parameters="kind=passport"),), "picture_of_what", 2),
        ((row("integer", "a", "أ", ""),), "words_missing_en", 2),
        ((row("integer", "a", "", "A"),), "words_missing_ar", 2),
        ((A, row("integer", "a", "ب", "B")), "name_twice", 3),
        ((row("integer", "العمر", "أ", "A"),), "name_not_usable", 2),
        ((row("integer", "", "أ", "A"),), "name_missing", 2),
        ((A, row("text", "b", "ب", "B", relevant="${a} >> 3")), "rule_not_understood", 3),
        ((A, row("text", "b", "ب", "B", relevant="regex(${a}, '[0-9]+')")), "unknown_function", 3),
        ((A, row("text", "b", "ب", "B", relevant="${weight} > 3")), "unknown_answer", 3),
        ((A, row("text", "b", "ب", "B", relevant="${a} mod 2 = 1")), "unknown_function", 3),
        ((row("text", "b", "ب", "B", relevant="${a} > 3"), A), "looks_at_a_later_field", 2),
        ((A, row("calculate", "c", "ج", "C", calculation="${c} + 1")), "computed_in_a_circle", 3),
        ((A, row("calculate", "c", "ج", "C", calculation="if(${a} > 1, 'x', 'y')")), "calculation_not_a_number", 3),
        ((A, row("calculate", "c", "ج", "C")), "calculation_missing", 3),
        ((row("select_one colours", "a", "أ", "A"),), "list_unknown", 2),
        ((row("select_one heating or_other", "a", "أ", "A"),), "other_choice", 2),
        ((row("select_one heating", "a", "أ", "A"), row("text", "b", "ب", "B", relevant="${a} = 'coal'")),
         "unknown_choice", 3),
        ((row("select_multiple need", "a", "أ", "A"), row("text", "b", "ب", "B", relevant="${a} = 'coat'")),
         "use_selected", 3),
        ((A, row("text", "b", "${a} ريال", "${a} SAR")), "words_with_answers", 3),
        ((row("begin_group", "g", "م", "G"), A), "group_not_closed", 2),
        ((A, row("end_group")), "end_without_begin", 3),
        ((row("begin_repeat", "r", "ر", "R"), row("begin_repeat", "q", "ق", "Q"), A, row("end_repeat"),
          row("end_repeat")), "repeat_in_repeat", 3),
        ((row("begin_repeat", "r", "ر", "R"), A, row("end_repeat"), row("text", "b", "ب", "B", relevant="${a} = 1")),
         "answer_of_a_repeat", 5),
        ((row("begin_repeat", "r", "ر", "R"), row("calculate", "c", "ج", "C", calculation="1"), row("end_repeat")),
         "calculation_in_repeat", 3),
        ((A, row("text", "b", "ب", "B", choice_filter="x = 1")), "column_not_supported", 3),
        ((A, row("date", "d", "ت", "D", constraint=". > ${a}")), "not_comparable", 3),
        ((A, row("text", "b", "ب", "B", constraint=". = '$a'")), "text_not_usable", 3),
        ((row("decimal", "a", "أ", "A", constraint=". < 0.125"),), "too_many_digits", 2),
        ((row("note", "n", "ملاحظة", "Note"), row("text", "b", "ب", "B", relevant="${n} = ''")), "not_an_answer", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_by_sheet_and_row(
    rows: tuple[Mapping[str, str], ...], problem: str, line: int
) -> None:
    assert (problem, "survey", line) in told(*rows)


def test_every_problem_is_told_at_once() -> None:
    found = told(
        row("range", "a", "أ", "A"), row("integer", "b", "ب", ""), row("text", "c", "ج", "C", relevant="(")
    )
    assert [line for _code, _sheet, line in found] == [2, 3, 4]


def test_a_workbook_without_a_survey_or_an_id_is_refused() -> None:
    assert [one.code for one in convert_xlsform({"choices": []}).problems] == ["no_survey"]
    found = convert_xlsform({"survey": sheets()["survey"], "choices": sheets()["choices"]}).problems
    assert [(one.code, one.sheet) for one in found] == [
        ("title_missing", "settings"),
        ("form_id_missing", "settings"),
    ]


def test_a_column_without_a_language_is_told_by_its_letters() -> None:
    lines = [(1, ["type", "name", "label", EN]), (2, ["text", "a", "الاسم", "Name"])]
    converted = convert_xlsform({**sheets(), "survey": lines})
    assert converted.document is not None
    assert converted.document["sections"][0]["fields"][0]["label"] == {"ar": "الاسم", "en": "Name"}


@given(st.text(max_size=60) | st.text(alphabet="${}().,+-*=<>!'\" abcdiv orand0123456789", max_size=60))
@settings(max_examples=300)
def test_an_expression_parses_or_is_refused(text: str) -> None:
    with suppress(XPathError):
        parse_xpath(text)


_CELL = st.sampled_from(
    """
    |a|b|العمر|1|yes|text|integer|decimal|date|note|calculate|select_one need|begin_group|end_group|begin_repeat
    |end_repeat|select_multiple heating|geopoint|today()|${a} = 1|${b} != ''|. > 2|selected(${a}, 'coat')
    |sum(${a}) + 1|count(${b})|image|(((|kind=damage|${a} div ${b}
    """.replace("\n", "").split("|")
)


@given(
    st.lists(st.lists(_CELL | st.text(max_size=10), max_size=12), max_size=12),
    st.lists(st.lists(_CELL | st.text(max_size=10), max_size=5), max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_garbage_is_refused_and_never_fails_otherwise(
    survey: list[list[str]], choices: list[list[str]]
) -> None:
    heading = [
        "type",
        "name",
        AR,
        EN,
        "required",
        "relevant",
        "constraint",
        "calculation",
        "default",
        "parameters",
    ]
    converted = convert_xlsform({
        **sheets(), "survey": list(enumerate([heading, *survey], start=1)),
        "choices": list(enumerate([["list_name", "name", AR, EN], *choices], start=1)),
    })  # fmt: skip
    if converted.document is not None:
        FormEngine(read_document(json.dumps(converted.document).encode()))
    else:
        assert converted.problems


_KINDS = st.sampled_from(
    ["text", "integer", "decimal", "date", "select_one heating", "select_multiple need", "note", "geopoint"]
)


@st.composite
def surveys(draw: st.DrawFn) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    names: list[tuple[str, str]] = []
    for at, kind in enumerate(draw(st.lists(_KINDS, min_size=1, max_size=8))):
        name = f"q{at}"
        more = {"required": draw(st.sampled_from(["", "yes"]))}
        if names:
            other, other_kind = draw(st.sampled_from(names))
            more["relevant"] = draw(st.sampled_from(["", f"${{{other}}} != ''", _rule(other, other_kind)]))
        more["constraint"] = draw(st.sampled_from(["", _constraint(kind)]))
        rows.append(row(kind, name, f"سؤال {at}", f"Question {at}", **more))
        if kind != "note":
            names.append((name, kind))
    numbers = [name for name, kind in names if kind in ("integer", "decimal")]
    if numbers:
        total = " + ".join(f"${{{name}}}" for name in numbers)
        rows.append(row("calculate", "total", "مجموع", "Total", calculation=f"({total}) div 3"))
    return rows


def _rule(name: str, kind: str) -> str:
    return {
        "text": f"string-length(${{{name}}}) > 1", "integer": f"${{{name}}} >= 1", "decimal": f"${{{name}}} > 0.5",
        "date": f"${{{name}}} <= today()", "select_one heating": f"${{{name}}} = 'gas'",
        "select_multiple need": f"selected(${{{name}}}, 'coat')", "geopoint": f"not(${{{name}}} = '')",
    }[kind]  # fmt: skip


def _constraint(kind: str) -> str:
    return {"integer": ". < 50 or . > 60", "decimal": ". <= 12.25", "date": ". <= today()"}.get(kind, "")


@given(surveys())
@settings(max_examples=80, deadline=None)
def test_every_accepted_form_can_be_answered_and_submitted(rows: list[dict[str, str]]) -> None:
    document = form(*rows)
    engine = FormEngine(document)
    answers = Answers(document.key)
    for _ in range(len(rows) + 1):
        state = engine.state(answers, TODAY)
        missing = [
            path for path in state.fields if state.fields[path].visible and not answers.at(FieldPath(path))
        ]
        for one in document.fields():
            if one.code in missing and not one.automatic:
                answers = answers.with_value(FieldPath(one.code), _answer(one))
    assert engine.submission(answers, TODAY).form == document.key


def _answer(field: Field) -> Value:
    values: dict[FieldType, Any] = {
        FieldType.TEXT: "كلام", FieldType.INT: 7, FieldType.DATE: "2026-11-01",
        FieldType.GPS: {"lat": 24_713_552, "lon": 46_675_297, "accuracy": 9},
    }  # fmt: skip
    if field.type is FieldType.CHOICE:
        return field.options[0].code
    if field.type is FieldType.MULTI:
        return (field.options[0].code,)
    value: Value = values[field.type]
    return value


def test_the_survey_of_the_tests_has_every_supported_type() -> None:
    kinds = {one["type"].split()[0] for one in SURVEY}
    assert {
        "text",
        "integer",
        "decimal",
        "date",
        "select_one",
        "select_multiple",
        "note",
        "calculate",
        "image",
    } <= kinds
