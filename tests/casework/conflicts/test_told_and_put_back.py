"""Who wrote a value that was set aside is told of it wherever they sit, and may put it back as an ordinary edit."""

import uuid

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.conflicts.restore import (
    ValueInQuestion,
    ValueStands,
    put_back_edit,
    put_back_lost,
)
from tarahum_desktop.casework.conflicts.rights import may_put_back, may_settle
from tarahum_desktop.casework.conflicts.settle import settle_conflict
from tarahum_desktop.casework.conflicts.told import mark_seen, set_aside_of_mine, settled_conflicts
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.history.field_changes import field_changes
from tarahum_desktop.models import CustodyEpisode, FieldHistory, Household
from tests.casework.conflicts.test_conflicts_desk import a_family, edit, offices
from tests.casework.two_offices import TwoOffices
from tests.casework.worlds import SCOPE, STAFF
from tests.sync.worlds import digest_of

__all__ = ["offices"]


@pytest.fixture
def stay(offices: TwoOffices) -> uuid.UUID:
    """The supervisor at one machine kept their own release day against the officer's at the other, and said why."""
    _, _, stay = a_family(offices)
    edit(offices, offices.a, "supervisor", CustodyEpisode, stay, expected_release="g2027-01-15")
    edit(offices, offices.b, "officer", CustodyEpisode, stay, expected_release="g2027-02-20")
    offices.meet()
    desk = offices.desk(offices.a)
    settle_conflict(desk, open_conflicts(desk)[0], "g2027-01-15", "كما في كتاب السجن")
    offices.meet()
    return stay


def release_of(offices: TwoOffices, stay: uuid.UUID) -> object:
    with Session(offices.a.engine) as session:
        return session.get_one(CustodyEpisode, stay).expected_release


@pytest.mark.usefixtures("stay")
def test_a_notice_tells_both_values_who_decided_and_why(offices: TwoOffices) -> None:
    [told] = set_aside_of_mine(offices.desk(offices.b, "officer"))
    assert (told.lost, told.kept, told.stands, told.reason) == (
        "g2027-02-20",
        "g2027-01-15",
        "g2027-01-15",
        "كما في كتاب السجن",
    )
    assert (told.by_en, told.author, told.mine, told.may_put_back) == (
        "supervisor",
        STAFF["officer"],
        True,
        True,
    )


@pytest.mark.usefixtures("stay")
def test_what_was_seen_is_not_told_again(offices: TwoOffices) -> None:
    officer = offices.desk(offices.b, "officer")
    [told] = set_aside_of_mine(officer)
    mark_seen(officer, [told.id])
    assert set_aside_of_mine(officer) == []
    [line] = settled_conflicts(officer)
    assert (line.id, line.seen) == (told.id, True)
    assert (
        set_aside_of_mine(offices.desk(offices.a, "officer")) != []
    )  # the other machine has not shown it yet


def test_a_machine_without_any_history_tells_and_puts_back_too(offices: TwoOffices, stay: uuid.UUID) -> None:
    with offices.b.engine.begin() as connection:  # as after a snapshot
        connection.execute(FieldHistory.__table__.delete())
    officer = offices.desk(offices.b, "officer")
    [told] = set_aside_of_mine(officer)
    put_back_lost(officer, told.id)
    offices.meet()
    assert release_of(offices, stay) == "g2027-02-20"
    assert set_aside_of_mine(officer)[0].back


@pytest.mark.usefixtures("stay")
def test_putting_back_is_an_edit_with_its_author_and_keeps_the_history(offices: TwoOffices) -> None:
    officer = offices.desk(offices.b, "officer")
    put_back_lost(officer, set_aside_of_mine(officer)[0].id)
    offices.meet()
    desk = offices.desk(offices.a)
    assert open_conflicts(desk) == []
    with desk.reading() as connection:
        home = connection.scalar(Household.__table__.select().with_only_columns(Household.__table__.c.id))
    assert home is not None
    past = [one for one in field_changes(desk, home).changes if one.field == "expected_release"]
    assert [one.after for one in past] == ["g2027-02-20", "g2027-01-15", "g2027-02-20", "g2027-01-15"]
    assert [one.by_en for one in past] == ["officer", "supervisor", "officer", "supervisor"]
    assert digest_of(offices.a) == digest_of(offices.b)
    with pytest.raises(ValueStands):
        put_back_lost(officer, set_aside_of_mine(officer)[0].id)


def test_any_edit_of_the_history_can_be_put_back(offices: TwoOffices, stay: uuid.UUID) -> None:
    desk = offices.desk(offices.a)
    with desk.reading() as connection:
        history = FieldHistory.__table__
        stamp = connection.scalar(
            history.select().with_only_columns(history.c.stamp).where(history.c.field == "expected_release").order_by(
                history.c.stamp.desc()
            ).offset(1)
        )  # fmt: skip
    assert stamp is not None
    put_back_edit(desk, stay, "expected_release", stamp)
    assert release_of(offices, stay) == "g2027-02-20"


def test_nothing_is_put_back_over_an_open_question_or_without_the_right(
    offices: TwoOffices, stay: uuid.UUID
) -> None:
    [told] = set_aside_of_mine(offices.desk(offices.b, "officer"))
    edit(offices, offices.a, "supervisor", CustodyEpisode, stay, expected_release="g2028-01-01")
    edit(offices, offices.b, "clerk", CustodyEpisode, stay, expected_release="g2029-01-01")
    offices.meet()
    with pytest.raises(ValueInQuestion):
        put_back_lost(offices.desk(offices.b, "officer"), told.id)
    with pytest.raises(NotAllowed):
        put_back_lost(offices.desk(offices.b, "stranger"), told.id)


def test_decisions_of_state_money_and_approval_are_put_back_only_by_who_settles(offices: TwoOffices) -> None:
    officer, supervisor = offices.desk(offices.a, "officer"), offices.desk(offices.a)
    for entity, field in (("case_file", "state"), ("plan_item", "amount_halalas"), ("person", "merged_into")):
        assert not may_put_back(officer, entity, field, SCOPE)
        assert may_put_back(supervisor, entity, field, SCOPE)
    assert may_put_back(officer, "person", "first_name", SCOPE)


def test_who_settles_needs_what_the_centre_asks_for_the_table(offices: TwoOffices) -> None:
    supervisor, admin = offices.desk(offices.a), offices.desk(offices.a, "office_admin")
    assert (may_settle(supervisor, "payment", SCOPE), may_settle(admin, "payment", SCOPE)) == (False, True)
    assert (may_settle(supervisor, "person", SCOPE), may_settle(admin, "person", SCOPE)) == (True, True)
    assert not may_settle(admin, "user_account", "national")


def test_the_settled_list_shows_who_settles_everything_and_others_only_their_own(
    offices: TwoOffices, stay: uuid.UUID
) -> None:
    assert [one.row_id for one in settled_conflicts(offices.desk(offices.a))] == [stay]
    assert [one.row_id for one in settled_conflicts(offices.desk(offices.a, "office_admin"))] == [stay]
    assert settled_conflicts(offices.desk(offices.a, "clerk")) == []
