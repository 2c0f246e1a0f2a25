"""A centre that moves families, and devices that hold different scopes of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import (
    Case,
    CustodyEpisode,
    Device,
    Household,
    Membership,
    Person,
    PlanItem,
    Relocation,
    RoleGrant,
    Scope,
    User,
    Visit,
)
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.permissions_check import centre_gate
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.sync.replica import Replica
from tarahum_server.relocations import settle
from tests.sync.lines import MemoryLine
from tests.sync.proofs import all_conflicts, all_rows, held, prove_whole
from tests.sync.worlds import Wall, World, writing

OLD, NEW = "ryd", "jed"
RESTRICTED, FIRST, SECOND = "ryd/restricted", "ryd/caseload-1", "ryd/caseload-2"
SCOPES = (OLD, NEW, RESTRICTED, "jed/restricted", FIRST, SECOND)
WHO = {OLD: uuid.UUID(int=0xA1), NEW: uuid.UUID(int=0xA2), "officer": uuid.UUID(int=0xA3)}
MOMENT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
DAY = dt.date(2026, 9, 1)


class MovingLine(MemoryLine):
    """A line to a centre that checks authors and acts upon what it took, as the real one does."""

    def hello(self, request):
        settle(self.centre)
        return super().hello(request)

    def push(self, payload):
        self._call("push")
        with self.centre.engine.connect() as connection:
            device = self._known(connection)
        reply = answer_push(self.centre.engine, self.centre, device, payload, centre_gate())
        settle(self.centre)
        return reply


@dataclass
class Family:
    """The ids of one family that was registered."""

    home: uuid.UUID
    case: uuid.UUID
    people: list[uuid.UUID]


@dataclass
class Region:
    """The centre is number 1."""

    folder: Path
    make_world: Callable[[Path], World] = World
    wall: Wall = field(default_factory=Wall)
    world: World = field(init=False)
    centre: Replica = field(init=False)
    devices: dict[int, Replica] = field(default_factory=dict)
    holds: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world = self.make_world(self.folder)
        self.centre = self.world.replica(1, self.wall)
        with writing(self.centre) as session:
            session.add_all(_organisation())
            session.add(self._device(1, ()))
            session.commit()
        publish_own(self.centre)

    def _device(self, number: int, scopes: tuple[str, ...]) -> Device:
        return Device(
            scope="national", number=number, name=f"d{number}", kind="laptop", signing_key=self.world.keys[number],
            sealing_key=bytes(32), scopes=["national", *scopes], enrolled_at=from_milliseconds(0),
        )  # fmt: skip

    def join(self, number: int, *scopes: str) -> Replica:
        replica = self.world.replica(number, self.wall)
        with writing(self.centre) as session:
            session.add(self._device(number, scopes))
            session.commit()
        publish_own(self.centre)
        self.devices[number], self.holds[number] = replica, scopes
        self.meet(number)
        return replica

    def meet(self, number: int, breaks_after: int | None = None) -> Outcome:
        self.wall.now += 1_000
        line = MovingLine(self.centre, number, breaks_after)
        return exchange(self.devices[number], line, self.world.keys[1], 1, lambda _progress: None)

    def come_to_rest(self) -> None:
        """Everybody meets the centre until nobody has news, and what each holds is proven."""
        for _ in range(4):
            outcomes = {number: self.meet(number) for number in self.devices}
        for number, outcome in outcomes.items():
            assert outcome.proven == {"national", *self.holds[number]}, (number, outcome)
            assert (outcome.pushed, outcome.pulled) == (0, 0)
        for scope in SCOPES:
            here = [self.devices[number] for number, scopes in self.holds.items() if scope in scopes]
            if here:
                prove_alike(self.centre, here, scope)

    @staticmethod
    def centre_user() -> uuid.UUID:
        return WHO[OLD]

    def close(self) -> None:
        for replica in (self.centre, *self.devices.values()):
            replica.engine.dispose()

    def family(self, number: int, scope: str = OLD, state: str = "transfer_out", file: str = "F-1") -> Family:
        with writing(self.devices[number], _who(scope)) as session:
            people = [a_person(scope, name) for name in ("فاطمة", "أحمد", "خالد")]
            session.add_all(people)
            session.flush()
            home = Household(
                id=new_id(),
                scope=scope,
                file_number=file,
                committee_code=scope[:3],
                head_person_id=people[0].id,
            )
            case = Case(
                id=new_id(), scope=scope, number=f"{file}-1", household_id=home.id, committee_code=scope[:3],
                state=state, restricted=False, officer_id=WHO["officer"],
            )  # fmt: skip
            session.add_all([home, case])
            for person in people:
                session.add(a_membership(scope, home.id, person.id))
            session.add(CustodyEpisode(scope=scope, person_id=people[2].id, status="convicted"))
            session.commit()
            return Family(home.id, case.id, [person.id for person in people])

    def add(self, number: int, *rows, author: str = OLD) -> None:
        with writing(self.devices[number], WHO[author]) as session:
            session.add_all(rows)
            session.commit()

    def offer(
        self, number: int, home: uuid.UUID, from_scope: str = OLD, to_scope: str = NEW, kind: str = "transfer"
    ) -> uuid.UUID:
        state = "offered" if kind == "transfer" else "ordered"
        row = Relocation(
            id=new_id(), scope=from_scope, household_id=home, kind=kind, from_scope=from_scope, to_scope=to_scope,
            state=state, reason="انتقلت الأسرة", offered_by=_who(from_scope), offered_at=MOMENT,
        )  # fmt: skip
        self.add(number, row, author=from_scope[:3])
        return row.id

    def answer(self, number: int, offer: uuid.UUID, state: str = "accepted") -> bool:
        with Session(self.devices[number].engine) as session:
            found = session.scalars(select(Relocation).where(Relocation.offer_id == offer)).one_or_none()
        if found is None or found.state != "offered":
            return False
        with writing(self.devices[number], _who(found.scope)) as session:
            row = session.get_one(Relocation, found.id)
            row.state, row.decided_by, row.decided_at = state, _who(found.scope), MOMENT
            row.decision_reason = "لا متسع لدينا" if state == "refused" else None
            session.commit()
        return True


def prove_alike(centre: Replica, others: list[Replica], scope: str, *, may_hold: bool = False) -> None:
    """The same rows and open conflicts as the centre, digests that a recount confirms, and nothing waiting."""
    rows = all_rows(centre, scope)
    conflicts = [record.id for record in all_conflicts(centre, scope)]
    for replica in (centre, *others):
        prove_whole(replica, scope)
        assert may_hold or held(replica) == 0
        unlike = differences(all_rows(replica, scope), rows)
        assert unlike == [], (replica.device, scope, unlike)
        assert [record.id for record in all_conflicts(replica, scope)] == conflicts


def differences(here: dict, there: dict) -> list[tuple]:
    """Which rows two replicas hold otherwise, and in what."""
    found: list[tuple] = []
    for entity in sorted({*here, *there}):
        mine, theirs = ({row.row_id: row for row in side.get(entity, [])} for side in (here, there))
        found += [
            (entity, row_id.hex(), mine.get(row_id), theirs.get(row_id))
            for row_id in sorted({*mine, *theirs})
            if mine.get(row_id) != theirs.get(row_id)
        ]
    return found


def _who(scope: str) -> uuid.UUID:
    return WHO[scope[:3]]


def _organisation():
    yield from (
        Scope(
            scope="national", code=code, kind="committee", committee_code=code[:3], name_ar=code, name_en=code
        )
        for code in SCOPES
    )
    for name, user in WHO.items():
        yield User(id=user, scope="national", login=name, name_ar=name, name_en=name, active=True)
    for committee in (OLD, NEW):
        for scope in (committee, f"{committee}/restricted"):
            yield RoleGrant(scope="national", user_id=WHO[committee], role="supervisor", scope_code=scope)
    yield RoleGrant(scope="national", user_id=WHO["officer"], role="officer", scope_code=OLD)


def a_person(scope: str, name: str) -> Person:
    return Person(
        id=new_id(), scope=scope, first_name=name, family_name="الحربي", gender="female", nationality="SA",
        id_kind="national_id", id_seen=True,
    )  # fmt: skip


def a_membership(scope: str, home: uuid.UUID, person: uuid.UUID) -> Membership:
    return Membership(scope=scope, household_id=home, person_id=person, relation="other", resident=True)


def a_visit(family: Family, scope: str = OLD, receipt: str = "R1") -> Visit:
    return Visit(
        id=new_id(), scope=scope, household_id=family.home, case_id=family.case, form_code="study", form_version=1,
        kind="first", visited_on=DAY, place="home", outcome="done", receipt_number=receipt, submitted_at=MOMENT,
        answers={"a": 1}, answers_hash=bytes(32),
    )  # fmt: skip


def a_plan_item(family: Family, scope: str = OLD) -> PlanItem:
    return PlanItem(
        id=new_id(), scope=scope, case_id=family.case, household_id=family.home, person_id=family.people[0],
        committee_code=scope[:3], service_code="BC-01", state="proposed", quantity=1, amount_halalas=0,
    )  # fmt: skip
