"""Who no longer belongs to the household is said with a day and a reason; nobody is deleted."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.drafts import begin_visit, load_draft, save_fields
from tarahum_desktop.casework.errors import VisitNotReady
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.models import Membership, Person
from tests.casework.again import begun
from tests.casework.answers import a_draft, whole_visit


def left(_office, person, reason="moved_out", on="g2026-09-01"):
    return {
        f"members/{person}": None, f"members_left/{person}": {}, f"members_left/{person}/left_name": "أحمد",
        f"members_left/{person}/left_reason": reason, f"members_left/{person}/left_on": on,
    }  # fmt: skip


def memberships(office, person):
    with Session(office.replica.engine) as session:
        query = select(Membership).where(Membership.person_id == person).order_by(Membership.id)
        return [(one.first_day, one.last_day, one.end_reason, one.resident) for one in session.scalars(query)]


def without(office, person):
    """A whole visit that does not name a member."""
    return {path: value for path, value in whole_visit(office).items() if f"members/{person}" not in path}


def submit(office, **answers):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, without(office, office.child) | answers)
    return submit_visit(desk, draft)


@pytest.mark.parametrize("reason", ["moved_out", "married", "died", "mistake"])
def test_a_membership_ends_on_the_day_said_with_its_reason(office, reason):
    submit(office, **left(office, office.child, reason))
    assert memberships(office, office.child) == [(None, dt.date(2026, 9, 1), reason, True)]
    with Session(office.replica.engine) as session:
        assert session.get(Person, office.child).removed_at is None


def test_who_went_to_prison_still_belongs_and_lives_elsewhere(office):
    submit(office, **left(office, office.child, "in_custody"))
    assert memberships(office, office.child) == [(None, None, None, False)]


def test_a_reason_is_asked_before_the_visit_is_submitted(office):
    answers = left(office, office.child)
    answers[f"members_left/{office.child}/left_reason"] = None
    with pytest.raises(VisitNotReady) as refused:
        submit(office, **answers)
    assert refused.value.missing == (f"members_left/{office.child}/left_reason",)


def test_a_month_that_is_not_over_ends_the_membership_on_the_day_of_the_visit(office):
    submit(office, **left(office, office.child, on="g2026-09"))
    assert memberships(office, office.child)[0][1] == dt.date(2026, 9, 24)


def test_who_left_is_not_offered_at_the_next_visit_and_continues_when_added_back(office):
    submit(office, **left(office, office.child))
    assert str(office.child) not in {row.id for row in begun(office).rows("members")}
    back = {
        "members/b1": {}, "members/b1/m_relation": "son", "members/b1/m_birth": "g2015", "members/b1/m_gender": "male",
        "members/b1/m_name": {"first": "أحمد", "father": "خالد", "family": "الغامدي"}, "members/b1/m_resident": True,
        "members/b1/m_education": "primary", "members/b1/m_enrolled": "attending",
    }  # fmt: skip
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, without(office, office.child) | back | {"visit_date": "2026-09-24"})
    submit_visit(desk, draft)
    assert memberships(office, office.child) == [
        (None, dt.date(2026, 9, 1), "moved_out", True),
        (dt.date(2026, 9, 24), None, None, True),
    ]


def test_a_member_away_with_no_known_birth_does_not_hold_the_visit_up(office):
    row = f"members/{office.prisoner}"
    draft = a_draft(
        office,
        **{
            row: {}, f"{row}/m_relation": "spouse", f"{row}/m_name": {"first": "خالد", "family": "الحربي"},
            f"{row}/m_gender": "male", f"{row}/m_resident": False,
        },
    )  # fmt: skip
    desk = office.desk()
    answers = load_draft(desk, draft).answers
    with desk.reading() as connection:
        state = desk.forms.latest(connection).state(answers, desk.today())
    assert [issue.code for issue in state.fields[f"{row}/m_resident"].warnings] == ["birth_of_absent_unknown"]
    assert submit_visit(desk, draft).receipt_number
