"""Words of the sync centre fit, in both languages and at every zoom, while an exchange runs too."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.sync_state import SyncState
from tarahum_desktop.sync.pouch.errors import StickReadOnly
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.sync_centre.pouch_world import CAME, EMPTY_DRIVE, OFFICE, STICK, as_line
from tests.ui.sync_centre.sync_world import NEW_MACHINE, STATE, World
from tests.ui.sync_centre.test_sections import BUSY, LAPTOP
from tests.ui.test_nothing_clipped import LOOKS, clipped

WARNED = replace(STATE, held_batches=2, open_conflicts=3)


@pytest.mark.parametrize("state", [WARNED, NEW_MACHINE], ids=["warned", "new"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("running", [False, True], ids=["idle", "running"])
def test_no_words_are_clipped(
    qtbot: QtBot, qapp: QApplication, look: Preferences, state: SyncState, *, running: bool
) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    world = World(kit, state)
    qtbot.addWidget(world.view)
    world.view.resize(1150, 700)
    world.view.open_with({})
    if running:
        world.view.presenter.exchange()
    world.view.show()
    qtbot.waitUntil(lambda: cut(world) == [])


def cut(world: World) -> list[str]:
    """The words that do not fit."""
    visible = [widget for widget in world.view.findChildren(QWidget) if widget.isVisible()]
    return [getattr(widget, "text", str)() for widget in visible if clipped(widget)]


def _after_reading(world: World) -> None:
    world.pouches.rights, world.pouches.sticks = OFFICE, (replace(STICK, waiting=3),)
    world.pouches.summaries = (
        replace(CAME, held=2, conflicts=1, missing=(1,)),
        replace(CAME, state="refused", code="pouch_tampered"),
    )
    world.pouches.lines = tuple(
        as_line(at, state) for at, state in enumerate(("written", "expired", "carried"))
    )
    world.view.open_with({"section": "pouch"})
    world.view.pouch.reading.read.click()


def _after_writing(world: World) -> None:
    world.view.open_with({"section": "pouch"})
    world.view.pouch.writing.write.click()


def _strange_stick(world: World) -> None:
    world.pouches.rights, world.pouches.sticks = OFFICE, (EMPTY_DRIVE,)
    world.view.open_with({"section": "pouch"})


def _refused(world: World) -> None:
    world.pouches.failing = StickReadOnly()
    _after_writing(world)


def _no_stick(world: World) -> None:
    world.pouches.sticks, world.pouches.lines = (), ()
    world.view.open_with({"section": "pouch"})


def _machines(world: World) -> None:
    world.machines = (LAPTOP, replace(LAPTOP, number=2, seen_at=None, holds=()))
    world.view.open_with({"section": "machines"})


def _no_machines(world: World) -> None:
    world.view.open_with({"section": "machines"})


def _everything_waits(world: World) -> None:
    world.detail = BUSY
    world.view.open_with({})
    world.view.card.check.click()


def _past(world: World) -> None:
    world.detail = BUSY
    world.view.open_with({"section": "history"})


@pytest.mark.parametrize(
    "come_to",
    [
        _after_reading, _after_writing, _strange_stick, _refused, _no_stick, _machines, _no_machines,
        _everything_waits, _past,
    ],
    ids=lambda come_to: come_to.__name__.strip("_"),
)  # fmt: skip
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_of_a_section_are_clipped(
    qtbot: QtBot, qapp: QApplication, look: Preferences, come_to: Callable[[World], None]
) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    world = World(kit)
    qtbot.addWidget(world.view)
    world.view.resize(1150, 700)
    world.view.show()
    come_to(world)
    qtbot.waitUntil(lambda: cut(world) == [])  # heights go up through the layouts one by one
