"""What holds for every test: no display, compiled translations, no thread left behind."""

import os
import threading
import time
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = os.environ.get("TARAHUM_TEST_PLATFORM", "offscreen")

THREAD_GRACE_SECONDS = 2.0


@pytest.fixture(scope="session", autouse=True)
def compiled_translations() -> None:
    from tarahum_desktop.i18n.compile import compile_translations

    compile_translations()


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_SECONDS
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = sorted(thread.name for thread in set(threading.enumerate()) - before if thread.is_alive())
    assert not left, f"threads left running: {left}"
