"""A vulnerable person is seen the same day, and by name."""

import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.care.alerts import PROTECTION, acknowledge_alert, open_alerts, raise_alert
from tarahum_desktop.casework.drafts import begin_visit, save_fields
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import (
    Alert,
    Case,
    Household,
    Membership,
    Person,
    Relocation,
    RoleGrant,
    Scope,
)
from tarahum_desktop.models.ids import new_id
from tests.casework.answers import whole_visit
from tests.casework.worlds import SCOPE, STAFF

VIOLENCE = AlertKind.DOMESTIC_VIOLENCE


def restricted(office) -> bool:
    with UnitOfWork(office.desk()) as work:
        return work.session.get_one(Case, office.case).restricted


def visit(office, **answers: object) -> None:
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, {**whole_visit(office), **answers})
    submit_visit(desk, draft)


def test_an_alert_raised_in_the_field_waits_for_the_supervisor_until_it_is_acknowledged(office) -> None:
    made = raise_alert(office.desk(), office.case, VIOLENCE, office.head, "قالته الجارة")
    assert restricted(office)
    supervisor = office.desk("supervisor")
    (line,) = open_alerts(supervisor)
    assert (line.id, line.kind, line.household_id, line.note) == (
        made,
        VIOLENCE,
        office.household,
        "قالته الجارة",
    )
    assert line.mine
    assert not open_alerts(office.desk())[0].mine, "the officer sees that it waits, and cannot take it away"
    acknowledge_alert(supervisor, made, "تواصلت مع الحماية الأسرية")
    assert open_alerts(supervisor) == ()
    acknowledge_alert(supervisor, made, "مرة أخرى")
    with UnitOfWork(supervisor) as work:
        alert = work.session.get_one(Alert, made)
    assert alert.acknowledged_by == supervisor.user.id
    assert alert.note == "قالته الجارة\nتواصلت مع الحماية الأسرية"


def test_the_same_alert_waits_once(office) -> None:
    first = raise_alert(office.desk(), office.case, VIOLENCE)
    assert raise_alert(office.desk(), office.case, VIOLENCE) == first
    assert raise_alert(office.desk(), office.case, VIOLENCE, office.head) != first
    acknowledge_alert(office.desk("supervisor"), first)
    assert raise_alert(office.desk(), office.case, VIOLENCE) != first, "what happens again is told again"


def test_only_who_leads_acknowledges_and_only_who_works_there_raises(office) -> None:
    made = raise_alert(office.desk("clerk"), office.case, AlertKind.JUVENILE)
    with pytest.raises(NotAllowed):
        acknowledge_alert(office.desk(), made)
    for login in ("stranger", "analyst"):
        with pytest.raises(NotAllowed):
            raise_alert(office.desk(login), office.case, VIOLENCE)
    assert open_alerts(office.desk("stranger")) == ()


def test_an_alert_needs_a_case(office) -> None:
    with pytest.raises(RecordMissing):
        raise_alert(office.desk(), uuid.UUID(int=1), VIOLENCE)
    with pytest.raises(RecordMissing):
        acknowledge_alert(office.desk("supervisor"), uuid.UUID(int=1))


def moves_of(office) -> list[Relocation]:
    with UnitOfWork(office.desk()) as work:
        return work.session.query(Relocation).all()


def test_a_case_moves_out_of_sight_only_if_somebody_reads_there_who_may_take_care(office) -> None:
    office.add(
        Scope(scope="national", code=f"{SCOPE}/restricted", kind="restricted", name_ar="مقيدة", name_en="R")
    )
    raise_alert(office.desk(), office.case, VIOLENCE)
    assert moves_of(office) == [], "nobody would see the alert there"
    office.add(
        RoleGrant(
            scope="national", user_id=STAFF["supervisor"], role="supervisor", scope_code=f"{SCOPE}/restricted"
        )
    )
    raise_alert(office.desk(), office.case, AlertKind.SUICIDE_RISK)
    assert [(move.kind, move.to_scope, move.reason) for move in moves_of(office)] == [
        ("restrict", f"{SCOPE}/restricted", PROTECTION)
    ]


def test_a_family_that_cannot_be_moved_is_alerted_about_all_the_same(office) -> None:
    office.add(
        Scope(scope="national", code=f"{SCOPE}/restricted", kind="restricted", name_ar="مقيدة", name_en="R"),
        RoleGrant(
            scope="national", user_id=STAFF["supervisor"], role="supervisor", scope_code=f"{SCOPE}/restricted"
        ),
    )
    other = Household(
        id=new_id(),
        scope=SCOPE,
        file_number="RYD-2026-12-00002",
        committee_code=SCOPE,
        head_person_id=office.head,
    )
    office.add(other)
    office.add(
        Membership(scope=SCOPE, household_id=other.id, person_id=office.head, relation="self", resident=True)
    )
    visit(office, risk_flags=["domestic_violence"])
    assert moves_of(office) == []
    assert [line.kind for line in open_alerts(office.desk("supervisor"))] == ["domestic_violence"]
    assert restricted(office)


def test_a_risk_named_on_a_visit_alerts_the_same_day(office) -> None:
    visit(office, risk_flags=["domestic_violence", "return_risk"])
    assert [line.kind for line in open_alerts(office.desk("supervisor"))] == ["domestic_violence"]
    assert restricted(office)


def test_the_lowest_rating_of_mental_health_is_a_danger_by_itself(office) -> None:
    scores = dict(whole_visit(office)["ssm"]) | {"mental_health": 1}
    visit(office, ssm=scores)
    assert [line.kind for line in open_alerts(office.desk("supervisor"))] == ["suicide_risk"]


def test_a_minor_in_custody_is_told_of_with_the_name(office) -> None:
    with UnitOfWork(office.desk()) as work:
        born = work.session.get_one(Person, office.prisoner)
        born.birth, born.birth_first, born.birth_last = "g2010", dt.date(2010, 1, 1), dt.date(2010, 12, 31)
    visit(office)
    with UnitOfWork(office.desk()) as work:
        (alert,) = work.session.query(Alert)
    assert (alert.kind, alert.person_id) == ("juvenile", office.prisoner)


def test_an_ordinary_visit_alerts_nobody(office) -> None:
    visit(office)
    assert open_alerts(office.desk("supervisor")) == ()
    assert not restricted(office)
