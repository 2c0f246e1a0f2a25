"""Questionnaires beside the social study: begun for a family, kept answer by answer, signed and sent like a visit.

They teach the record nothing: a questionnaire is its answers to one version of one form and never changes afterwards.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from tarahum_desktop.casework.attachments.pictures import attachment_rows, picture_answers
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import DraftVisit, drop_draft, read_draft
from tarahum_desktop.casework.errors import RecordMissing, VisitNotReady
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.casework.forms.errors import QuestionnaireRefused
from tarahum_desktop.casework.forms.versions import list_forms
from tarahum_desktop.casework.register import open_case
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.forms.answers import Answers, canonical_answers, read_answers
from tarahum_desktop.domain.forms.model import Text
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Draft, Household, Questionnaire, User
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import canonical_json

QUESTIONNAIRE_DRAFT: Final = "questionnaire"
_DRAFT: Any = Draft.__table__
_HOUSEHOLD: Any = Household.__table__
_DONE: Any = Questionnaire.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A questionnaire that may be begun; ``draft`` is the one this person has begun for the family."""

    code: str
    version: int
    title: Text
    questions: int
    draft: uuid.UUID | None = None
    begun_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """A submitted questionnaire of a family."""

    id: uuid.UUID
    form_code: str
    form_version: int
    title: Text
    submitted_at: dt.datetime
    officer_ar: str
    officer_en: str


@dataclass(frozen=True, slots=True)
class FamilyQuestionnaires:
    """What a family was asked beside its visits, the latest first, and what can be asked."""

    offered: tuple[OfferedForm, ...]
    done: tuple[QuestionnaireLine, ...]
    may_record: bool


@dataclass(frozen=True, slots=True)
class SubmittedQuestionnaire:
    """A questionnaire that is on record."""

    id: uuid.UUID
    household_id: uuid.UUID
    summary: ChangeSummary


def family_questionnaires(desk: Desk, household_id: uuid.UUID) -> FamilyQuestionnaires:
    """Read a family's questionnaires; raises RecordMissing or NotAllowed."""
    known = list_forms(desk).lines
    titles = {(one.code, one.version): one.title for one in known}
    forms = [one for one in known if one.newest and one.code != STUDY_FORM]
    with desk.reading() as connection:
        scope = _home(connection, household_id).scope
        desk.require(Action.VIEW_CASE, scope)
        begun = {
            row.form_code: row
            for row in connection.execute(
                select(_DRAFT).where(*_own_drafts(desk, household_id)).order_by(_DRAFT.c.begun_at)
            )
        }
        done = [_line(row, titles) for row in connection.execute(_done_query(household_id))]
    offered = [
        OfferedForm(
            one.code, one.version, one.title, one.questions,
            begun[one.code].id if one.code in begun else None,
            begun[one.code].begun_at if one.code in begun else None,
        )
        for one in forms
    ]  # fmt: skip
    return FamilyQuestionnaires(tuple(offered), tuple(done), desk.may(Action.RECORD_VISIT, scope))


def begin_questionnaire(desk: Desk, household_id: uuid.UUID, form_code: str) -> uuid.UUID:
    """Begin a questionnaire with the newest version, or return the draft this person has of it for this family.

    Raises:
        RecordMissing: the household is not on this machine.
        NotAllowed: this person records nothing there.
        FormMissing: no such form here.
        QuestionnaireRefused: ``form_is_the_visit``.
    """
    if form_code == STUDY_FORM:
        raise QuestionnaireRefused("form_is_the_visit")
    with desk.replica.engine.begin() as connection:
        desk.require(Action.RECORD_VISIT, _home(connection, household_id).scope)
        begun: uuid.UUID | None = connection.scalar(
            select(_DRAFT.c.id).where(*_own_drafts(desk, household_id), _DRAFT.c.form_code == form_code)
        )
        if begun is not None:
            return begun
        document = desk.forms.latest(connection, form_code).document
        now, draft_id = desk.now(), new_id()
        values = {
            "id": draft_id, "kind": QUESTIONNAIRE_DRAFT, "subject_id": household_id, "user_id": desk.user.id,
            "form_code": form_code, "form_version": document.version, "begun_at": now, "changed_at": now,
        }  # fmt: skip
        connection.execute(insert(_DRAFT), values)
        return draft_id


def is_questionnaire(desk: Desk, draft_id: uuid.UUID) -> bool:
    """Whether a draft, or what it became, is a questionnaire."""
    with desk.reading() as connection:
        kind = connection.scalar(select(_DRAFT.c.kind).where(_DRAFT.c.id == draft_id))
        if kind is not None:
            return bool(kind == QUESTIONNAIRE_DRAFT)
        return connection.scalar(select(_DONE.c.id).where(_DONE.c.id == draft_id)) is not None


