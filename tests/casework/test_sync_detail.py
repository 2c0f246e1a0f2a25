"""What the sync centre shows beside the counts, read from a real vault."""

import datetime as dt

from sqlalchemy import insert, update

from tarahum_desktop.casework.exchange_habits import ExchangeHabits, keep_habits
from tarahum_desktop.casework.sync_detail import sync_detail
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.models import HealRecord, HeldBatch, ScopeState, StrangeRow
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.blobs.store import keep_blob
from tests.casework.worlds import SCOPE, Office

HELD = HeldBatch.__table__
HEAL = HealRecord.__table__
STRANGE = StrangeRow.__table__
STATE = ScopeState.__table__


def test_nothing_waits_on_a_quiet_machine(office: Office) -> None:
    found = sync_detail(office.desk("officer"))
    assert (found.strange, found.heals, found.held, found.leaving) == (0, (), (), ())
    assert found.habits == ExchangeHabits()


def test_what_waits_and_what_was_mended_is_read_with_its_reasons(office: Office) -> None:
    desk = office.desk("officer")
    now = desk.now()
    with office.replica.engine.begin() as connection:
        connection.execute(
            insert(HELD).values(
                id=new_id(1), scope=SCOPE, device=77, first_sequence=4, last_sequence=9, reason="schema_newer",
                payload=b"x", held_at=now - dt.timedelta(days=1),
            )
        )  # fmt: skip
        connection.execute(
            insert(HEAL).values(id=new_id(1), scope=SCOPE, at=now, peer=77, found=3, healed=2, detail={})
        )
        connection.execute(
            insert(STRANGE).values(entity="later", id=new_id(1), scope=SCOPE, stamp=bytes(12), author=None)
        )
    found = sync_detail(desk)
    assert [(line.changes, line.reason, line.device) for line in found.held] == [(6, "schema_newer", 77)]
    assert [(line.found, line.healed) for line in found.heals] == [(3, 2)]
    assert found.strange == 1


def test_a_scope_that_goes_says_how_much_keeps_it_here(office: Office) -> None:
    desk = office.desk("officer")
    with office.replica.engine.begin() as connection:
        connection.execute(update(STATE).where(STATE.c.scope == SCOPE).values(mode="leave"))
    lines = sync_detail(desk).leaving
    kept = next(line.kept_here for line in sync_state(desk).scopes if line.scope == SCOPE)
    assert [(line.scope, line.waits) for line in lines] == [(SCOPE, kept)]
    assert kept > 0


def test_files_on_a_line_paid_by_the_byte_stay_where_they_are(office: Office) -> None:
    desk = office.desk("officer")
    with office.replica.engine.begin() as connection:
        keep_blob(connection, b"a picture", desk.now())
    keep_habits(office.replica, ExchangeHabits(metered=True))
    found = sync_detail(desk)
    assert found.habits.metered
    assert (found.files.here.files, found.files.here.bytes) == (1, 9)


def test_changes_that_an_office_has_are_counted_apart(office: Office) -> None:
    desk = office.desk("officer")
    before = sync_state(desk)
    with office.replica.engine.begin() as connection:
        connection.execute(update(STATE).where(STATE.c.scope == SCOPE).values(handed=2))
    after = sync_state(desk)
    assert (before.handed, after.handed) == (0, 2)
    assert after.only_here == before.only_here - 2
    assert after.sent == after.confirmed + 2
    assert after.kept_here == before.kept_here
