"""What the form says about answers: what is shown, required, wrong, doubtful, missing and summed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.forms.form_errors import AnswersError
from tarahum_desktop.domain.forms.state import FieldState, FormState, SectionStatus
from tarahum_desktop.domain.forms.values import Row, Value
from tests.domain.forms.study import GIVEN, REFUSED, TODAY, answers, at, member, study, visited

ENGINE = FormEngine(study())


def state(given: Answers) -> FormState:
    return ENGINE.state(given, TODAY)


def codes(field: FieldState) -> set[str]:
    return {issue.code for issue in (*field.errors, *field.warnings)}


def test_a_full_visit_may_be_submitted_and_a_draft_never_needs_to_be_full() -> None:
    assert state(visited()).problems == ()
    assert state(visited()).ready
    assert not state(answers()).ready
    assert state(answers()).sections["C"].status is SectionStatus.EMPTY


def test_a_visit_that_was_not_done_needs_only_its_reason() -> None:
    given = answers(visit_type="initial", visit_date="2026-11-23", outcome="nobody_home")
    assert state(given).problems == ("outcome_reason",)
    assert state(given).sections["C"].status is SectionStatus.CLOSED
    assert state(given.with_value(at("outcome_reason"), "لم يفتح أحد الباب")).ready


def test_a_refused_case_study_closes_the_rest_and_asks_why() -> None:
    now = state(visited(consent_case=REFUSED))
    assert now.problems == ("consent_case_refusal",)
    assert now.sections["E"].status is SectionStatus.CLOSED
    assert now.kept.get("members") is None


@pytest.mark.parametrize(
    ("consent", "section", "path"),
    [
        ("consent_health", "J", "members/r1/m_health"),
        ("consent_credit", "H", "exp_debt"),
        ("consent_criminal", None, "facility"),
    ],
)
def test_without_its_consent_a_kind_of_data_stays_closed_and_uncounted(
    consent: str, section: str | None, path: str
) -> None:
    whole = visited(exp_debt=5_000, members=(member("r1", m_health="chronic"),), chronic=("diabetes",))
    now = state(whole.with_value(at(consent), REFUSED))
    assert now.fields[path].closed_because is not None
    assert now.kept.at(at(path)) is None
    assert whole.at(at(path)) is not None
    assert now.ready
    if section:
        assert now.sections[section].status is SectionStatus.CLOSED


def test_nothing_sensitive_opens_before_the_notice_is_read() -> None:
    assert state(visited(notice_read=None)).sections["J"].status is SectionStatus.CLOSED


def test_totals_leave_out_what_a_missing_consent_hides() -> None:
    assert state(visited(exp_debt=5_000)).total("exp_total") == 155_000
    assert state(visited(exp_debt=5_000, consent_credit=REFUSED)).total("exp_total") == 150_000


def test_a_child_of_school_age_who_is_not_enrolled_is_a_warning_and_not_a_wall() -> None:
    now = state(visited(members=(member("r1", m_birth="h1438", m_enrolled="not_enrolled"),)))
    assert codes(now.fields["members/r1/m_enrolled"]) == {"school_age_not_enrolled"}
    assert now.ready
    grown = state(
        visited(members=(member("r1", m_birth="g1990", m_enrolled="not_enrolled", m_id="1000000008"),))
    )
    assert codes(grown.fields["members/r1/m_enrolled"]) == set()


@pytest.mark.parametrize(("year", "required"), [("g2010", True), ("g2011-01", True), ("g2014", False)])
def test_an_identity_number_is_asked_from_fifteen_years(year: str, required: bool) -> None:
    now = state(visited(members=(member("r1", m_birth=year),)))
    assert now.fields["members/r1/m_id"].missing is required
    excused = state(visited(members=(member("r1", m_birth="g2008", m_id_reason="lost"),)))
    assert excused.ready


def test_rent_must_be_given_with_a_rented_home() -> None:
    assert state(visited(tenure="rent")).problems == ("annual_rent",)
    assert state(visited(tenure="rent", annual_rent=1_200_000)).ready
    assert not state(visited()).fields["annual_rent"].visible


@pytest.mark.parametrize(("spent", "asked"), [(300_000, False), (300_001, True)])
def test_spending_above_half_as_much_again_as_income_asks_how(spent: int, asked: bool) -> None:
    now = state(visited(inc_ssec=200_000, exp_food=spent))
    assert now.fields["exp_explanation"].missing is asked
    assert now.total("exp_deficit") == spent - 200_000


@pytest.mark.parametrize(
    ("code", "value", "issue"),
    [
        ("visit_date", "2026-11-24", "visit_date_in_future"),
        ("visit_date", "2026-02-30", "not_a_date"),
        ("gps", {"lat": 51_500_000, "lon": 46_000_000}, "position_out_of_bounds"),
        ("gps", {"lat": 24.7, "lon": 46}, "position_not_understood"),
        ("observations", "قصيرة", "text_too_short"),
        ("head_first", "Nora", "not_arabic_letters"),
        ("rooms", -1, "number_too_small"),
        ("times_in_prison", 51, "number_too_large"),
        ("inc_salary", -5, "amount_too_small"),
        ("inc_salary", True, "not_a_number"),
        ("marital", "engaged", "unknown_choice"),
        ("expected_release", "g2024", "release_before_entry"),
        ("next_visit", "2026-11-23", "next_visit_not_after"),
        ("ssm", {"housing": 6}, "unknown_choice"),
        ("ssm", {"housing": "na"}, "unknown_choice"),
        ("wants", ("none", "work"), "wants_none_and_more"),
        ("building", "12", "digits_expected"),
        ("birth", "h1500-01-01", "birth_in_future"),
    ],
)
def test_a_wrong_answer_stops_submission_with_its_reason(code: str, value: Value, issue: str) -> None:
    now = state(visited(**{code: value}))
    assert issue in codes(now.fields[code])
    assert code in now.problems


@pytest.mark.parametrize(
    ("code", "value", "issue"),
    [
        ("id_number", "1000000000", "person_id_check_digit"),
        ("id_number", "2000000006", "id_kind_mismatch"),
        ("mobile", "+9661234", "mobile_form"),
        ("claims_total", 25_000_001, "claims_above_ceiling"),
        ("id_seen", False, "original_not_sighted"),
    ],
)
def test_a_doubtful_answer_warns_and_never_blocks(code: str, value: Value, issue: str) -> None:
    now = state(visited(**{code: value}))
    assert issue in codes(now.fields[code])
    assert now.ready


def test_no_position_needs_a_reason() -> None:
    assert state(visited(gps=None)).problems == ("gps_reason",)
    assert state(visited(gps=None, gps_reason="no_signal")).ready


@pytest.mark.parametrize("capacity", ["guardian", "custodian", "proxy"])
def test_who_signs_for_another_shows_a_deed(capacity: str) -> None:
    assert state(visited(signer_capacity=capacity)).problems == ("deed_type", "deed_number", "deed_date")


def test_a_recommendation_other_than_acceptance_needs_its_reason() -> None:
    assert state(visited(recommendation="reject")).problems == ("recommendation_reason",)


def test_a_paper_form_number_stands_in_for_signatures() -> None:
    assert state(visited(signature=None, beneficiary_signature=None)).problems == (
        "signature",
        "beneficiary_signature",
    )
    assert state(visited(signature=None, beneficiary_signature=None, paper_form_no="77")).ready


def test_a_debt_cannot_leave_more_than_it_was() -> None:
    debt = Row("d1", {"debt_type": "bank", "debt_amount": 100, "debt_remaining": 101})
    assert state(visited(debts=(debt,))).problems == ("debts/d1/debt_remaining",)


def test_a_need_that_another_charity_pays_for_is_a_warning() -> None:
    charity = Row("c1", {"charity_name": "جمعية البر", "charity_amount": 30_000, "charity_service": "BC-01"})
    now = state(visited(inc_charity=(charity,)))
    assert codes(now.fields["needs/n1/need_service"]) == {"paid_by_another_charity"}
    assert now.total("inc_total") == 230_000


def test_income_is_shared_among_those_who_live_at_home() -> None:
    away = member("r3", m_resident=False)
    now = state(visited(members=(member("r1"), member("r2"), away), inc_ssec=300_000))
    assert now.total("household_size") == 3
    assert now.total("inc_per_head") == 100_000


def test_a_matrix_is_missing_until_all_thirteen_domains_are_rated() -> None:
    assert state(visited(ssm={"housing": 3})).problems == ("ssm",)


def test_a_row_suggests_what_follows_from_the_relation() -> None:
    given = visited(gender="male", members=(Row("r1", {"m_relation": "daughter"}),))
    now = state(given)
    assert now.fields["members/r1/m_gender"].suggestion == "female"
    assert now.fields["members/r1/m_name"].suggestion == {
        "first": "",
        "father": "نورة",
        "grandfather": "سالم",
        "family": "الحربي",
    }
    assert now.fields["members/r1/m_resident"].suggestion is True
    assert now.kept.at(at("members/r1/m_gender")) is None


def test_answers_to_another_version_are_refused() -> None:
    with pytest.raises(AnswersError, match="another_form_version"):
        ENGINE.state(Answers("social-study-1"), TODAY)


def test_only_a_ready_form_gives_a_submission_and_it_holds_nothing_hidden() -> None:
    with pytest.raises(AnswersError, match="not_ready"):
        ENGINE.submission(answers(), TODAY)
    sent = ENGINE.submission(visited(tenure="owned", annual_rent=900), TODAY)
    assert sent.get("annual_rent") is None
    assert sent.get("inc_total") == 200_000


EDITS = st.tuples(
    st.sampled_from(
        [
            "members/r1/m_birth",
            "members/r2/m_enrolled",
            "gender",
            "consent_health",
            "head_family",
            "visit_date",
            "members/r1/m_health",
            "members/r9/m_relation",
            "outcome",
            "inc_charity/c/charity_service",
            "tenure",
        ]
    ),
    st.sampled_from(
        [
            None,
            "g2010",
            "h1440",
            "not_enrolled",
            "male",
            GIVEN,
            REFUSED,
            "الغامدي",
            "2020-01-01",
            "chronic",
            "daughter",
            "done",
            "postponed",
            "BC-01",
            "rent",
        ]
    ),
)


@given(st.lists(EDITS, max_size=12))
def test_remembering_the_last_state_never_changes_what_is_said(edits: list[tuple[str, Value]]) -> None:
    given = visited()
    last = ENGINE.state(given, TODAY)
    for path, value in edits:
        given = given.with_value(at(path), value)
        last = ENGINE.state(given, TODAY, last)
        fresh = ENGINE.state(given, TODAY)
        assert (last.sections, last.fields, last.kept) == (fresh.sections, fresh.fields, fresh.kept)
