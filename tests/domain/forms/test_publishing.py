"""A form document is refused as a whole, and every fault of it is told by its line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.domain.forms.document import LARGEST_DOCUMENT, read_document
from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.domain.forms.json_places import JsonPlaces
from tarahum_desktop.domain.forms.publishing import Before, check_document
from tarahum_desktop.domain.forms.versions import Change, version_changes
from tests.domain.forms.study import FORM, study

SMALL = """{
  "form": "winter",
  "version": 1,
  "title": {"ar": "كسوة", "en": "Clothes"},
  "sections": [
    {"code": "A", "title": {"ar": "أ", "en": "A"}, "fields": [
      {"code": "size", "type": "int", "label": {"ar": "المقاس", "en": "Size"}},
      {"code": "kind", "type": "choice", "label": {"ar": "النوع", "en": "Kind"},
       "options": [{"code": "coat", "ar": "معطف", "en": "Coat"}]},
      {"code": "all", "type": "computed", "label": {"ar": "المجموع", "en": "Total"},
       "compute": ["add", "$size", 1]}
    ]}
  ]
}"""


def told(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in check_document(text.encode()).problems]


def test_a_whole_document_has_no_problem_and_its_form() -> None:
    checked = check_document(SMALL.encode())
    assert checked.problems == ()
    assert checked.document is not None
    assert checked.document.key == "winter-1"


@pytest.mark.parametrize(
    ("old", "new", "problem", "line"),
    [
        ('"type": "int"', '"type": "slider"', "unknown_field_type", 7),
        ('"compute": ["add", "$size", 1]', '"compute": ["plus", "$size", 1]', "unknown_operator", 11),
        ('"compute": ["add", "$size", 1]', '"compute": ["add", "$weight", 1]', "unknown_field", 11),
        ('"compute": ["add", "$size", 1]', '"compute": ["add", "$all", 1]', "computed_in_a_circle", 11),
        ('["add", "$size", 1]', '["eq", "$kind", "hat"]', "unknown_option", 11),
        ('"code": "kind"', '"code": "size"', "code_twice", 8),
        ('"en": "Size"', '"en": " "', "words_expected", 7),
        ('"label": {"ar": "النوع", "en": "Kind"}', '"label": {"en": "Kind"}', "words_expected", 8),
        ('"version": 1', '"version": "1"', "whole_number_expected", 3),
        ('"type": "int"', '"type": "int", "type": "text"', "key_twice", 7),
        ('"type": "int"', '"type": "int", "shown_wen": true', "unknown_key", 7),
    ],
)
def test_a_fault_is_told_by_its_line(old: str, new: str, problem: str, line: int) -> None:
    assert old in SMALL
    assert (problem, line) in told(SMALL.replace(old, new, 1))


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    spoilt = (
        SMALL.replace('"type": "int"', '"type": "slider"')
        .replace('"en": "Kind"', '"en": ""')
        .replace('["add", "$size", 1]', '["add", "$weight", 1]')
    )
    assert told(spoilt) == [("unknown_field_type", 7), ("words_expected", 8), ("unknown_field", 11)]


def test_broken_json_is_told_by_line_and_column() -> None:
    (problem,) = check_document(b'{"form": "winter",\n "version": }').problems
    assert (problem.code, problem.line, problem.column) == ("not_json", 2, 13)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xfe", "not_utf8"),
        (b"[" * 100_000, "too_deep"),
        (b" " * (LARGEST_DOCUMENT + 1), "too_large"),
        (b"[]", "object_expected"),
        (b'{"form": "x", "version": 1, "title": {"ar": "a", "en": "b"}, "sections": []}', "no_questions"),
        (b'{"form": "x", "version": ' + b"[" * 80 + b"]" * 80 + b"}", "too_deep"),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, problem: str) -> None:
    assert problem in [one.code for one in check_document(data).problems]


def before(**needed: frozenset[str]) -> Callable[[str], Before]:
    return lambda _form: Before(study(), needed)


def next_study(change: Callable[[dict[str, Any]], None]) -> bytes:
    document = json.loads(FORM.read_bytes()) | {"version": study().version + 1}
    change(document)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def test_a_version_number_that_was_used_is_refused() -> None:
    (problem,) = check_document(FORM.read_bytes(), before()).problems
    assert (problem.code, problem.facts) == ("version_not_later", {"version": study().version})


def test_a_question_the_program_reads_may_not_go_missing() -> None:
    def drop(document: dict[str, Any]) -> None:
        for section in document["sections"]:
            section["fields"] = [one for one in section["fields"] if one["code"] != "observations"]

    data = next_study(drop)
    assert check_document(data, before()).problems == ()
    (problem,) = check_document(data, before(observations=frozenset())).problems
    assert (problem.code, problem.facts) == ("needed_field_missing", {"field": "observations"})


def test_a_choice_the_program_knows_may_not_go_missing() -> None:
    def drop(document: dict[str, Any]) -> None:
        del document["sections"][0]["fields"][0]["options"][2]

    (problem,) = check_document(
        next_study(drop), before(visit_type=frozenset({"service_follow_up"}))
    ).problems
    assert (problem.code, problem.facts["option"]) == ("needed_option_missing", "service_follow_up")


def test_a_question_the_program_reads_keeps_its_type() -> None:
    def retype(document: dict[str, Any]) -> None:
        document["sections"][0]["fields"][1]["type"] = "date_partial"

    (problem,) = check_document(next_study(retype), before(visit_date=frozenset())).problems
    assert (problem.code, problem.facts) == ("needed_field_type", {"field": "visit_date", "type": "date"})


def test_differences_between_versions_are_told_by_question() -> None:
    old = json.loads(FORM.read_bytes())
    new = json.loads(FORM.read_bytes())
    fields = new["sections"][0]["fields"]
    fields[0]["label"]["ar"] = "نوع الزيارة اليوم"
    fields[1]["required"] = False
    gone = new["sections"][8]["fields"].pop(0)["code"]
    new["sections"][1]["fields"].append({**fields[0], "code": "extra"})
    found = {one.code: one.changes for one in version_changes(old, new)}
    assert found == {
        "visit_type": (Change.WORDS,),
        "visit_date": (Change.REQUIRED,),
        "extra": (Change.ADDED,),
        gone: (Change.REMOVED,),
    }


_KEYS = """
    form version title sections fields code type label ar en gates options compute visible_when refuse_when when
    row_fields parameters data_class consent domains levels closed_because
