"""What stays is left out of the sweeps, and nothing is left out for good."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tarahum_desktop.bootstrap.sweeping import spare_anew, spare_what_stays, sweep_everything_again


class Ring:
    """Something that holds itself, and so goes in a sweep only."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_stays_is_not_swept_and_what_comes_later_is() -> None:
    before = weakref.ref(Ring())
    spare_what_stays()
    after = weakref.ref(Ring())
    gc.collect()
    assert before() is not None
    assert after() is None


@pytest.mark.parametrize("let_go", [spare_anew, sweep_everything_again])
def test_what_was_spared_can_go_once_the_window_goes(let_go: object) -> None:
    gone = weakref.ref(Ring())
    spare_what_stays()
    assert callable(let_go)
    let_go()
    gc.collect()
    assert gone() is None
