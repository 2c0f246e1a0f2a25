"""Seven replicas, every carrier, whatever happens in any order: at rest all hold the same, nothing is lost or doubled.

The nation does what people, lines, sticks and clocks do; each course of events ends at rest, where everything that was
ever committed is looked for. Programs of other ages are run against this one in ``tests/releases``.
"""

import contextlib
import datetime as dt
import uuid
from collections import Counter

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Case, Conflict, HeldBatch, Household, Person, PlanItem, Relocation
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import DeviceRevoked
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.leave import LEFT
from tarahum_desktop.sync.pouch.errors import PouchError
from tarahum_desktop.sync.scope_book import read_scopes, read_vector
from tarahum_desktop.sync.shapes import from_wire, shapes
from tarahum_server.compaction import compact
from tests.convergence.nation import (
    ALL,
    CASELOAD,
    CENTRE,
    HOLDS,
    HUB_OF,
    JED,
    LAPTOPS,
    OFFICE,
    ONLINE,
    PRISON,
    RYD,
    WHO,
    Cut,
    Nation,
    committee_of,
)
from tests.convergence.profiles import share
from tests.sync.moving_world import prove_alike
from tests.sync.proofs import all_rows, prove_whole
from tests.sync.worlds import writing

YEAR_MS = 365 * 86_400_000
MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MODELS = {"household": Household, "person": Person, "plan_item": PlanItem}
EDITS = {
    ("household", "rooms"): lambda n: n,
    ("household", "district"): lambda n: f"حي {n}" if n else None,
    ("household", "removed_at"): lambda n: MOMENT + dt.timedelta(days=n),
    ("person", "mobile"): lambda n: f"05{n:08d}",
    ("person", "id_number"): lambda n: f"1{n:09d}" if n else None,
    ("plan_item", "state"): lambda n: ["proposed", "approved", "refused"][n % 3],
    ("plan_item", "priority"): lambda n: f"p{n}",
}
WRITERS = tuple(number for number in ALL if number != CENTRE)
LOST = 6
SMALL = st.integers(0, 20)
CUTS = st.builds(Cut, st.integers(0, 9), st.booleans())
POUCHES = st.sampled_from(
    [(PRISON, 2), (2, PRISON), (4, 2), (2, 4), (5, 2), (6, 3), (3, 6), (2, CENTRE), (PRISON, CENTRE)]
)


def a_row(kind: str, scope: str):
    if kind == "household":
        return Household(
            id=new_id(), scope=scope, file_number=f"F-{new_id().hex[:8]}", committee_code=scope[:3]
        )
    if kind == "person":
        return Person(
            id=new_id(), scope=scope, first_name="فاطمة", family_name="الحربي", gender="female", nationality="SA",
            id_kind="national_id", id_seen=True,
        )  # fmt: skip
    return PlanItem(
        id=new_id(), scope=scope, person_id=new_id(), committee_code=scope[:3], service_code="s1",
        state="proposed", quantity=1, amount_halalas=0,
    )  # fmt: skip


