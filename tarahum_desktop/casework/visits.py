"""Submitting a visit: the answers become one signed document, and what was learned becomes rows, all or nothing.

The draft's id is the visit's id, so a double click, or a try again after the answer got lost, finds the visit that
is there and returns it.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.attachments.pictures import attachment_rows, picture_answers
from tarahum_desktop.casework.care.returns import reopen_after_return
from tarahum_desktop.casework.care.visit_alerts import raise_alerts_of_visit
from tarahum_desktop.casework.cases import write_step
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import DraftVisit, drop_draft, read_draft
from tarahum_desktop.casework.errors import DraftMissing, RecordMissing, VisitNotReady
from tarahum_desktop.casework.numbers import next_receipt_number
from tarahum_desktop.casework.register import new_case, open_case
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.casework.visit_custody import tells_of_return
from tarahum_desktop.casework.visit_departed import GoneHome, gone_home, send_on
from tarahum_desktop.casework.visit_facts import learn_home, learn_people
from tarahum_desktop.casework.visit_people import VisitPeople
from tarahum_desktop.casework.visit_rows import (
    Sitting,
    add_consents,
    add_follow_up,
    add_needs,
    add_ratings,
    visit_row,
)
from tarahum_desktop.casework.visit_start import last_done
from tarahum_desktop.domain.case_states import CaseState, may_move
from tarahum_desktop.domain.forms.answers import Answers, canonical_answers
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.permissions import Action, Role
from tarahum_desktop.models import Case, Draft, Household, Visit

_DRAFT: Any = Draft.__table__
_VISIT: Any = Visit.__table__
_DONE = "done"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A visit that is on record; ``receipt_number`` is empty when nobody was met.

    ``gone`` says where the family went, when it left before the visit was submitted.
    """

    visit_id: uuid.UUID
    household_id: uuid.UUID
    receipt_number: str
    case_state: str
    summary: ChangeSummary
    gone: GoneHome | None = None


def submit_visit(desk: Desk, draft_id: uuid.UUID) -> Submitted:
    """Close a draft into a visit.

    Raises:
        VisitNotReady: with the paths of what is missing or wrong; the draft stays as it was.
        DraftMissing: neither a draft nor a visit of this id.
        NotAllowed: this person submits no visits there.
        RecordMissing: the family was never on this machine.
        DiskFull: nothing was written and the draft is whole.
    """
    # One flush at the end: one reading of the clock, one stamp for all that this visit wrote.
    with UnitOfWork(desk) as work, work.session.no_autoflush:
        connection = work.session.connection()
        if (before := _submitted_before(work, draft_id)) is not None:
            return before
        draft = read_draft(connection, desk, draft_id)
        home = work.session.get(Household, draft.household_id)
        answers = _final_answers(desk, work, draft)
        written = (
            _send_on(desk, work, draft, answers) if home is None else _write(desk, work, draft, home, answers)
        )
        drop_draft(connection, draft_id)
    return replace(written, summary=work.summary)


def _send_on(desk: Desk, work: UnitOfWork, draft: DraftVisit, answers: Answers) -> Submitted:
    """The family left while the visit was a draft: it is written for whoever has them now."""
    gone = gone_home(work.session.connection(), draft.household_id)
    if gone is None:
        raise RecordMissing(entity="household")
    receipt = send_on(work.session, desk, draft, gone, answers)
    return Submitted(draft.id, gone.household_id, receipt, "", NOTHING_CHANGED, gone)


def _write(desk: Desk, work: UnitOfWork, draft: DraftVisit, home: Household, answers: Answers) -> Submitted:
    connection, draft_id = work.session.connection(), draft.id
    desk.require(Action.SUBMIT_VISIT, home.scope)
    done = answers.get("outcome") == _DONE
    case = (
        open_case(work.session, home.id)
        or _opened_again(desk, work, home, answers)
        or new_case(work.session, desk, home)
    )
    year = desk.today().year
    receipt = next_receipt_number(connection, desk.replica, home.committee_code, year) if done else ""
    canonical = canonical_answers(answers)
    sitting = Sitting(desk, work.session, draft, home, case, answers, receipt)
    visit = visit_row(sitting, json.loads(canonical), hashlib.sha256(canonical).digest())
    work.session.add(visit)
    document = desk.forms.version(connection, draft.form_code, draft.form_version).document
    pictures = picture_answers(document, answers)
    work.session.add_all(attachment_rows(home.scope, home.id, draft_id, pictures))
    if done:
        _write_findings(sitting)
    _advance(desk, work, case, answers)
    return Submitted(draft_id, home.id, receipt, case.state, NOTHING_CHANGED)