""".split()  # noqa: SIM905 - a word list reads better as words
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6),
    max_leaves=40,
)


@given(_JSON)
@settings(max_examples=150)
def test_garbage_is_refused_and_never_fails_otherwise(garbage: object) -> None:
    checked = check_document(json.dumps(garbage).encode())
    assert checked.document is None
    assert checked.problems


_PATHS = [path for path in JsonPlaces(FORM.read_text("utf-8"))._offsets if path.count(".") > 1]


@given(
    st.sampled_from(_PATHS), st.none() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3))
)
@settings(max_examples=60, deadline=None)
def test_reading_and_checking_agree_on_what_a_form_is(path: str, spoilt: object) -> None:
    document = json.loads(FORM.read_bytes())
    holder: Any = document
    steps = [
        int(one) if one.isdigit() else one for one in path.replace("[", ".").replace("]", "").split(".")[1:]
    ]
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = spoilt
    data = json.dumps(document).encode()
    checked = check_document(data)
    if checked.problems:
        with pytest.raises(FormDocumentError):
            read_document(data)
    else:
        assert read_document(data).form == "social-study"


@given(_JSON)
def test_every_part_of_a_document_has_its_place(value: object) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    places = JsonPlaces(text)
    for path, offset in places._offsets.items():
        place = places.of(path)
        line = text.split("\n")[place.line - 1]
        assert line[place.column - 1] == text[offset]