class SevenReplicas(RuleBasedStateMachine):
    """What people, lines, sticks and clocks do."""

    def __init__(self) -> None:
        super().__init__()
        self.nation = Nation()
        self.made: list[tuple[str, uuid.UUID, int]] = []
        self.homes: list[uuid.UUID] = []

    def teardown(self) -> None:
        try:
            for wall in self.nation.walls.values():
                wall.now = self.nation.true_time.now
            self.come_to_rest()
        finally:
            self.nation.close()

    # -- what people do ------------------------------------------------------------------------------------------

    def write(self, who: int):
        return writing(self.nation.replicas[who], WHO[committee_of(who)])

    @rule(
        who=st.sampled_from(WRITERS),
        kind=st.sampled_from(sorted(MODELS)),
        count=st.integers(1, 3),
        which=SMALL,
    )
    def add(self, who, kind, count, which):
        scope = HOLDS[who][which % len(HOLDS[who])]
        if scope == CASELOAD and self.has_let_go(who):
            return  # nobody writes for a caseload that is not on the machine
        with self.write(who) as session:
            rows = [a_row(kind, scope) for _ in range(count)]
            session.add_all(rows)
            session.commit()
            self.made += [(kind, row.id, who) for row in rows]

    def has_let_go(self, who: int) -> bool:
        with self.nation.replicas[who].engine.connect() as connection:
            return read_scopes(connection)[CASELOAD].mode == LEFT

    @precondition(lambda self: self.made)
    @rule(who=st.sampled_from(WRITERS), which=SMALL, what=st.sampled_from(sorted(EDITS)), n=SMALL)
    def edit(self, who, which, what, n):
        entity, field = what
        ids = [row_id for kind, row_id, _ in self.made if kind == entity]
        if not ids:
            return
        with self.write(who) as session:
            row = session.get(MODELS[entity], ids[which % len(ids)])
            if row is not None:
                setattr(row, field, EDITS[what](n))
                session.commit()

    @rule(who=st.sampled_from(WRITERS), which=SMALL, takes_theirs=st.booleans())
    def decide(self, who, which, takes_theirs):
        with self.write(who) as session:
            open_ones = session.scalars(
                select(Conflict).where(Conflict.entity.in_(MODELS)).order_by(Conflict.id)
            ).all()
            if not open_ones:
                return
            conflict = open_ones[which % len(open_ones)]
            row = session.get(MODELS[conflict.entity], conflict.row_id)
            session.resolves(row.id, conflict.field, (conflict.stamp,))
            value = getattr(row, conflict.field)
            if takes_theirs:
                kind = shapes()[conflict.entity].by_name[conflict.field].kind
                value = from_wire(kind, msgspec.msgpack.decode(conflict.value))
            setattr(row, conflict.field, value)
            session.commit()

    @rule(committee=st.sampled_from([RYD, JED]))
    def register(self, committee):
        """A family that may move later."""
        with self.write(OFFICE[committee]) as session:
            home = a_row("household", committee)
            case = Case(
                id=new_id(), scope=committee, number=f"C-{new_id().hex[:6]}", household_id=home.id,
                committee_code=committee, state="transfer_out", restricted=False, officer_id=WHO[committee],
            )  # fmt: skip
            session.add_all([home, case])
            session.commit()
            self.homes.append(home.id)
            self.made.append(("household", home.id, OFFICE[committee]))

    @precondition(lambda self: self.homes)
    @rule(which=SMALL, committee=st.sampled_from([RYD, JED]))
    def offer(self, which, committee):
        home_id = self.homes[which % len(self.homes)]
        with self.write(OFFICE[committee]) as session:
            home = session.get(Household, home_id)
            if home is None or home.scope != committee:
                return
            session.add(
                Relocation(
                    id=new_id(), scope=committee, household_id=home_id, kind="transfer", from_scope=committee,
                    to_scope=JED if committee == RYD else RYD, state="offered", reason="انتقلت",
                    offered_by=WHO[committee], offered_at=MOMENT,
                )
            )  # fmt: skip
            session.commit()

    @rule(which=SMALL, committee=st.sampled_from([RYD, JED]), accepts=st.booleans())
    def answer(self, which, committee, accepts):
        with self.write(OFFICE[committee]) as session:
            open_ones = session.scalars(
                select(Relocation)
                .where(Relocation.offer_id.is_not(None), Relocation.state == "offered")
                .order_by(Relocation.id)
            ).all()
            if open_ones:
                copy = open_ones[which % len(open_ones)]
                copy.state = "accepted" if accepts else "refused"
                copy.decided_by, copy.decided_at = WHO[committee], MOMENT
                copy.decision_reason = None if accepts else "لا متسع"
                session.commit()

    # -- what carries ------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(ONLINE), cut=st.none() | CUTS)
    def meet_the_centre(self, who, cut):
        with contextlib.suppress(LineFailed), self.refused(who):
            self.nation.meet(who, cut)

    @rule(who=st.sampled_from(sorted(HUB_OF)), cut=st.none() | CUTS)
    def meet_the_office(self, who, cut):
        with contextlib.suppress(LineFailed), self.refused(who):
            self.nation.meet_hub(who, cut)

    def refused(self, who: int):
        """Whom the centre has revoked is refused where that is known, and by nobody else."""
        return contextlib.suppress(DeviceRevoked) if who in self.nation.revoked else contextlib.nullcontext()

    @rule(ends=POUCHES)
    def write_a_pouch(self, ends):
        self.nation.write_pouch(*ends)

    @precondition(lambda self: self.nation.pouches)
    @rule(which=SMALL, keeps=st.booleans())
    def read_a_pouch(self, which, keeps):
        """In any order, again, or after it has expired."""
        at = which % len(self.nation.pouches)
        receiver, content = self.nation.pouches[at]
        with contextlib.suppress(PouchError):
            self.nation.read_pouch(receiver, content)
            prove_whole(self.nation.replicas[receiver])
        if not keeps:
            del self.nation.pouches[at]

    @precondition(lambda self: self.nation.pouches)
    @rule(which=SMALL, part=st.integers(1, 99), other=st.sampled_from(ALL))
    def read_a_torn_or_foreign_pouch(self, which, part, other):
        receiver, content = self.nation.pouches[which % len(self.nation.pouches)]
        before = self.books(receiver)
        with contextlib.suppress(PouchError):
            self.nation.read_pouch(receiver, content[: len(content) * part // 100])
            raise AssertionError("a torn pouch was read")
        assert self.books(receiver) == before
        if other != receiver:
            before = self.books(other)
            with contextlib.suppress(PouchError):
                self.nation.read_pouch(other, content)
                raise AssertionError("a foreign pouch was read")
            assert self.books(other) == before

    # -- what befalls ------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(ALL))
    def restart(self, who):
        self.nation.restart(who)

    @rule(
        who=st.sampled_from((*LAPTOPS, PRISON)), jump=st.sampled_from([-YEAR_MS, -60_000, 0, 60_000, YEAR_MS])
    )
    def set_clock(self, who, jump):
        self.nation.walls[who].now = self.nation.true_time.now + jump

    @rule(by=st.integers(1, 3_600_000))
    def time_passes(self, by):
        for number, wall in self.nation.walls.items():
            if number != CENTRE:
                wall.now += by
        self.nation.true_time.now += by

    @rule(gives=st.booleans())
    def give_or_take_a_caseload(self, gives):
        """Of the laptop that holds one: it sends what it has, and lets go of the rest."""
        if gives:
            self.nation.widen(5, CASELOAD)
        elif CASELOAD in self.nation.holds(5):
            self.nation.narrow(5, CASELOAD)

    @precondition(lambda self: len(self.made) > 12 and not self.nation.revoked)
    @rule()
    def lose_a_laptop(self):
        self.nation.revoke(LOST)

    @rule(drops=st.booleans())
    def compact_the_centre(self, drops):
        now = from_milliseconds(self.nation.true_time.now)
        compact(self.nation.centre, now, now - dt.timedelta(minutes=30) if drops else None)

    # -- at rest -------------------------------------------------------------------------------------------------

    def books(self, number: int):
        with self.nation.replicas[number].engine.connect() as connection:
            return {
                scope: (
                    book.digest,
                    book.row_count,
                    book.head,
                    book.next_sequence,
                    read_vector(connection, scope),
                )
                for scope, book in read_scopes(connection).items()
            }

    def come_to_rest(self) -> None:
        nation = self.nation
        online = [number for number in ONLINE if number not in nation.revoked]
        for _ in range(8):
            outcomes = {number: nation.meet(number) for number in online}
            released = nation.release_all()
            nation.write_pouch(PRISON, 2)
            nation.read_pouch(*nation.pouches.pop())
            handed_on = nation.meet(2)
            nation.write_pouch(2, PRISON)
            answer = nation.read_pouch(*nation.pouches.pop())
            moved = answer.taken.changes + sum(
                one.pushed + one.pulled + len(one.left) for one in (handed_on, *outcomes.values())
            )
            if not moved and not released and self.all_sent(PRISON):
                break
        holders = [*online, PRISON]
        for number in (CENTRE, *holders):
            assert self.waiting(number) == [], (number, self.waiting(number))
        for number, outcome in outcomes.items():
            assert outcome.proven == {"national", *nation.holds(number)}, (number, outcome)
        for scope in (RYD, JED, CASELOAD):
            alike = [nation.replicas[number] for number in holders if scope in nation.holds(number)]
            prove_alike(nation.centre, alike, scope, may_hold=bool(nation.revoked))
        self.nothing_missing(holders)
        self.nothing_outside_its_scope(holders)

    def waiting(self, number: int) -> list[tuple]:
        """Batches that lie here unapplied: whose, which, and why; a lost laptop's may wait for others it never gave."""
        table = HeldBatch.__table__
        columns = (
            table.c.scope,
            table.c.device,
            table.c.first_sequence,
            table.c.last_sequence,
            table.c.reason,
        )
        query = select(*columns).where(table.c.device.not_in(self.nation.revoked))
        with self.nation.replicas[number].engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def all_sent(self, number: int) -> bool:
        with self.nation.replicas[number].engine.connect() as connection:
            books = read_scopes(connection).values()
        return all(book.acknowledged == book.next_sequence - 1 for book in books)

    def nothing_missing(self, holders: list[int]) -> None:
        """Every change that was committed is at the centre, and every row somewhere once.

        Of a laptop that was lost, what it had handed over before is there, and nothing twice.
        """
        theirs = {scope: book[4] for scope, book in self.books(CENTRE).items()}
        for number in holders:
            for scope, book in self.books(number).items():
                assert theirs.get(scope, {}).get(number, 0) == book[3] - 1, (number, scope)
        found = Counter()
        for scope in (RYD, JED, CASELOAD):
            for rows in all_rows(self.nation.centre, scope).values():
                found.update(row.row_id for row in rows)
        for _, row_id, maker in self.made:
            assert found[row_id.bytes] == 1 or (maker not in holders and not found[row_id.bytes]), row_id

    def nothing_outside_its_scope(self, holders: list[int]) -> None:
        for number in holders:
            allowed = {"national", *self.nation.holds(number)}
            with Session(self.nation.replicas[number].engine) as session:
                for shape in shapes().values():
                    held = set(session.scalars(select(shape.table.c.scope).distinct()))
                    assert held <= allowed, (number, shape.entity, held)


def test_seven_replicas_agree_once_everything_has_arrived():
    run_state_machine_as_test(
        SevenReplicas,
        settings=settings(
            max_examples=share(50, 2_000),
            stateful_step_count=200,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