def _opened_again(desk: Desk, work: UnitOfWork, home: Household, answers: Answers) -> Case | None:
    """The family's closed case, when the visit tells of a return to custody; any other visit begins a case of its own."""
    if answers.get("outcome") != _DONE or not tells_of_return(work.session, answers, home.head_person_id):
        return None
    query = select(Case).where(Case.household_id == home.id, Case.removed_at.is_(None))
    case = work.session.scalars(query.order_by(Case.id.desc()).limit(1)).one_or_none()
    return case if case is not None and reopen_after_return(work.session, desk, case) else None


def _submitted_before(work: UnitOfWork, visit_id: uuid.UUID) -> Submitted | None:
    query = select(_VISIT.c.household_id, _VISIT.c.receipt_number, _VISIT.c.case_id).where(
        _VISIT.c.id == visit_id
    )
    row = work.session.execute(query).one_or_none()
    if row is None:
        return None
    case = work.session.get(Case, row.case_id) if row.case_id else None
    state = case.state if case else ""
    return Submitted(visit_id, row.household_id, row.receipt_number or "", state, NOTHING_CHANGED)


def _final_answers(desk: Desk, work: UnitOfWork, draft: DraftVisit) -> Answers:
    """What is signed: everything that counts, with the time the visit was closed."""
    engine = desk.forms.version(work.session.connection(), draft.form_code, draft.form_version)
    values: dict[str, Value] = dict(draft.answers.values)
    values.setdefault("ended_at", desk.now().isoformat(timespec="seconds"))
    state = engine.state(Answers(draft.answers.form, values), desk.today())
    if not state.ready:
        sections = state.sections.values()
        raise VisitNotReady(
            tuple(path for section in sections for path in section.missing),
            tuple(path for section in sections for path in section.wrong),
        )
    return state.kept


def _write_findings(sitting: Sitting) -> None:
    people = VisitPeople.known(sitting)
    learn_home(sitting)
    learn_people(sitting, people)
    add_ratings(sitting)
    add_consents(sitting, people)
    add_needs(sitting, people)
    add_follow_up(sitting)
    raise_alerts_of_visit(sitting, people)


def _advance(desk: Desk, work: UnitOfWork, case: Case, answers: Answers) -> None:
    """Take the steps a visit brings by itself and an officer may take; every other step waits for its person."""
    wanted = [(CaseState.DRAFT, CaseState.REGISTERED)]
    if answers.get("outcome") == _DONE:
        wanted.append((CaseState.STUDY, CaseState.ASSESSED))
        if answers.get("visit_type") == "service_follow_up":
            wanted.append((CaseState.ACTIVE, CaseState.FOLLOW_UP))
    roles = desk.roles(case.scope)
    for source, target in wanted:
        if case.state == source and may_move(source, target, roles).allowed:
            write_step(work.session, desk, case, target, Role.FIELD_OFFICER, "")


def household_for_visit(desk: Desk, draft_id: uuid.UUID) -> uuid.UUID:
    """The household a draft, or the visit it became, is about; raises DraftMissing."""
    with desk.reading() as connection:
        found: uuid.UUID | None = connection.scalar(
            select(_DRAFT.c.subject_id).where(_DRAFT.c.id == draft_id)
        )
        if found is None:
            found = connection.scalar(select(_VISIT.c.household_id).where(_VISIT.c.id == draft_id))
    if found is None:
        raise DraftMissing
    return found


def last_visit_answers(desk: Desk, household_id: uuid.UUID) -> Answers | None:
    """The answers of the household's last completed visit, for "as last time"; None when there was none.

    The form engine's ``carry_over`` takes from them what lasts; ``drafts.flatten`` makes it ready to be saved.
    """
    with desk.reading() as connection:
        last = last_done(connection, household_id)
    if last is None:
        return None
    desk.require(Action.VIEW_CASE, last.scope)
    return last.answers
