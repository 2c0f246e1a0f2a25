"""A centre's first rows: the same everywhere, brought once, and never over what people changed."""

import uuid

from sqlalchemy import func, select

from tarahum_desktop.models import Committee, FormVersion, Scope, ScopeState, Service
from tarahum_desktop.models.seeds import seed_rows
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.publish import publish
from tarahum_server.centre import Centre
from tarahum_server.seeds import add_missing, seed


def test_a_second_seeding_finds_nothing_to_do(centre: Centre) -> None:
    before = _digest(centre)
    assert seed(centre) == 0
    assert _digest(centre) == before


def test_every_seed_row_is_there_and_travels(centre: Centre) -> None:
    with centre.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Service)) == 23
        assert connection.scalar(select(func.count()).select_from(FormVersion)) >= 1
        kinds = dict(connection.execute(select(Scope.kind, func.count()).group_by(Scope.kind)).all())
    assert kinds["national"] == 1
    assert kinds["committee"] == 15
    assert kinds["team"] > 15


def test_what_people_changed_is_left_alone_and_what_a_newer_program_adds_arrives(centre: Centre) -> None:
    with captured_session(centre.replica, None) as session:
        committee = session.scalars(select(Committee).where(Committee.code == "ryd")).one()
        committee.seat_city_ar = "مدينة أخرى"
        session.flush()
        publish(session.connection(), centre.replica)
        session.commit()
    tables = [(entity, rows) for entity, rows in seed_rows(resource("catalogue")) if entity == "committee"]
    tables[0][1].append({**tables[0][1][0], "id": uuid.UUID(int=7), "code": "new"})
    assert add_missing(centre, tables) == 1
    with centre.engine.connect() as connection:
        cities = dict(connection.execute(select(Committee.code, Committee.seat_city_ar)).all())
    assert cities["ryd"] == "مدينة أخرى"
    assert "new" in cities


def _digest(centre: Centre) -> bytes:
    with centre.engine.connect() as connection:
        found = connection.scalar(select(ScopeState.digest).where(ScopeState.scope == "national"))
    assert found is not None
    return bytes(found)
