"""A decision made at one of three machines closes the question at all of them, and never one it had not seen."""

import uuid
from pathlib import Path

import pytest

from tarahum_desktop.casework.conflicts.desk import OpenConflict, count_conflicts, open_conflicts
from tarahum_desktop.casework.conflicts.settle import (
    ConflictChanged,
    ConflictGone,
    settle_conflict,
    take_back_decision,
)
from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import CustodyEpisode, Household, Person, Replicated, RoleGrant, User
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.replica import Replica
from tests.casework.two_offices import PEOPLE
from tests.casework.worlds import SCOPE, STAFF, a_person, add
from tests.sync.worlds import Wall, World, digest_of, send


class ThreeOffices:
    """Three machines of one committee."""

    def __init__(self, folder: Path) -> None:
        self.world, self.wall = World(folder), Wall()
        self.all = tuple(self.world.replica(number, self.wall) for number in (2, 3, 4))
        self.a, self.b, self.c = self.all
        for replica in self.all:
            replica.keeps_history = True  # as desktops do
        for role in PEOPLE:
            user = User(id=STAFF[role], scope="national", login=role, name_ar=role, name_en=role, active=True)
            grant = RoleGrant(scope="national", user_id=STAFF[role], role=role, scope_code=SCOPE)
            add(self.a, user, grant)
        self.meet()

    def desk(self, replica: Replica, role: str = "supervisor") -> Desk:
        return open_desk(replica, STAFF[role])

    def meet(self) -> None:
        for scope in ("national", SCOPE):
            for sender in self.all:
                while payload := send(sender, scope):
                    for receiver in self.all:
                        if receiver is not sender:
                            self.world.receive(receiver, payload)
        self.wall.now += 60_000

    def edit(
        self, replica: Replica, role: str, model: type[Replicated], row_id: uuid.UUID, **values: object
    ) -> None:
        with UnitOfWork(self.desk(replica, role)) as work:
            row = work.session.get(model, row_id)
            for name, value in values.items():
                setattr(row, name, value)
        self.wall.now += 1000

    def in_question(self) -> list[set[object]]:
        """What each machine has to decide, as sets of values."""
        return [
            {one.value for conflict in open_conflicts(self.desk(place)) for one in conflict.sides}
            for place in self.all
        ]

    def agree(self) -> None:
        assert len({digest_of(place) for place in self.all}) == 1


@pytest.fixture
def offices(tmp_path: Path) -> ThreeOffices:
    return ThreeOffices(tmp_path)


@pytest.fixture
def stay(offices: ThreeOffices) -> uuid.UUID:
    prisoner = a_person("خالد", "الحربي", id=new_id(), gender="male")
    home = Household(
        id=new_id(), scope=SCOPE, file_number="RYD-1", committee_code=SCOPE, head_person_id=prisoner.id
    )
    made = CustodyEpisode(id=new_id(), scope=SCOPE, person_id=prisoner.id, status="convicted")
    made_id = made.id
    add(offices.a, prisoner, home, made)
    offices.meet()
    return made_id


def disagree(offices: ThreeOffices, stay: uuid.UUID) -> None:
    offices.edit(offices.a, "supervisor", CustodyEpisode, stay, status="released")
    offices.edit(offices.b, "officer", CustodyEpisode, stay, status="detained")
    offices.meet()


def question(offices: ThreeOffices, replica: Replica) -> OpenConflict:
    [one] = open_conflicts(offices.desk(replica))
    return one


def test_a_decision_at_one_machine_closes_the_question_at_all(offices: ThreeOffices, stay: uuid.UUID) -> None:
    disagree(offices, stay)
    assert offices.in_question() == [{"released", "detained"}] * 3
    settle_conflict(offices.desk(offices.c), question(offices, offices.c), "detained")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    offices.agree()


def test_two_different_decisions_made_apart_are_shown_as_a_new_question(
    offices: ThreeOffices, stay: uuid.UUID
) -> None:
    disagree(offices, stay)
    settle_conflict(offices.desk(offices.a), question(offices, offices.a), "released")
    settle_conflict(offices.desk(offices.b, "office_admin"), question(offices, offices.b), "pardoned")
    offices.meet()
    assert offices.in_question() == [{"released", "pardoned"}] * 3
    one = question(offices, offices.c)
    assert {each.author for each in one.sides} == {STAFF["supervisor"], STAFF["office_admin"]}
    settle_conflict(offices.desk(offices.c), one, "pardoned")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    offices.agree()


