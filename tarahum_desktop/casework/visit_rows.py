"""The rows a submitted visit leaves behind: the visit, ratings, consents, proposed services, the next contact."""

import datetime as dt
import functools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.drafts import DraftVisit
from tarahum_desktop.casework.plans.states import OPEN, PROPOSED
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Value, is_number
from tarahum_desktop.domain.matrix import MatrixDomain
from tarahum_desktop.models import Case, Consent, FollowUp, Household, MatrixRating, PlanItem, Visit

_PLAN: Any = PlanItem.__table__
PURPOSES: Final = ("case", "health", "criminal", "credit", "share", "contact")
NOTICE_VERSION: Final = "1.0"
VISIT_CONTACT: Final = "visit"


class NamesPeople(Protocol):
    """Knows whom an answer means."""

    head_id: uuid.UUID | None

    def named(self, code: Value) -> uuid.UUID | None:
        """The person an answer names."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One visit being submitted: who, where, what was answered."""

    desk: Desk
    session: Session
    draft: DraftVisit
    home: Household
    case: Case
    answers: Answers
    receipt: str

    @property
    def visited_on(self) -> dt.date:
        """The day of the visit."""
        return day_of(self.answers.get("visit_date")) or self.desk.today()


def visit_row(sitting: Sitting, document: Any, digest: bytes) -> Visit:
    """The visit itself; the columns beside the document repeat what lists and figures ask for."""
    answers = sitting.answers
    position = answers.get("gps")
    place = position if isinstance(position, Mapping) else {}
    return Visit(
        id=sitting.draft.id, scope=sitting.home.scope, case_id=sitting.case.id, household_id=sitting.home.id,
        officer_id=sitting.desk.user.id, form_code=sitting.draft.form_code, form_version=sitting.draft.form_version,
        kind=_text(answers, "visit_type"), visited_on=sitting.visited_on, place=_text(answers, "visit_place"),
        outcome=_text(answers, "outcome"), respondent=_text(answers, "respondent") or None,
        receipt_number=sitting.receipt or None, started_at=moment_of(answers.get("started_at")),
        submitted_at=sitting.desk.now(), latitude_e6=_number(place.get("lat")), longitude_e6=_number(place.get("lon")),
        no_position_reason=_text(answers, "gps_reason") or None, income_halalas=_number(answers.get("inc_total")),
        expense_halalas=_number(answers.get("exp_total")), recommendation=_text(answers, "recommendation") or None,
        observations=_text(answers, "observations") or _text(answers, "outcome_reason") or None,
        next_visit_on=day_of(answers.get("next_visit")), answers=document, answers_hash=digest,
    )  # fmt: skip


def add_ratings(sitting: Sitting) -> None:
    """One row for each of the thirteen domains; no score means not applicable."""
    scores = sitting.answers.get("ssm")
    if not isinstance(scores, Mapping):
        return
    for domain in MatrixDomain:
        if domain.value in scores:
            sitting.session.add(
                MatrixRating(
                    scope=sitting.home.scope, visit_id=sitting.draft.id, household_id=sitting.home.id,
                    domain=domain.value, score=_number(scores[domain.value]),
                )
            )  # fmt: skip


def add_consents(sitting: Sitting, people: NamesPeople) -> None:
    """One row for each purpose that was asked, given or refused."""
    answers, head = sitting.answers, people.head_id
    if head is None:
        return
    deed = " ".join(filter(None, (_text(answers, "deed_type"), _text(answers, "deed_number"))))
    for purpose in PURPOSES:
        word = answers.get(f"consent_{purpose}")
        if isinstance(word, Mapping):
            sitting.session.add(
                Consent(
                    scope=sitting.home.scope, person_id=head, visit_id=sitting.draft.id, purpose=purpose,
                    named_party=(_text(answers, "share_partner") or None) if purpose == "share" else None,
                    given=word.get("decision") == "given", means=_text(answers, "consent_mode"),
                    signer_capacity=_text(answers, "signer_capacity"), deed=deed or None,
                    notice_version=NOTICE_VERSION, given_at=moment_of(word.get("at")) or sitting.desk.now(),
                )
            )  # fmt: skip


def add_needs(sitting: Sitting, people: NamesPeople) -> None:
    """Each need becomes a proposed service, with the amount the officer proposed for that service.

    It waits for nobody yet: the rules are asked when somebody proposes it from the plan. What is open in this case for
    the same person is not proposed again.
    """
    answers, session = sitting.answers, sitting.session
    amounts = {
        str(row.get("plan_service")): _number(row.get("plan_amount")) or 0
        for row in answers.rows("proposed_plan")
    }
    wanted: dict[tuple[str, uuid.UUID], str | None] = {}
    for row in answers.rows("needs"):
        person = people.named(row.get("need_person")) or people.head_id
        if person is not None:
            priority = row.get("need_priority")
            wanted[str(row.get("need_service")), person] = priority if isinstance(priority, str) else None
    asked = {service for service, _person in wanted}
    for service in amounts:
        if service not in asked and people.head_id is not None:
            wanted[service, people.head_id] = None
    known = _proposed(session, sitting.home.id)
    for service, person in [need for need in wanted if need not in known]:
        session.add(
            PlanItem(
                scope=sitting.home.scope, case_id=sitting.case.id, household_id=sitting.home.id, person_id=person,
                visit_id=sitting.draft.id, committee_code=sitting.home.committee_code, service_code=service,
                state=PROPOSED, priority=wanted[service, person], quantity=1,
                amount_halalas=amounts.pop(service, 0), proposed_by=sitting.desk.user.id,
                proposed_on=sitting.visited_on,
            )
        )  # fmt: skip


def _proposed(session: Session, household_id: uuid.UUID) -> set[tuple[str, uuid.UUID]]:
    found = session.execute(_proposed_query(), {"household": household_id})
    return {(row.service_code, row.person_id) for row in found}


@functools.cache
def _proposed_query() -> Any:
    return select(_PLAN.c.service_code, _PLAN.c.person_id).where(
        _PLAN.c.household_id == bindparam("household"),
        _PLAN.c.state.in_(OPEN),
        _PLAN.c.removed_at.is_(None),
    )


def add_follow_up(sitting: Sitting) -> None:
    """This visit answers the visits that were due; the next one becomes due on its day."""
    session, case = sitting.session, sitting.case
    for contact in session.scalars(_due_query(), {"case": case.id}):
        contact.done_on, contact.outcome = sitting.visited_on, "reached"
    following = day_of(sitting.answers.get("next_visit"))
    if following is not None:
        session.add(
            FollowUp(
                scope=sitting.home.scope, case_id=case.id, officer_id=case.officer_id or sitting.desk.user.id,
                kind=VISIT_CONTACT, due_on=following,
            )
        )  # fmt: skip


@functools.cache
def _due_query() -> Select[FollowUp]:
    return select(FollowUp).where(
        FollowUp.case_id == bindparam("case"), FollowUp.kind == VISIT_CONTACT, FollowUp.done_on.is_(None),
        FollowUp.removed_at.is_(None),
    )  # fmt: skip


def day_of(value: Value) -> dt.date | None:
    """A day answer."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def moment_of(value: Value) -> dt.datetime | None:
    """A moment answer with its zone."""
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _text(answers: Answers, code: str) -> str:
    value = answers.get(code)
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if is_number(value) else None
