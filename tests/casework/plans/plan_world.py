"""The small office with the catalogue's own rules, an executive director, and a machine the centre knows."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.plans.propose import Proposal, propose
from tarahum_desktop.models import (
    Device,
    Membership,
    PlanItem,
    RoleGrant,
    Service,
    ServiceRulesVersion,
    User,
    Visit,
)
from tarahum_desktop.models.seeds import seed_rows
from tests.casework.worlds import DEVICE, NOON_MS, SCOPE, STAFF, TODAY, Office, a_person

CATALOGUE = Path(__file__).parents[3] / "resources/catalogue"
SERVICES: dict[str, Any] = {row["code"]: row for row in dict(seed_rows(CATALOGUE))["service"]}
EXECUTIVE = uuid.UUID(int=0x21)
HQ = uuid.UUID(int=0x22)
BEGAN = dt.date(2026, 1, 1)


def furnish(office: Office) -> Office:
    """Put rules, the executive, headquarters, the device and a study of last month in place."""
    known = {"BC-01", "BC-06", "FC-01"}
    rows: list[Any] = [_rules(code) for code in sorted(known)]
    new = sorted({"BC-10", "BC-08"})
    rows += [
        Service(**{name: value for name, value in SERVICES[code].items() if name != "id"}) for code in new
    ]
    rows += [
        User(id=EXECUTIVE, scope="national", login="executive", name_ar="المدير التنفيذي", name_en="Executive", active=True),
        RoleGrant(scope="national", user_id=EXECUTIVE, role="executive", scope_code=SCOPE),
        User(id=HQ, scope="national", login="hq", name_ar="الأمانة", name_en="HQ", active=True),
        RoleGrant(scope="national", user_id=HQ, role="system_admin", scope_code="national"),
        Device(
            scope="national", number=DEVICE, name="حاسب المكتب", kind="office", committee_code=SCOPE,
            signing_key=office.replica.signer.public, sealing_key=bytes(32), scopes=[SCOPE],
            enrolled_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        ),
        a_visit(office, dt.date(2026, 8, 24)),
    ]  # fmt: skip
    office.add(*rows)
    return office


def _rules(code: str) -> ServiceRulesVersion:
    row = SERVICES[code]
    return ServiceRulesVersion(
        scope="national", service_code=code, version=2, first_day=BEGAN, kinds=row["kinds"], rules=row["rules"],
        approval_level=row["approval_level"], amount_kind=row["amount_kind"], evidence=row["evidence"],
    )  # fmt: skip


def a_visit(office: Office, day: dt.date, **answers: object) -> Visit:
    return Visit(
        scope=SCOPE, case_id=office.case, household_id=office.household, officer_id=STAFF["officer"],
        form_code="social-study", form_version=1, kind="initial", visited_on=day, place="home", outcome="done",
        submitted_at=dt.datetime(day.year, day.month, day.day, 10, tzinfo=dt.UTC),
        answers={"form": "social-study-1", "answers": answers}, answers_hash=b"",
    )  # fmt: skip


def executive(office: Office) -> Desk:
    return open_desk(office.replica, EXECUTIVE)


def headquarters(office: Office) -> Desk:
    return open_desk(office.replica, HQ)


def committee_desk(office: Office, role: str) -> Desk:
    """A desk of somebody whose account names the committee, as everybody's in an office does."""
    with_committee = {"supervisor", "panel", "office_admin"}
    assert role in with_committee
    with Session(office.replica.engine) as session:
        here = session.get_one(User, STAFF[role]).committee_code
    if here is None:
        from tarahum_desktop.sync.capture import captured_session

        with captured_session(office.replica, STAFF["officer"]) as session:
            session.get_one(User, STAFF[role]).committee_code = SCOPE
            session.commit()
    return office.desk(role)


def ask(office: Office, service: str = "BC-01", *, author: str = "officer", **given: Any) -> uuid.UUID:
    values = {
        "amount": 30_000,
        "fund": SERVICES[service]["rules"]["fund_sources"][0],
        "person_id": office.child,
    }
    proposal = Proposal(office.household, service_code=service, **{**values, **given})
    return propose(office.desk(author), proposal).item_id


def many(office: Office, count: int, author: str = "officer") -> list[uuid.UUID]:
    """Proposals for as many people of the household, one service each."""
    people = [a_person(f"فرد {number}") for number in range(count)]
    office.add(*people)
    office.add(
        *(
            Membership(
                scope=SCOPE, household_id=office.household, person_id=one.id, relation="son", resident=True
            )
            for one in people
        )
    )
    return [ask(office, author=author, person_id=one.id) for one in people]


def item_of(office: Office, item_id: uuid.UUID) -> PlanItem:
    with Session(office.replica.engine, expire_on_commit=False) as session:
        return session.get_one(PlanItem, item_id)


def later(office: Office, days: int) -> None:
    office.wall.now = NOON_MS + days * 86_400_000


__all__ = ["NOON_MS", "SCOPE", "STAFF", "TODAY"]
