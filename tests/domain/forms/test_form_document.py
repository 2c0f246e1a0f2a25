"""The shipped social study form says all that the field's form says, in both languages."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tarahum_desktop.domain.forms.document import LARGEST_DOCUMENT, read_document
from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tests.domain.forms.study import FORM, study

SOURCE_CODES = set(
    """
visit_type visit_date visit_place outcome team respondent gps started_at notice_read consent_case consent_health
consent_criminal consent_credit consent_share consent_contact consent_mode signer_capacity head_first head_father
head_grandfather head_family id_type id_number id_seen birth gender nationality marital mobile mobile_alt contact_pref
inmate_person inmate_relation facility inmate_no custody_status entry_date expected_release sentence case_class
right_type claims_total times_in_prison was_breadwinner contact_freq release_date release_type m_name m_relation m_id
m_birth m_gender m_marital m_education m_enrolled m_work m_income m_health m_disability m_resident m_talent inc_salary
inc_ssec inc_citizen inc_pension inc_rehab inc_jobseeker inc_housing inc_alimony inc_charity inc_relatives inc_project
inc_total inc_verified exp_rent exp_utilities exp_food exp_medical exp_education exp_transport exp_inmate exp_debt
exp_total debt_type debt_amount debt_reason debt_ruling environment tenure house_type rooms house_condition furniture
utilities annual_rent lease_no short_address building district directions chronic treatment_gap recovery aids skills
wants needs ssm risk_flags observations credibility recommendation proposed_plan next_visit signature documents
""".split()  # noqa: SIM905 - a word list reads better as words
)


def test_it_has_the_fifteen_sections_in_their_order() -> None:
    assert "".join(section.code for section in study().sections) == "ABCDEFGHIJKLMNO"


def test_all_116_fields_of_the_source_form_can_be_traced() -> None:
    assert len(SOURCE_CODES) == 116
    assert set(SOURCE_CODES) <= {field.source for field in study().every_field()}


def test_members_and_debts_repeat() -> None:
    assert [section.code for section in study().sections if section.repeats] == ["E", "H"]
    assert [f.code for s in study().sections if s.repeats for f in s.fields if f.columns] == [
        "members",
        "members_left",
        "debts",
    ]


def test_the_matrix_has_thirteen_domains_with_five_anchors_each() -> None:
    matrix = next(field for field in study().fields() if field.code == "ssm")
    assert [len(domain.anchors) for domain in matrix.domains] == [5] * 13


def test_every_sensitive_class_is_behind_its_consent() -> None:
    gates = {data_class.value: gate.consent for data_class, gate in study().gates.items()}
    assert gates == {"health": "consent_health", "criminal": "consent_criminal", "credit": "consent_credit"}


def _drop_arabic(document: dict[str, Any]) -> None:
    del document["sections"][2]["fields"][0]["label"]["ar"]


def _misspell_key(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["visible_wen"] = ["eq", "$outcome", "done"]


def _unknown_type(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["type"] = "slider"


def _unknown_option(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["visible_when"] = ["eq", "$outcome", "finished"]


def _unknown_field(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["required_when"] = ["all", ["filled", "$nobody"]]


def _later_field(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["visible_when"] = ["filled", "$head_family"]


def _twice(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["code"] = "head_father"


def _same_option_twice(document: dict[str, Any]) -> None:
    document["sections"][0]["fields"][0]["options"][1]["code"] = "initial"


def _column_outside(document: dict[str, Any]) -> None:
    document["sections"][13]["fields"][0]["required_when"] = ["filled", "$m_birth"]


def _no_operator(document: dict[str, Any]) -> None:
    document["sections"][2]["fields"][0]["required_when"] = ["exec", "$outcome"]


def _deep(document: dict[str, Any]) -> None:
    rule: list[Any] = ["filled", "$outcome"]
    for _ in range(30):
        rule = ["not", rule]
    document["sections"][2]["fields"][0]["required_when"] = rule


FIRST = "document.sections[2].fields[0]"


@pytest.mark.parametrize(
    ("spoil", "problem", "at"),
    [
        (_drop_arabic, "words_expected", f"{FIRST}.label.ar"),
        (_misspell_key, "unknown_key", f"{FIRST}.visible_wen"),
        (_unknown_type, "unknown_field_type", f"{FIRST}.type"),
        (_unknown_option, "unknown_option", f"{FIRST}.visible_when[2]"),
        (_unknown_field, "unknown_field", f"{FIRST}.required_when[1][1]"),
        (_later_field, "looks_at_a_later_field", f"{FIRST}.visible_when"),
        (_twice, "code_twice", "document.sections[2].fields[1].code"),
        (_same_option_twice, "code_twice", "document.sections[0].fields[0].options"),
        (_column_outside, "field_of_another_group", "document.sections[13].fields[0].required_when[1]"),
        (_no_operator, "unknown_operator", f"{FIRST}.required_when"),
    ],
)
def test_a_fault_is_refused_with_its_name_and_its_place(
    spoil: Callable[[dict[str, Any]], None], problem: str, at: str
) -> None:
    document = json.loads(FORM.read_bytes())
    spoil(document)
    with pytest.raises(FormDocumentError) as refused:
        read_document(json.dumps(document).encode())
    assert (refused.value.problem, refused.value.at) == (problem, at)


def test_a_rule_nested_without_end_is_refused() -> None:
    document = json.loads(FORM.read_bytes())
    _deep(document)
    with pytest.raises(FormDocumentError, match="rule_too_large"):
        read_document(json.dumps(document).encode())


def test_broken_json_is_refused_with_line_and_column() -> None:
    with pytest.raises(FormDocumentError) as refused:
        read_document(b'{"form": "social-study",\n "version": }')
    assert refused.value.facts["line"] == 2
    assert refused.value.facts["column"] == 13


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[]", b"[" * 100_000, b" " * (LARGEST_DOCUMENT + 1), b'{"form": 3}']
)
def test_what_is_no_form_is_refused(data: bytes) -> None:
    with pytest.raises(FormDocumentError):
        read_document(data)
