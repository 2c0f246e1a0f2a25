"""Families that go back and forth while people work on them: in whatever order all meet, nothing is lost or doubled."""

import contextlib
import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Addendum, Household, PlanItem, Relocation, Visit
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.receive import Gate, receive_batch
from tests.convergence.profiles import share
from tests.sync.moving_world import NEW, OLD, WHO, Region, a_plan_item, a_visit
from tests.sync.worlds import sealed_unsent, writing

HOLDS = {2: (OLD,), 3: (NEW,), 4: (OLD,), 5: (NEW,), 6: (OLD, NEW)}
OFFICE = {OLD: 2, NEW: 3}


class Story:
    """One made-up course of events; what was written is remembered, to be looked for at the end."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.folder = tempfile.TemporaryDirectory(prefix="tarahum-moving-")
        self.region = Region(Path(self.folder.name))
        for number, scopes in HOLDS.items():
            self.region.join(number, *scopes)
        self.family = self.region.family(2)
        self.items = [a_plan_item(self.family) for _ in range(30)]
        self.region.add(2, *self.items)
        self.untouched = [item.id for item in self.items]
        self.edited: dict[object, str] = {}
        self.visits: list[str] = []
        self.letters: list[tuple[int, bytes]] = []
        self.region.come_to_rest()

    def run(self, steps: int) -> None:
        acts = [
            self.visit,
            self.edit,
            self.edit,
            self.meet,
            self.meet,
            self.break_off,
            self.offer,
            self.answer,
        ]
        for _ in range(steps):
            self.draw.choice([*acts, self.post, self.open_letter])()
        self.region.come_to_rest()

    def device(self) -> int:
        return self.draw.choice(list(HOLDS))

    def home_scope(self, number: int) -> str | None:
        with Session(self.region.devices[number].engine) as session:
            home = session.get(Household, self.family.home)
            return home.scope if home else None

    def visit(self) -> None:
        number = self.device()
        scope = self.home_scope(number)
        if scope is not None:
            receipt = f"R-{len(self.visits)}"
            self.region.add(number, a_visit(self.family, scope, receipt), author=scope)
            self.visits.append(receipt)

    def edit(self) -> None:
        number = self.device()
        scope = self.home_scope(number)
        if scope is None or not self.untouched:
            return
        with writing(self.region.devices[number], WHO[scope]) as session:
            item = session.get(PlanItem, self.untouched[-1])
            if item is not None:
                item.priority = f"by {number}"
                session.commit()
                self.edited[self.untouched.pop()] = item.priority

    def meet(self) -> None:
        self.region.meet(self.device())

    def break_off(self) -> None:
        with contextlib.suppress(LineFailed):
            self.region.meet(self.device(), breaks_after=self.draw.randint(1, 9))

    def offer(self) -> None:
        scope = self.draw.choice([OLD, NEW])
        if self.home_scope(OFFICE[scope]) == scope:
            self.region.offer(OFFICE[scope], self.family.home, scope, NEW if scope == OLD else OLD)

    def answer(self) -> None:
        number = self.draw.choice([2, 3])
        with Session(self.region.devices[number].engine) as session:
            query = select(Relocation.offer_id).where(
                Relocation.offer_id.is_not(None), Relocation.state == "offered"
            )
            open_ones = session.scalars(query).all()
        if open_ones:
            verdict = "refused" if self.draw.random() < 0.2 else "accepted"
            self.region.answer(number, self.draw.choice(open_ones), verdict)

    def post(self) -> None:
        number = self.device()
        payload = sealed_unsent(self.region.devices[number], self.draw.choice(HOLDS[number]))
        if payload is not None:
            self.letters.append((number, payload))

    def open_letter(self) -> None:
        """A batch that came from one laptop to another without the centre."""
        number = self.device()
        fitting = [(sender, payload) for sender, payload in self.letters if sender != number]
        if not fitting:
            return
        replica = self.region.devices[number]
        gate = Gate(lambda _connection, device: self.region.world.keys[device], self._of_my_scopes(number))
        with contextlib.suppress(SyncError), replica.engine.begin() as connection:
            receive_batch(connection, replica, self.draw.choice(fitting)[1], gate)

    def _of_my_scopes(self, number: int):
        def check(_connection, batch):
            if batch.header.scope not in HOLDS[number]:
                raise SyncError("scope_denied")

        return check

    def prove(self) -> None:
        with Session(self.region.centre.engine) as session:
            visits = Counter(session.scalars(select(Visit.receipt_number)))
            taken = {item.id: item.priority for item in session.scalars(select(PlanItem)) if item.priority}
            told = [
                (row.row_id, row.changes["priority"]["after"]) for row in session.scalars(select(Addendum))
            ]
            home = session.get_one(Household, self.family.home)
            assert {visit.scope for visit in session.scalars(select(Visit))} <= {home.scope}
            assert {item.scope for item in session.scalars(select(PlanItem))} == {home.scope}
        assert visits == Counter(self.visits)
        assert Counter([*taken.items(), *told]) == Counter(self.edited.items())

    def close(self) -> None:
        self.region.close()
        self.folder.cleanup()


@pytest.mark.parametrize("seed", range(share(6, 400)))
def test_whatever_the_order_every_visit_and_every_edit_is_somewhere_once(seed):
    story = Story(seed)
    try:
        story.run(share(40, 120))
        story.prove()
    finally:
        story.close()
