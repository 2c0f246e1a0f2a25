"""Five replicas on real files, whatever happens to them in any order, and the same rows everywhere at rest."""

import contextlib
import datetime as dt

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from tarahum_desktop.models import Conflict, Household, Outbox, Person, PlanItem
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.clock import MAX_AHEAD_MS, stamp_milliseconds
from tarahum_desktop.sync.errors import FixedField
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.shapes import from_wire, shapes
from tests.convergence.profiles import share
from tests.convergence.town import DEVICES, YEAR_MS, Town
from tests.sync.proofs import prove_whole
from tests.sync.worlds import SCOPE, a_household, a_person, sealed_unsent, writing

MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MODELS = {"household": Household, "person": Person, "plan_item": PlanItem}
# What is edited: fields that merge quietly, fields people must decide on, of every kind of value.
EDITS = {
    ("household", "rooms"): lambda n: n,
    ("household", "district"): lambda n: f"حي {n}" if n else None,
    ("household", "annual_rent_halalas"): lambda n: n * 2**40,
    ("household", "head_person_id"): lambda _n: new_id(),
    ("household", "removed_at"): lambda n: MOMENT + dt.timedelta(days=n),
    ("person", "mobile"): lambda n: f"05{n:08d}",
    ("person", "id_seen"): lambda n: bool(n % 2),
    ("person", "id_number"): lambda n: f"1{n:09d}" if n else None,
    ("plan_item", "priority"): lambda n: f"p{n}",
    ("plan_item", "state"): lambda n: ["proposed", "approved", "refused"][n % 3],
    ("plan_item", "decided_on"): lambda n: dt.date(2026, 1, 1) + dt.timedelta(days=n),
}
WHO = st.sampled_from(DEVICES)
SMALL = st.integers(0, 20)


def a_plan_item():
    return PlanItem(
        scope=SCOPE,
        person_id=new_id(),
        committee_code="ryd",
        service_code="s1",
        state="proposed",
        quantity=1,
        amount_halalas=0,
    )


class FiveReplicas(RuleBasedStateMachine):
    """What people, lines and clocks do."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.made: list[tuple[str, object]] = []
        self.waiting = 0

    def teardown(self) -> None:
        try:
            for wall in self.town.walls.values():
                wall.now = self.town.true_time.now
            self.town.come_to_rest()
        finally:
            self.town.close()

    def row(self, session, which: int, entity: str | None = None):
        ids = [(e, i) for e, i in self.made if entity in {None, e}]
        if not ids:
            return None
        found, row_id = ids[which % len(ids)]
        return session.get(MODELS[found], row_id)

    @rule(who=WHO, kind=st.sampled_from([a_household, a_person, a_plan_item]), count=st.integers(1, 3))
    def add(self, who, kind, count):
        with writing(self.town.replicas[who], new_id()) as session:
            rows = [kind() for _ in range(count)]
            session.add_all(rows)
            session.commit()
            self.made += [(row.__tablename__, row.id) for row in rows]

    @precondition(lambda self: self.made)
    @rule(who=WHO, which=SMALL, what=st.sampled_from(sorted(EDITS)), n=SMALL, times=st.integers(1, 2))
    def edit(self, who, which, what, n, times):
        entity, field = what
        with writing(self.town.replicas[who], new_id()) as session:
            row = self.row(session, which, entity)
            for at in range(times if row is not None else 0):
                setattr(row, field, EDITS[what](n + at))
                session.commit()

    @precondition(lambda self: self.made)
    @rule(who=WHO, which=SMALL)
    def edit_what_never_changes(self, who, which):
        with writing(self.town.replicas[who]) as session:
            row = self.row(session, which, "household")
            if row is not None:
                row.file_number = "RYD-999"
                with pytest.raises(FixedField):
                    session.commit()

    @rule(who=WHO, which=SMALL, takes_theirs=st.booleans())
    def decide(self, who, which, takes_theirs):
        with writing(self.town.replicas[who], new_id()) as session:
            open_ones = session.scalars(
                select(Conflict).where(Conflict.scope == SCOPE).order_by(Conflict.id)
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

    @rule(who=WHO, after=st.integers(0, 4), limit=st.integers(1, 5))
    def post(self, who, after, limit):
        """Copies of some unsent changes for everybody; a clock that runs ahead is set right before, by a meeting."""
        replica = self.town.replicas[who]
        table = Outbox.__table__
        with replica.engine.connect() as connection:
            latest = connection.execute(select(func.max(table.c.stamp))).scalar()
        if latest and stamp_milliseconds(latest) > self.town.true_time.now + MAX_AHEAD_MS // 2:
            return
        payload = sealed_unsent(replica, after=after, limit=limit)
        if payload is not None:
            self.town.post(who, payload)

    @rule(who=st.sampled_from((1, *DEVICES)), which=SMALL, keeps=st.booleans())
    def open_letter(self, who, which, keeps):
        letters = self.town.letters[who]
        if letters:
            at = which % len(letters)
            if self.town.open_letter(who, letters[at]) and not keeps:
                del letters[at]
            prove_whole(self.town.replicas[who])

    @rule(who=WHO)
    def meet(self, who):
        self.town.meet(who)
        prove_whole(self.town.replicas[who])

    @rule(who=WHO, calls=st.integers(1, 8))
    def meet_on_a_bad_line(self, who, calls):
        with contextlib.suppress(LineFailed):
            self.town.meet(who, breaks_after=calls)
        prove_whole(self.town.replicas[who])

    @rule(who=st.sampled_from((1, *DEVICES)))
    def restart(self, who):
        self.town.restart(who)

    @rule(who=WHO, jump=st.sampled_from([-YEAR_MS, -60_000, 0, 60_000, YEAR_MS]))
    def set_clock(self, who, jump):
        self.town.walls[who].now = self.town.true_time.now + jump

    @rule(by=st.integers(1, 3_600_000))
    def time_passes(self, by):
        for number, wall in self.town.walls.items():
            if number != 1:
                wall.now += by
        self.town.true_time.now += by


def test_replicas_agree_once_everything_has_arrived():
    run_state_machine_as_test(
        FiveReplicas,
        settings=settings(
            max_examples=share(25, 3_000),
            stateful_step_count=share(30, 80),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
