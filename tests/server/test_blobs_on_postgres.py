"""Contents of attachments again, with every replica on PostgreSQL; and many callers at the same moment."""

import hashlib
import os
import threading
from collections.abc import Iterator

import pytest

from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.sync.blobs.store import append_bytes
from tests.server.test_story_on_postgres import PostgresWorld
from tests.sync.blobs.conftest import town  # noqa: F401 - the fixture of those sentences
from tests.sync.blobs.test_blobs_moving import (  # noqa: F401 - the same sentences, another database
    test_a_picture_reaches_the_centre_and_every_colleague,
    test_another_office_with_the_same_content_is_told_only_through_its_own_row,
    test_only_what_was_on_the_line_is_sent_again,
    test_the_only_copy_of_a_picture_follows_a_family_that_moved_before_it_was_sent,
)
from tests.sync.blobs.test_blobs_refused import (  # noqa: F401 - as above
    test_a_device_that_sends_more_in_a_day_than_any_office_makes_is_told_to_wait,
    test_originals_of_long_ago_come_only_when_asked_for,
    test_wrong_bytes_are_dropped_and_said_and_the_right_ones_come_after_them,
)
from tests.sync.blobs.town import NOW, Town, content_at
from tests.sync.test_blobs_sweep import (  # noqa: F401 - as above
    replica,
    test_counts_say_what_is_here_what_goes_and_what_comes,
    test_the_centre_keeps_removed_ones_for_a_year_and_unnamed_ones_for_a_month,
    test_the_centre_seals_what_lay_open_once,
)

pytestmark = pytest.mark.postgres


@pytest.fixture
def world(tmp_path, cluster) -> Iterator[PostgresWorld]:
    made = PostgresWorld(tmp_path, cluster=cluster)
    yield made
    for engine in getattr(made, "engines", []):
        engine.dispose()


def test_several_callers_that_bring_the_same_content_at_once_bring_it_whole(
    town: Town,  # noqa: F811 - the fixture that came with the sentences
) -> None:
    content = os.urandom(600_000)
    name = hashlib.sha256(content).digest()
    engine = open_postgres(town.world.urls[1], pool_size=4)  # type: ignore[attr-defined]  # a PostgresWorld
    done: list[bool] = []

    def bring(step: int) -> None:
        at, whole = 0, False
        while not whole:
            with engine.begin() as connection:
                kept = append_bytes(connection, name, len(content), at, content[at : at + step], NOW)
            at, whole = kept.held, kept.whole
        done.append(whole)

    callers = [threading.Thread(target=bring, args=(step,)) for step in (7_001, 30_011, 64_000, 100_003)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    engine.dispose()
    assert done == [True] * 4
    assert content_at(town.centre, name) == content
