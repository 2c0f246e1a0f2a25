"""Approved services in the small office, ready to be given."""

import datetime as dt
import uuid

from tarahum_desktop.models import Person, PlanItem, ReferenceItem, Service
from tests.casework.worlds import SCOPE, STAFF, Office

GOOD_IBAN = "SA0380000000608010167519"
OTHER_IBAN = "SA4420000001234567891234"
EVIDENCE = [{"ar": "محضر تسليم موقّع", "en": "Signed record"}, {"ar": "فاتورة", "en": "Invoice"}]
APPROVED_ON = dt.date(2026, 9, 20)


def furnish(office: Office) -> None:
    rules = {"repeat_guard_days": 28, "annual_cap": 12, "fund_sources": ["zakat", "charity"]}
    once = {"repeat_guard_days": 1825, "annual_cap": 1, "fund_sources": ["zakat"], "once_in_life": True}
    office.add(
        _service("FB-01", "in_kind_valued", rules),
        _service("CA-01", "yes", rules),
        _service("DR-01", "yes", once),
        *(
            ReferenceItem(
                scope="national", list_code="fund_source", code=code, name_ar=name, name_en=code, position=at
            )
            for at, (code, name) in enumerate((("zakat", "زكاة"), ("charity", "صدقة")))
        ),
    )


def _service(code: str, amount: str, rules: dict) -> Service:
    return Service(
        scope="national", code=code, programme_code="P", track_code="T1", name_ar=f"خدمة {code}",
        name_en=f"Service {code}", unit_ar="سلة", unit_en="basket", amount_kind=amount, approval_level="L1",
        kinds=[], rules=rules, evidence=EVIDENCE,
    )  # fmt: skip


def approve(office: Office, service: str = "FB-01", **values: object) -> uuid.UUID:
    given = {
        "scope": SCOPE, "case_id": office.case, "household_id": office.household, "person_id": office.head,
        "committee_code": SCOPE, "service_code": service, "state": "approved", "quantity": 1,
        "amount_halalas": 30_000, "fund": "zakat", "proposed_by": STAFF["officer"],
        "proposed_on": dt.date(2026, 9, 10), "decided_by": STAFF["supervisor"], "decided_on": APPROVED_ON,
        **values,
    }  # fmt: skip
    item = PlanItem(**given)
    office.add(item)
    return item.id


def give_account(office: Office, iban: str = GOOD_IBAN, person: uuid.UUID | None = None) -> None:
    change(office, Person, person or office.head, iban=iban)


def change(office: Office, entity: type, row_id: uuid.UUID, **values: object) -> None:
    from tarahum_desktop.sync.capture import captured_session

    with captured_session(office.replica, STAFF["officer"]) as session:
        row = session.get(entity, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def row_of(office: Office, entity: type, row_id: uuid.UUID):
    from sqlalchemy.orm import Session

    with Session(office.replica.engine) as session:
        return session.get(entity, row_id)


def rows_of(office: Office, entity: type) -> list:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    with Session(office.replica.engine) as session:
        return list(session.scalars(select(entity).order_by(entity.id)))