def test_equal_decisions_made_apart_ask_nobody_and_do_not_come_back(
    offices: ThreeOffices, stay: uuid.UUID
) -> None:
    disagree(offices, stay)
    for replica, role in ((offices.a, "supervisor"), (offices.b, "office_admin"), (offices.c, "supervisor")):
        settle_conflict(offices.desk(replica, role), question(offices, replica), "released")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    offices.agree()
    # The next edit replaces all three, though it was shown only one value.
    offices.edit(offices.c, "office_admin", CustodyEpisode, stay, status="convicted")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    offices.agree()


def test_three_machines_that_wrote_the_same_ask_nobody_and_the_next_edit_meets_nothing(
    offices: ThreeOffices, stay: uuid.UUID
) -> None:
    for replica, role in zip(offices.all, ("supervisor", "officer", "clerk"), strict=True):
        offices.edit(replica, role, CustodyEpisode, stay, status="released", removed_at=None)
    offices.meet()
    assert offices.in_question() == [set()] * 3
    assert count_conflicts(offices.desk(offices.b)) == 0
    offices.edit(offices.b, "officer", CustodyEpisode, stay, status="detained")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    offices.agree()


def test_a_record_removed_at_two_machines_asks_nobody(offices: ThreeOffices, stay: uuid.UUID) -> None:
    for replica, role in ((offices.a, "supervisor"), (offices.b, "officer")):
        now = offices.desk(replica).now()
        offices.edit(replica, role, CustodyEpisode, stay, removed_at=now)
    offices.meet()
    assert offices.in_question() == [set()] * 3


def test_a_value_that_arrived_after_the_question_was_read_is_not_closed_unseen(
    offices: ThreeOffices, stay: uuid.UUID
) -> None:
    offices.edit(offices.a, "supervisor", CustodyEpisode, stay, status="released")
    offices.edit(offices.b, "officer", CustodyEpisode, stay, status="detained")
    offices.edit(offices.c, "clerk", CustodyEpisode, stay, status="pardoned")
    first, second = send(offices.b, SCOPE), send(offices.c, SCOPE)
    assert first is not None
    assert second is not None
    offices.world.receive(offices.a, first)
    read = question(offices, offices.a)
    offices.world.receive(offices.a, second)
    with pytest.raises(ConflictChanged):
        settle_conflict(offices.desk(offices.a), read, "released")
    assert {one.value for one in question(offices, offices.a).sides} == {"released", "detained", "pardoned"}


def test_a_decision_taken_back_asks_again_everywhere_and_can_be_made_anew(
    offices: ThreeOffices, stay: uuid.UUID
) -> None:
    disagree(offices, stay)
    done = settle_conflict(offices.desk(offices.a), question(offices, offices.a), "released")
    offices.meet()
    undone = take_back_decision(offices.desk(offices.a), done.touched["ruling"])
    assert undone.touched["custody_episode"] == {stay}
    offices.meet()
    assert offices.in_question() == [{"released", "detained"}] * 3
    again = question(offices, offices.b)
    assert {one.author for one in again.sides} == {STAFF["supervisor"], STAFF["officer"]}
    settle_conflict(offices.desk(offices.b), again, "detained")
    offices.meet()
    assert offices.in_question() == [set()] * 3
    with pytest.raises(ConflictGone):
        settle_conflict(offices.desk(offices.b), again, "released")
    with pytest.raises(ConflictGone):
        take_back_decision(offices.desk(offices.a), done.touched["ruling"])
    offices.agree()


def test_a_decision_is_not_taken_back_over_a_newer_edit(offices: ThreeOffices, stay: uuid.UUID) -> None:
    disagree(offices, stay)
    done = settle_conflict(offices.desk(offices.a), question(offices, offices.a), "released")
    offices.meet()
    offices.edit(offices.b, "officer", CustodyEpisode, stay, status="pardoned")
    offices.meet()
    with pytest.raises(ConflictGone):
        take_back_decision(offices.desk(offices.a), done.touched["ruling"])


@pytest.mark.parametrize(
    ("field", "first", "second", "together"),
    [
        ("first_name", "أحمد", "احمد", True),
        ("first_name", "هدى", "هدي", True),
        ("first_name", "سعد", "سعيد", False),
        ("birth", "h1405-03-12", "g1984-12-04", True),
        ("birth", "h1405-03-12", "g1984", False),
        ("nationality", "saudi", "yemeni", False),
        ("id_number", "1900000017", "1900000025", False),
    ],
)
def test_only_another_spelling_or_the_other_calendar_may_be_settled_with_others(
    offices: ThreeOffices, field: str, first: str, second: str, together: bool
) -> None:
    person = a_person("نورة", id=new_id())
    person_id = person.id
    add(offices.a, person)
    offices.meet()
    offices.edit(offices.a, "supervisor", Person, person_id, **{field: first})
    offices.edit(offices.b, "officer", Person, person_id, **{field: second})
    offices.meet()
    assert question(offices, offices.c).harmless is together
