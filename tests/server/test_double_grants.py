"""Two offices without a line grant the same; a real centre brings them together, and a person settles it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.giving.deliver import NewDelivery, Proof, record_delivery
from tarahum_desktop.casework.giving.entitlements import (
    double_grants,
    may_settle,
    reserve,
    settle_double_grant,
)
from tarahum_desktop.casework.giving.errors import GivingRefused
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.entitlement import claim_of
from tarahum_desktop.models import Entitlement, HeldBatch, Person, PlanItem
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.exchange.enrol import enrol, keep_enrolment, load_replica, read_invitation
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.centre import wall_clock
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tests.server.centres import Desktop, empty_database, hurry

ID_NUMBER = "1023456781"
SERVICE = "BC-10"


def office(running, folder, committee: str, role: str = "office_admin", name: str = "") -> Desktop:
    """An enrolled machine of a committee with one user on it."""
    centre, login = running.centre, f"{name or committee}.{role}"
    add_user(centre, login, "موظف", "Staff", committee)
    grant(centre, login, role, "national" if committee == "national" else committee)
    scopes = ("ryd",) if committee == "national" else (committee,)
    home = "ryd" if committee == "national" else committee
    typed = invite(centre, Invitee(login, "laptop", home, scopes), dt.timedelta(hours=1))
    keys = DeviceKeys.generate()
    code, trust = read_invitation(typed)
    with HttpCarrier(running.address, 0, keys, wall_clock, trust) as line:
        reply = enrol(line, code, login, login, keys, wall_clock())
    path = folder / f"{login}.db"
    path.write_bytes(empty_database())
    engine = open_sqlite(path)
    hurry(engine)
    with engine.begin() as connection:
        keep_enrolment(connection, reply, running.address, login)
    replica, enrolment = load_replica(engine, keys, wall_clock)
    made = Desktop(path, replica, enrolment, keys, uuid.UUID(bytes=reply.user))
    made.exchange()
    return made


def desk_of(desktop: Desktop):
    return open_desk(desktop.replica, desktop.user)


def approve(desktop: Desktop, committee: str) -> uuid.UUID:
    """The same person, registered by each office for itself, is granted the same service."""
    today = desk_of(desktop).today()
    person = Person(
        scope=committee, first_name="خالد", family_name="الحربي", gender="male", nationality="SA",
        id_kind="national_id", id_number=ID_NUMBER, id_seen=True,
    )  # fmt: skip
    with captured_session(desktop.replica, desktop.user) as session:
        session.add(person)
        session.flush()
        item = PlanItem(
            scope=committee, person_id=person.id, committee_code=committee, service_code=SERVICE,
            state="approved", quantity=1, amount_halalas=3_800_000, fund="zakat", decided_on=today,
        )  # fmt: skip
        session.add(item)
        session.commit()
        item_id = item.id
    with UnitOfWork(desk_of(desktop)) as work:
        kept = work.session.get(PlanItem, item_id)
        assert reserve(work.session, desk_of(desktop), kept) is not None
        assert (
            reserve(work.session, desk_of(desktop), kept) is not None
        )  # once only, however often it is asked
    return item_id


def found_on(desktop: Desktop):
    with desktop.replica.engine.connect() as connection:
        return double_grants(connection)


def ledger(replica) -> list[tuple]:
    with Session(replica.engine) as session:
        rows = session.scalars(select(Entitlement).order_by(Entitlement.id))
        return [(row.id, row.claim, row.committee_code, row.state, row.settled_reason) for row in rows]


def test_two_offices_that_granted_the_same_both_see_it_one_settles_and_both_agree(running, tmp_path):
    riyadh, jeddah = office(running, tmp_path, "ryd"), office(running, tmp_path, "jed")
    ours, theirs = approve(riyadh, "ryd"), approve(jeddah, "jed")
    assert found_on(riyadh) == found_on(jeddah) == []
    for desktop in (riyadh, jeddah, riyadh):
        assert "national" in desktop.exchange().proven
    (seen,) = found_on(riyadh)
    assert found_on(jeddah) == [seen]
    assert {seen.first.plan_item_id, seen.second.plan_item_id} == {ours, theirs}
    assert seen.claim == claim_of(ID_NUMBER, SERVICE)

    mine, other = sorted((seen.first, seen.second), key=lambda side: side.committee_code != "ryd")
    assert may_settle(desk_of(riyadh), seen, keep=other.entitlement_id)
    assert not may_settle(desk_of(riyadh), seen, keep=mine.entitlement_id)
    with pytest.raises(NotAllowed):
        settle_double_grant(desk_of(riyadh), seen.claim, mine.entitlement_id, "سبقنا")
    settle_double_grant(desk_of(riyadh), seen.claim, other.entitlement_id, "جدة سددت أولًا")
    for desktop in (riyadh, jeddah):
        assert "national" in desktop.exchange().proven
    assert found_on(riyadh) == found_on(jeddah) == []
    assert ledger(riyadh.replica) == ledger(jeddah.replica) == ledger(running.centre.replica)
    with pytest.raises(GivingRefused, match="delivery_granted_elsewhere"):
        record_delivery(desk_of(riyadh), NewDelivery(ours, proofs=(Proof(0),)))
    record_delivery(desk_of(jeddah), NewDelivery(theirs, proofs=(Proof(0),)))


def test_headquarters_decides_between_two_offices(running, tmp_path):
    riyadh, jeddah = office(running, tmp_path, "ryd"), office(running, tmp_path, "jed")
    approve(riyadh, "ryd")
    approve(jeddah, "jed")
    riyadh.exchange()
    jeddah.exchange()
    centre = office(running, tmp_path, "national", "analyst", "hq")
    (seen,) = found_on(centre)
    assert may_settle(desk_of(centre), seen, seen.first.entitlement_id)
    settle_double_grant(desk_of(centre), seen.claim, seen.first.entitlement_id, "الأسبق تاريخًا")
    for desktop in (centre, riyadh, jeddah):
        assert "national" in desktop.exchange().proven
    assert found_on(riyadh) == found_on(jeddah) == []
    assert {row[3] for row in ledger(riyadh.replica)} == {"settled", "released"}


def held(centre) -> list[str]:
    with Session(centre.engine) as session:
        return [one.reason for one in session.scalars(select(HeldBatch))]


def test_a_claim_in_the_name_of_another_committee_is_held(running, tmp_path):
    riyadh = office(running, tmp_path, "ryd")
    with captured_session(riyadh.replica, riyadh.user) as session:
        session.add(
            Entitlement(
                scope="national", claim="c", committee_code="jed", service_code=SERVICE,
                plan_item_id=uuid.uuid4(), first_day=dt.date(2026, 1, 1), state="reserved",
            )
        )  # fmt: skip
        session.commit()
    assert riyadh.exchange().held == {"national"}
    assert held(running.centre) == ["author_not_allowed"]
    assert ledger(running.centre.replica) == []


def test_a_release_of_another_committee_s_claim_is_held(running, tmp_path):
    riyadh, jeddah = office(running, tmp_path, "ryd"), office(running, tmp_path, "jed")
    approve(jeddah, "jed")
    jeddah.exchange()
    riyadh.exchange()
    with captured_session(riyadh.replica, riyadh.user) as session:
        session.scalars(select(Entitlement)).one().state = "released"
        session.commit()
    assert riyadh.exchange().held == {"national"}
    assert [row[3] for row in ledger(running.centre.replica)] == ["reserved"]


def test_an_office_still_writes_nothing_else_of_the_nation(running, tmp_path):
    riyadh = office(running, tmp_path, "ryd")
    with captured_session(riyadh.replica, riyadh.user) as session:
        from tarahum_desktop.models import Track

        session.add(Track(scope="national", code="T9", name_ar="مسار", name_en="Track"))
        session.commit()
    assert riyadh.exchange().held == {"national"}
