"""A questionnaire beside the visit: begun, kept answer by answer, resumed, submitted once, never changed."""

import hashlib

import pytest

from tarahum_desktop.casework.drafts import list_drafts, load_draft, save_fields
from tarahum_desktop.casework.errors import (
    DraftMissing,
    FormMissing,
    NotAllowed,
    RecordMissing,
    VisitNotReady,
)
from tarahum_desktop.casework.forms.errors import QuestionnaireRefused
from tarahum_desktop.casework.forms.questionnaires import (
    begin_questionnaire,
    family_questionnaires,
    is_questionnaire,
    read_questionnaire,
    submit_questionnaire,
)
from tarahum_desktop.domain.forms.answers import canonical_answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.models import Questionnaire, Visit
from tests.casework.forms.offices import with_winter_survey
from tests.casework.worlds import Office

FORM = "winter-clothing"
FILLED: dict[str, Value] = {
    "asked_on": "2026-09-24", "heater": "gas", "needs": ("coat",), "children/c1": {}, "children/c1/child_name": "أحمد",
    "children/c1/child_age": 11, "children/c1/coat_price": 12_500,
}  # fmt: skip


@pytest.fixture(autouse=True)
def survey(office: Office) -> None:
    with_winter_survey(office)


def test_it_is_begun_once_and_found_again(office: Office) -> None:
    desk = office.desk()
    draft = begin_questionnaire(desk, office.household, FORM)
    save_fields(desk, draft, FILLED)
    assert begin_questionnaire(desk, office.household, FORM) == draft
    (offered,) = family_questionnaires(desk, office.household).offered
    assert (offered.code, offered.version, offered.draft) == (FORM, 1, draft)
    assert load_draft(desk, draft).answers.rows("children")[0].get("child_age") == 11
    assert is_questionnaire(desk, draft)
    assert list_drafts(desk) == []


def test_it_is_submitted_once_as_signed_answers(office: Office) -> None:
    desk = office.desk()
    draft = begin_questionnaire(desk, office.household, FORM)
    save_fields(desk, draft, FILLED)
    made = submit_questionnaire(desk, draft)
    assert submit_questionnaire(desk, draft).id == made.id == draft
    found = family_questionnaires(desk, office.household)
    assert [(one.id, one.title.en, one.officer_en) for one in found.done] == [
        (draft, "Winter clothing survey", "officer")
    ]
    assert found.offered[0].draft is None
    code, version, answers = read_questionnaire(desk, draft)
    assert (code, version, answers.get("coats")) == (FORM, 1, 14_375)
    with office.vault.engine.connect() as connection:
        row = connection.execute(Questionnaire.__table__.select()).one()
        assert row.answers_hash == hashlib.sha256(canonical_answers(answers)).digest()
        assert connection.execute(Visit.__table__.select()).all() == []
    assert is_questionnaire(desk, draft)


def test_it_names_what_it_still_needs_and_stays(office: Office) -> None:
    desk = office.desk()
    draft = begin_questionnaire(desk, office.household, FORM)
    with pytest.raises(VisitNotReady) as refused:
        submit_questionnaire(desk, draft)
    assert refused.value.missing == ("asked_on", "heater")
    assert load_draft(desk, draft).id == draft


def test_who_may_not_visit_may_not_ask(office: Office) -> None:
    with pytest.raises(NotAllowed):
        begin_questionnaire(office.desk("office_admin"), office.household, FORM)
    with pytest.raises(NotAllowed):
        family_questionnaires(office.desk("stranger"), office.household)
    assert not family_questionnaires(office.desk("office_admin"), office.household).may_record


def test_another_persons_draft_is_not_submitted(office: Office) -> None:
    draft = begin_questionnaire(office.desk(), office.household, FORM)
    with pytest.raises(DraftMissing):
        submit_questionnaire(office.desk("supervisor"), draft)


def test_the_visit_is_no_questionnaire_and_unknown_forms_and_families_are_refused(office: Office) -> None:
    desk = office.desk()
    with pytest.raises(QuestionnaireRefused):
        begin_questionnaire(desk, office.household, "social-study")
    with pytest.raises(FormMissing):
        begin_questionnaire(desk, office.household, "nothing")
    with pytest.raises(RecordMissing):
        begin_questionnaire(desk, office.prisoner, FORM)
