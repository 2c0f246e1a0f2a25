"""A centre filled with the invented year: proven by counting, refused where people are, told when something lacks."""

import datetime as dt
import os
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from tarahum_desktop.demo.build import CentreInUse, TotalsDiffer, build_centre, proven_totals
from tarahum_desktop.models import Agreement, Delivery, PlanItem, ScopeState
from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.world import read_world
from tarahum_server.centre import open_centre
from tarahum_server.settings import FILE_NAME, read_settings
from tests.server.conftest import Cluster, cluster

__all__ = ["cluster"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(read_world(resource("catalogue")), 7, Fraction("0.005"), dt.date(2026, 11, 22))


def test_a_built_centre_holds_the_planned_totals_and_its_log_has_every_row(
    tmp_path: Path, plan: Plan
) -> None:
    told: list[str] = []
    built = build_centre(tmp_path, plan, lambda scope, _rows: told.append(scope))
    assert (built.totals.services, built.totals.people) == (295, 200)
    assert sum(built.totals.tracks.values()) == 295
    assert told == list(plan.committees)
    centre = open_centre(read_settings(tmp_path, {}))
    with centre.engine.connect() as connection:
        # One row more than was loaded: the centre's own entry among the devices.
        assert connection.scalar(select(func.sum(ScopeState.row_count))) == built.rows + 1
        latest = connection.scalar(select(func.max(Agreement.last_day)))
    centre.close()
    assert latest is not None
    assert latest > plan.period.ends


def test_a_centre_with_families_is_left_alone(tmp_path: Path, plan: Plan) -> None:
    build_centre(tmp_path, plan, lambda _scope, _rows: None)
    with pytest.raises(CentreInUse):
        build_centre(tmp_path, plan, lambda _scope, _rows: None)


def test_one_missing_service_is_noticed(tmp_path: Path, plan: Plan) -> None:
    build_centre(tmp_path, plan, lambda _scope, _rows: None)
    centre = open_centre(read_settings(tmp_path, {}))
    try:
        with centre.engine.begin() as connection:
            one = select(PlanItem.id).limit(1).scalar_subquery()
            connection.execute(delete(Delivery.__table__).where(Delivery.plan_item_id == one))
        with pytest.raises(TotalsDiffer) as noticed:
            proven_totals(centre, plan)
        assert noticed.value.facts["stored_services"] == 294
    finally:
        centre.close()


@pytest.mark.postgres
def test_the_settings_of_the_centre_choose_its_database(cluster: Cluster, tmp_path: Path, plan: Plan) -> None:
    (tmp_path / FILE_NAME).write_text(f'database = "{cluster.database()}"\n', "utf-8")
    built = build_centre(tmp_path, plan, lambda _scope, _rows: None)
    assert built.totals.people == 200
    assert not (tmp_path / "centre.db").exists()
    assert "TARAHUM_SERVER_DATABASE" not in os.environ
