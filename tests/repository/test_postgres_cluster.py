"""The PostgreSQL of a test run: it must be gone afterwards, whatever happened."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from dev import postgres
from dev.machine import debian_postgres

pytestmark = pytest.mark.postgres


def connect(cluster: postgres.Cluster) -> "psycopg.Connection[tuple[int]]":
    return psycopg.connect(cluster.url.replace("+psycopg", ""))


def fail_beside_a_working_cluster(seen: list[postgres.Cluster]) -> None:
    with postgres.temporary_cluster(debian_postgres()) as cluster:
        seen.append(cluster)
        with connect(cluster) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        raise ZeroDivisionError


@pytest.mark.skipif(debian_postgres() is None, reason="this machine has no PostgreSQL of its own")
def test_the_machines_own_programs_serve_and_are_stopped_even_after_a_failure() -> None:
    seen: list[postgres.Cluster] = []
    with pytest.raises(ZeroDivisionError):
        fail_beside_a_working_cluster(seen)
    assert not seen[0].folder.exists()
    with pytest.raises(psycopg.OperationalError):
        connect(seen[0])


@pytest.mark.slow
def test_the_wheel_stands_in_where_the_machine_has_none() -> None:
    with postgres.temporary_cluster(None) as cluster, connect(cluster) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert not cluster.folder.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_runs_the_server_as_an_unprivileged_user() -> None:
    assert postgres.unprivileged_user() in {"postgres", "nobody"}


def test_a_failed_program_says_what_it_said(tmp_path: Path) -> None:
    shutil.copy(shutil.which("false") or "/bin/false", tmp_path / "initdb")
    with pytest.raises(RuntimeError, match="initdb failed"):
        postgres.Cluster(tmp_path, tmp_path, None, 1).create()
