"""The year inside a real replica: counted in SQL, and its digest is that of its rows."""

from pathlib import Path

from sqlalchemy import func, select

from tarahum_desktop.models import BatchLog, Delivery, Person, PlanItem, ScopeState, Service, Visit
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.synthetic.load import load_national, load_year
from tarahum_desktop.synthetic.plan import Plan

_WALL_MS = 1_790_000_000_000


def test_a_small_year_goes_into_a_replica_with_log_and_digest(tmp_path: Path, small_year: Plan) -> None:
    engine = open_sqlite(tmp_path / "centre.db")
    upgrade(engine)
    replica = Replica(engine, 1, SigningKey.generate(), lambda: _WALL_MS)
    with BulkWriter(replica, rows_a_batch=500) as writer:
        national = load_national(resource("catalogue"), writer.write)
        loaded = load_year(small_year, writer.write)
    assert writer.written == national.total() + loaded.total()

    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(PlanItem)) == 590
        assert connection.scalar(select(func.count(func.distinct(Delivery.plan_item_id)))) == 590
        served = select(func.count(func.distinct(Person.id_number))).where(
            Person.id.in_(select(Delivery.person_id))
        )
        assert connection.scalar(served) == 400
        assert connection.scalar(select(func.count()).select_from(Service)) == 23
        for table in (Person, Visit, Delivery):
            assert connection.scalar(select(func.count()).select_from(table)) == loaded[table.__tablename__]
        states = connection.execute(select(ScopeState.scope, ScopeState.row_count, ScopeState.digest)).all()
        assert {state.scope for state in states} == {"national", *small_year.committees}
        assert sum(state.row_count for state in states) == writer.written
        assert all(any(state.digest) for state in states)
        assert connection.scalar(select(func.sum(BatchLog.rows))) == writer.written
    engine.dispose()
