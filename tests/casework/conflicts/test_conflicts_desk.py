"""Two people edit one field without a line; a third sees both values, decides, and the one set aside is told."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.conflicts.desk import count_conflicts, open_conflicts
from tarahum_desktop.casework.conflicts.settle import (
    ConflictGone,
    ValueUnfit,
    settle_conflict,
    settle_harmless,
)
from tarahum_desktop.casework.conflicts.told import set_aside_of_mine
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.person_facts import birth_values
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import CustodyEpisode, Household, Membership, Person, Replicated
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.replica import Replica
from tests.casework.two_offices import TwoOffices, two_offices
from tests.casework.worlds import SCOPE, STAFF, a_person, add
from tests.sync.worlds import digest_of


@pytest.fixture
def offices(tmp_path: Path) -> TwoOffices:
    return two_offices(tmp_path)


def a_family(offices: TwoOffices) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    prisoner = a_person("خالد", "الحربي", id=new_id(), gender="male", id_number="1900000017")
    home = Household(
        id=new_id(),
        scope=SCOPE,
        file_number="RYD-2026-2-00001",
        committee_code=SCOPE,
        head_person_id=prisoner.id,
    )
    stay = CustodyEpisode(
        id=new_id(), scope=SCOPE, person_id=prisoner.id, status="convicted", expected_release="g2026-12-01"
    )
    member = Membership(
        scope=SCOPE, household_id=home.id, person_id=prisoner.id, relation="self", resident=False
    )
    add(offices.a, prisoner, home, stay, member)
    offices.meet()
    return prisoner.id, home.id, stay.id


def edit(
    offices: TwoOffices,
    replica: Replica,
    role: str,
    model: type[Replicated],
    row_id: uuid.UUID,
    **values: object,
) -> None:
    with UnitOfWork(offices.desk(replica, role)) as work:
        row = work.session.get(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
    offices.wall.now += 1000


def a_conflict(offices: TwoOffices) -> uuid.UUID:
    _, _, stay = a_family(offices)
    edit(offices, offices.a, "supervisor", CustodyEpisode, stay, expected_release="g2027-01-15")
    edit(offices, offices.b, "officer", CustodyEpisode, stay, expected_release="h1448-08")
    offices.meet()
    return stay


def test_a_conflict_tells_what_each_saw_wrote_and_when(offices: TwoOffices) -> None:
    stay = a_conflict(offices)
    [one] = open_conflicts(offices.desk(offices.a))
    assert (one.entity, one.row_id, one.field) == ("custody_episode", stay, "expected_release")
    assert (one.base, one.mine.value, [each.value for each in one.theirs]) == (
        "g2026-12-01",
        "g2027-01-15",
        ["h1448-08"],
    )
    assert (one.mine.author, one.theirs[0].author) == (STAFF["supervisor"], STAFF["officer"])
    assert (one.theirs[0].by_ar, one.theirs[0].by_en) == ("موظف officer", "officer")
    assert one.theirs[0].at - one.mine.at == dt.timedelta(seconds=1)
    assert (one.about.name, one.about.file_number) == ("خالد بن سعد الحربي", "RYD-2026-2-00001")
    assert one.shown == one.theirs[0].stamp
    [other] = open_conflicts(offices.desk(offices.b, "office_admin"))
    assert (other.mine.value, other.key) == ("h1448-08", one.key)
    assert (
        count_conflicts(offices.desk(offices.a)),
        count_conflicts(offices.desk(offices.a, "officer")),
    ) == (1, 0)


@pytest.mark.parametrize("value", ["g2027-01-15", "h1448-08", "g2028"])
def test_a_decision_travels_and_closes_the_conflict_everywhere(offices: TwoOffices, value: str) -> None:
    stay = a_conflict(offices)
    desk = offices.desk(offices.a, "office_admin")
    settle_conflict(desk, open_conflicts(desk)[0], value)
    assert open_conflicts(desk) == []
    offices.meet()
    assert open_conflicts(offices.desk(offices.b)) == []
    assert digest_of(offices.a) == digest_of(offices.b)
    with Session(offices.b.engine) as session:
        assert session.get_one(CustodyEpisode, stay).expected_release == value


def test_who_was_set_aside_is_told_on_their_own_machine(offices: TwoOffices) -> None:
    stay = a_conflict(offices)
    desk = offices.desk(offices.a)
    settle_conflict(desk, open_conflicts(desk)[0], "g2027-01-15")
    offices.meet()
    [told] = set_aside_of_mine(offices.desk(offices.b, "officer"))
    assert (told.entity, told.row_id, told.field, told.by_en) == (
        "custody_episode",
        stay,
        "expected_release",
        "supervisor",
    )
    assert told.about.file_number == "RYD-2026-2-00001"
    assert (told.lost, told.kept, told.author) == ("h1448-08", "g2027-01-15", STAFF["officer"])
    assert set_aside_of_mine(desk) == []
    offices.wall.now += 90 * 86_400_000  # a season without a line: still told
    assert set_aside_of_mine(offices.desk(offices.b, "officer")) == [told]
    offices.wall.now += 91 * 86_400_000
    assert set_aside_of_mine(offices.desk(offices.b, "officer")) == []


def test_only_who_may_settles_and_only_what_is_open_and_fits(offices: TwoOffices) -> None:
    a_conflict(offices)
    desk = offices.desk(offices.a)
    [one] = open_conflicts(desk)
    with pytest.raises(NotAllowed):
        settle_conflict(offices.desk(offices.a, "clerk"), one, "g2028")
    with pytest.raises(ValueUnfit):
        settle_conflict(desk, one, 5)
    assert count_conflicts(desk) == 1
    settle_conflict(desk, one, "g2028")
    with pytest.raises(ConflictGone):
        settle_conflict(desk, one, "g2029")


def test_both_offices_may_decide_alike_and_nothing_is_left_open(offices: TwoOffices) -> None:
    a_conflict(offices)
    for replica in (offices.a, offices.b):
        desk = offices.desk(replica, "office_admin")
        settle_conflict(desk, open_conflicts(desk)[0], "g2028")
    offices.meet()
    for replica in (offices.a, offices.b):
        assert open_conflicts(offices.desk(replica)) == []
        assert count_conflicts(offices.desk(replica)) == 0
    assert digest_of(offices.a) == digest_of(offices.b)


def test_harmless_fields_are_settled_in_one_go_and_others_are_not(offices: TwoOffices) -> None:
    person, _, stay = a_family(offices)
    for replica, role, last in ((offices.a, "supervisor", 1), (offices.b, "officer", 2)):
        edit(offices, replica, role, CustodyEpisode, stay, expected_release_day=dt.date(2027, 1, last))
        edit(offices, replica, role, Person, person, id_number=f"190000002{last}")
    offices.meet()
    desk = offices.desk(offices.a)
    settle_harmless(desk, open_conflicts(desk))
    assert [one.field for one in open_conflicts(desk)] == ["id_number"]
    with Session(offices.a.engine) as session:
        assert session.get_one(CustodyEpisode, stay).expected_release_day == dt.date(2027, 1, 2)


def test_who_decides_on_a_date_decides_on_its_days(offices: TwoOffices) -> None:
    person, _, _ = a_family(offices)
    for replica, role, code in ((offices.a, "supervisor", "h1405-03-12"), (offices.b, "officer", "g1985")):
        edit(offices, replica, role, Person, person, **birth_values(code))
    offices.meet()
    desk = offices.desk(offices.a)
    [one] = open_conflicts(desk)
    assert (one.field, one.harmless) == ("birth", False)
    settle_conflict(desk, one, "h1405-03-12")
    offices.meet()
    assert open_conflicts(offices.desk(offices.b)) == []
    with Session(offices.b.engine) as session:
        row = session.get_one(Person, person)
        assert (row.birth, row.birth_first, row.birth_last) == (
            "h1405-03-12",
            dt.date(1984, 12, 4),
            dt.date(1984, 12, 4),
        )


def test_people_in_question_are_named(offices: TwoOffices) -> None:
    person, home, _ = a_family(offices)
    other = a_person("نورة", id=new_id())
    add(offices.a, other)
    offices.meet()
    edit(offices, offices.a, "supervisor", Household, home, head_person_id=other.id)
    edit(offices, offices.b, "officer", Household, home, head_person_id=None)
    offices.meet()
    [one] = open_conflicts(offices.desk(offices.a))
    assert set(one.named) == {person, other.id}
    assert one.about.file_number == "RYD-2026-2-00001"