def household_of_questionnaire(desk: Desk, draft_id: uuid.UUID) -> uuid.UUID:
    """Whom a draft, or the questionnaire it became, is about; raises RecordMissing."""
    with desk.reading() as connection:
        found: uuid.UUID | None = connection.scalar(
            select(_DONE.c.household_id).where(_DONE.c.id == draft_id)
        ) or connection.scalar(select(_DRAFT.c.subject_id).where(_DRAFT.c.id == draft_id))
    if found is None:
        raise RecordMissing(entity="questionnaire")
    return found


def submit_questionnaire(desk: Desk, draft_id: uuid.UUID) -> SubmittedQuestionnaire:
    """Close a draft. Its id becomes the questionnaire's, so trying again finds the one that is there.

    Raises:
        VisitNotReady: with the paths of what is missing or wrong; the draft stays.
        DraftMissing: neither a draft nor a questionnaire of this id.
        NotAllowed: this person submits nothing there.
    """
    with UnitOfWork(desk) as work:
        connection = work.session.connection()
        known = connection.execute(select(_DONE.c.household_id).where(_DONE.c.id == draft_id)).one_or_none()
        if known is not None:
            return SubmittedQuestionnaire(draft_id, known.household_id, NOTHING_CHANGED)
        draft = read_draft(connection, desk, draft_id)
        home = work.session.get(Household, draft.household_id)
        if home is None:
            raise RecordMissing(entity="household")
        desk.require(Action.SUBMIT_VISIT, home.scope)
        answers = _final(desk, connection, draft)
        canonical = canonical_answers(answers)
        case = open_case(work.session, home.id)
        work.session.add(
            Questionnaire(
                id=draft_id, scope=home.scope, household_id=home.id, case_id=case.id if case else None,
                officer_id=desk.user.id, form_code=draft.form_code, form_version=draft.form_version,
                submitted_at=desk.now(), answers=json.loads(canonical),
                answers_hash=hashlib.sha256(canonical).digest(),
            )
        )  # fmt: skip
        document = desk.forms.version(connection, draft.form_code, draft.form_version).document
        for row in attachment_rows(home.scope, home.id, draft_id, picture_answers(document, answers)):
            row.owner_entity = QUESTIONNAIRE_DRAFT
            work.session.add(row)
        drop_draft(connection, draft_id)
    return SubmittedQuestionnaire(draft_id, draft.household_id, work.summary)


def read_questionnaire(desk: Desk, questionnaire_id: uuid.UUID) -> tuple[str, int, Answers]:
    """Form, version and answers of a submitted questionnaire; raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        row = connection.execute(select(_DONE).where(_DONE.c.id == questionnaire_id)).one_or_none()
    if row is None:
        raise RecordMissing(entity="questionnaire")
    desk.require(Action.VIEW_CASE, row.scope)
    return row.form_code, row.form_version, read_answers(canonical_json(row.answers).encode())


def _final(desk: Desk, connection: Connection, draft: DraftVisit) -> Answers:
    state = desk.forms.version(connection, draft.form_code, draft.form_version).state(
        draft.answers, desk.today()
    )
    if not state.ready:
        sections = state.sections.values()
        raise VisitNotReady(
            tuple(path for section in sections for path in section.missing),
            tuple(path for section in sections for path in section.wrong),
        )
    return state.kept


def _home(connection: Connection, household_id: uuid.UUID) -> Any:
    home = connection.execute(
        select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id, _HOUSEHOLD.c.removed_at.is_(None))
    ).one_or_none()
    if home is None:
        raise RecordMissing(entity="household")
    return home


def _own_drafts(desk: Desk, household_id: uuid.UUID) -> tuple[Any, ...]:
    return (
        _DRAFT.c.subject_id == household_id,
        _DRAFT.c.user_id == desk.user.id,
        _DRAFT.c.kind == QUESTIONNAIRE_DRAFT,
    )


def _done_query(household_id: uuid.UUID) -> Any:
    return (
        select(
            _DONE.c.id, _DONE.c.form_code, _DONE.c.form_version, _DONE.c.submitted_at, _USER.c.name_ar,
            _USER.c.name_en,
        )
        .outerjoin(_USER, _USER.c.id == _DONE.c.officer_id)
        .where(_DONE.c.household_id == household_id, _DONE.c.removed_at.is_(None))
        .order_by(_DONE.c.submitted_at.desc(), _DONE.c.id.desc())
    )  # fmt: skip


def _line(row: Any, titles: Mapping[tuple[str, int], Text]) -> QuestionnaireLine:
    """A form version that has not arrived yet stands under its code."""
    title = titles.get((row.form_code, row.form_version)) or Text(row.form_code, row.form_code)
    return QuestionnaireLine(
        row.id, row.form_code, row.form_version, title, row.submitted_at, row.name_ar or "", row.name_en or ""
    )
