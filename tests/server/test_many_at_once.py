"""Many devices at once on PostgreSQL: threads of two workers, several scopes, newcomers and administrators."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tarahum_server.centre import open_centre
from tarahum_server.people import add_user
from tarahum_server.settings import Settings
from tests.server.centres import SCOPE, assert_same, empty_database, join, listening, make_centre

pytestmark = pytest.mark.postgres


@pytest.fixture
def postgres_centre(cluster, tmp_path):
    made = make_centre(tmp_path / "centre", database=cluster.database())
    assert made.engine.dialect.name == "postgresql"
    yield made
    made.close()


def test_a_device_and_a_centre_on_postgres_agree_and_the_catalogue_comes_along(postgres_centre, tmp_path):
    with listening(postgres_centre) as running:
        a = join(running.address, postgres_centre, tmp_path, "a")
        a.write_homes(50, "A")
        assert a.exchange().proven == {"national", SCOPE}
        assert_same(a, postgres_centre)


def test_devices_newcomers_and_administrators_at_once_lose_nothing(postgres_centre, tmp_path):
    empty_database()
    second = open_centre(
        Settings(folder=postgres_centre.settings.folder, database=postgres_centre.settings.database)
    )
    with listening(postgres_centre) as one, listening(second) as two, ThreadPoolExecutor(6) as pool:
        addresses = (one.address, two.address)
        joining = [pool.submit(join, addresses[n % 2], postgres_centre, tmp_path, f"d{n}") for n in range(4)]
        desktops = [each.result() for each in joining]
        assert sorted(each.replica.device for each in desktops) == [2, 3, 4, 5]
        start = threading.Barrier(5)

        def work(number: int) -> None:
            start.wait()
            for turn in range(3):
                desktops[number].write_homes(30, f"D{number}-{turn}")
                desktops[number].exchange(addresses[(number + turn) % 2])

        def administer() -> None:
            start.wait()
            for number in range(6):
                add_user(postgres_centre, f"user{number}", "اسم", "Name", SCOPE)

        for each in [*(pool.submit(work, number) for number in range(4)), pool.submit(administer)]:
            each.result()
        for desktop in desktops:
            assert desktop.exchange().proven == {"national", SCOPE}
            assert_same(desktop, postgres_centre)
