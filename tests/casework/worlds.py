"""A small office in a real encrypted vault: staff, places, services and one family."""

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.person_index import search_indexes
from tarahum_desktop.models import (
    Case,
    CustodyEpisode,
    Household,
    Membership,
    Person,
    Place,
    Replicated,
    RoleGrant,
    Scope,
    Service,
    User,
)
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_desktop.vault.vault import OpenVault, UserSlot, create_vault, unlock

SCOPE = "ryd"
WORDS = "نخلة على باب الدار"
CHEAP = KdfProfile(memory_kib=64, passes=1, lanes=1)
TODAY = dt.date(2026, 9, 24)
NOON_MS = int(dt.datetime(2026, 9, 24, 9, tzinfo=dt.UTC).timestamp() * 1000)
DEVICE = 12
STAFF = {
    "officer": uuid.UUID(int=0x01),
    "supervisor": uuid.UUID(int=0x02),
    "panel": uuid.UUID(int=0x03),
    "office_admin": uuid.UUID(int=0x04),
    "clerk": uuid.UUID(int=0x05),
    "analyst": uuid.UUID(int=0x06),
    "stranger": uuid.UUID(int=0x07),
}


@dataclass
class Wall:
    """A wall clock that moves only when told to."""

    now: int = NOON_MS

    def __call__(self) -> int:
        return self.now


@dataclass
class Office:
    """An open vault with one family of three in it."""

    vault: OpenVault
    replica: Replica
    wall: Wall
    household: uuid.UUID
    head: uuid.UUID
    child: uuid.UUID
    prisoner: uuid.UUID
    case: uuid.UUID

    def desk(self, role: str = "officer") -> Desk:
        return open_desk(self.replica, STAFF[role])

    def add(self, *rows: Replicated, author: str = "officer") -> None:
        add(self.replica, *rows, author=author)


def add(replica: Replica, *rows: Replicated, author: str = "officer") -> None:
    with captured_session(replica, STAFF[author]) as session:
        session.add_all(rows)
        session.commit()


def replica_on(engine: Engine, wall: Wall | None = None, number: int = DEVICE) -> Replica:
    return Replica(
        engine,
        number,
        SigningKey.generate(),
        wall or Wall(),
        indexes=tuple(search_indexes()),
        keeps_history=True,
    ).load()


def new_office(folder: Path) -> Office:
    vault = create_vault(folder, UserSlot("officer", STAFF["officer"]), WORDS, profile=CHEAP)
    upgrade(vault.engine)
    wall = Wall()
    replica = replica_on(vault.engine, wall)
    add(replica, *_organisation())
    people = _family(replica)
    return Office(vault, replica, wall, *people)


def reopen(folder: Path) -> tuple[OpenVault, Replica]:
    vault = unlock(folder, "officer", WORDS)
    return vault, replica_on(vault.engine)


def a_person(first: str, family: str = "الغامدي", **values: object) -> Person:
    given = {
        "scope": SCOPE, "first_name": first, "father_name": "سعد", "family_name": family, "gender": "female",
        "nationality": "SA", "id_kind": "national_id", "id_seen": True, **values,
    }  # fmt: skip
    return Person(**given)


def a_service(code: str, level: str = "L1", **values: object) -> Service:
    given = {
        "scope": "national", "code": code, "programme_code": "P", "track_code": "T1", "name_ar": f"خدمة {code}",
        "name_en": f"Service {code}", "unit_ar": "", "unit_en": "", "amount_kind": "yes", "approval_level": level,
        "kinds": [], "rules": {}, "evidence": [], **values,
    }  # fmt: skip
    return Service(**given)


def _organisation() -> list[Replicated]:
    rows: list[Replicated] = []
    for role, user_id in STAFF.items():
        rows.append(
            User(id=user_id, scope="national", login=role, name_ar=f"موظف {role}", name_en=role, active=True)
        )
        if role != "stranger":
            scope = "national" if role == "analyst" else SCOPE
            rows.append(RoleGrant(scope="national", user_id=user_id, role=role, scope_code=scope))
    rows.append(Scope(scope="national", code=SCOPE, kind="committee", name_ar="الرياض", name_en="Riyadh"))
    rows.append(
        Place(
            scope="national", code="dawadmi", committee_code=SCOPE, region_code="ryd", kind="city",
            name_ar="الدوادمي", name_en="Ad Dawadimi",
        )
    )  # fmt: skip
    rows += [a_service("BC-01"), a_service("BC-06", "L3"), a_service("FC-01")]
    return rows


def _family(replica: Replica) -> tuple[uuid.UUID, ...]:
    head = a_person("فاطمة", id_number="1023456781", mobile="+966551234567", birth="g1988", marital="married",
                    birth_first=dt.date(1988, 1, 1), birth_last=dt.date(1988, 12, 31))  # fmt: skip
    child = a_person("أحمد", father_name="خالد", gender="male", birth="g2015", birth_first=dt.date(2015, 1, 1),
                     birth_last=dt.date(2015, 12, 31))  # fmt: skip
    prisoner = a_person("خالد", "الحربي", gender="male")
    add(replica, head, child, prisoner)
    home = Household(
        scope=SCOPE, file_number="RYD-2026-12-00001", committee_code=SCOPE, head_person_id=head.id,
        place_code="dawadmi", district="حي النخيل",
    )  # fmt: skip
    add(replica, home)
    case = Case(
        scope=SCOPE, number="RYD-2026-12-00001-1", household_id=home.id, committee_code=SCOPE, state="study",
        officer_id=STAFF["officer"], restricted=False, opened_on=dt.date(2026, 9, 1),
    )  # fmt: skip
    add(
        replica,
        case,
        *(
            Membership(scope=SCOPE, household_id=home.id, person_id=person.id, relation=relation, resident=at_home)
            for person, relation, at_home in ((head, "self", True), (child, "son", True), (prisoner, "spouse", False))
        ),
        CustodyEpisode(
            scope=SCOPE, person_id=prisoner.id, status="convicted", entry="g2025-02-01",
            entry_day=dt.date(2025, 2, 1), expected_release="g2026-12-01", expected_release_day=dt.date(2026, 12, 1),
        ),
    )  # fmt: skip
    return home.id, head.id, child.id, prisoner.id, case.id
