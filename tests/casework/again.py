"""A family visited once more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.drafts import begin_visit, load_draft, save_fields
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.models import CustodyEpisode, Household, Membership, Person
from tests.casework.answers import whole_visit

FACTS = (Person, Membership, CustodyEpisode, Household)
NEVER = {
    "visit_type", "visit_date", "outcome", "visit_place", "team", "respondent", "gps", "notice_read", "consent_case",
    "consent_health", "consent_criminal", "consent_credit", "consent_share", "consent_contact", "consent_mode",
    "signer_capacity", "id_seen", "inc_verified", "needs", "ssm", "risk_flags", "observations", "credibility",
    "recommendation", "proposed_plan", "next_visit", "signature", "beneficiary_signature", "documents", "ended_at",
}  # fmt: skip


def begun(office, desk=None):
    desk = desk or office.desk()
    return load_draft(desk, begin_visit(desk, office.household)).answers


def on_record(office):
    """Every column of every fact, by entity and id."""
    with Session(office.replica.engine) as session:
        return {
            (entity.__tablename__, row.id): {
                c.key: getattr(row, c.key) for c in entity.__table__.c if c.key != "stamp"
            }
            for entity in FACTS
            for row in session.scalars(select(entity))
        }


def asked_anew(office, **changes):
    """What an officer still has to answer when nothing changed."""
    keep = NEVER - {"ended_at"}
    values = {path: value for path, value in whole_visit(office).items() if path.split("/")[0] in keep}
    return values | {"visit_type": "update", "needs/n2/need_person": "household"} | changes


def visit_again(office, **changes):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, asked_anew(office, **changes))
    return submit_visit(desk, draft)


def edit(office, entity, row_id, **values):
    with UnitOfWork(office.desk()) as work:
        row = work.session.get_one(entity, row_id)
        for name, value in values.items():
            setattr(row, name, value)
