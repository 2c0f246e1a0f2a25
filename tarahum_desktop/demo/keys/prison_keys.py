"""Keys of the prison desk's main flows, pressed one by one in its real widgets and counted."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.ui.prison.arrival_lookups import ID_DIGITS
from tarahum_desktop.ui.prison.view import PrisonView
from tarahum_desktop.ui.widgets.entry_grid_editor import CellEdit


def arrival_of_known(hands: Hands, view: PrisonView, id_number: str) -> int:
    """A row for somebody on record: the number fills the name, one key gives the status."""
    return _arrival(hands, view, id_number, "")


def arrival_of_new(hands: Hands, view: PrisonView, id_number: str, name: str) -> int:
    """A row for somebody new; words that are offered are taken by the arrow."""
    return _arrival(hands, view, id_number, name)


def release_of_first(hands: Hands, view: PrisonView) -> int:
    """Record that the first of the list left today, at the end of the sentence."""
    view.open_section("leaving")
    panel = view.leaving
    hands.wait(lambda: panel.panel.state == "content" and bool(panel.grid.grid.rows), "nobody leaves soon")
    first = panel.grid.grid.rows[0].id
    panel.take_focus()

    def keys() -> None:
        hands.type("1")
        hands.press(Qt.Key.Key_Return)

    return _counted(hands, keys, lambda: not panel.grid.grid.rows[panel.grid.grid.place_of(first)].open)


def attendance_of_all(hands: Hands, view: PrisonView, absent: tuple[int, ...] = ()) -> int:
    """Mark everybody of the open course for the session stood in: one key a person."""
    sheet = view.courses.sheet
    hands.wait(lambda: bool(sheet.grid.rows) and bool(sheet.standing()[1]), "no sheet is open")
    session, people = sheet.standing()[1], len(sheet.grid.rows)

    def keys() -> None:
        for at in range(people):
            hands.type("0" if at in absent else "1")

    return _counted(hands, keys, lambda: all(row.cells.get(session) for row in sheet.grid.rows))


def attendance_but_for(hands: Hands, view: PrisonView, absent: tuple[int, ...]) -> int:
    """Mark those who are absent, then all others as present by one key."""
    sheet = view.courses.sheet
    hands.wait(lambda: bool(sheet.grid.rows) and bool(sheet.standing()[1]), "no sheet is open")
    session = sheet.standing()[1]

    def keys() -> None:
        at = 0
        for place in sorted(absent):
            for _step in range(place - at):
                hands.press(Qt.Key.Key_Down)
            hands.type("0")
            at = place + 1
        view.courses.all_present()  # the window's F4; a screen that stands alone has no shortcuts
        hands.keys += 1

    return _counted(hands, keys, lambda: all(row.cells.get(session) for row in sheet.grid.rows))


def _arrival(hands: Hands, view: PrisonView, id_number: str, name: str) -> int:
    assert len(id_number) == ID_DIGITS
    view.open_section("arrivals")
    panel = view.arrivals
    hands.wait(lambda: panel.panel.state == "content" and bool(panel.grid.standing()[0]), "no row to type in")
    before, row_id = panel.presenter.saved, panel.grid.standing()[0]

    def keys() -> None:
        hands.type(id_number)
        if not name:
            hands.wait(
                lambda: bool(panel.presenter.rows[row_id].cells.get("name")), "the number is not on record"
            )
        hands.press(Qt.Key.Key_Return)
        if name:
            _type_name(hands, panel.grid.indexWidget(panel.grid.currentIndex()), name)
            hands.press(Qt.Key.Key_Return)
        hands.type("1")
        hands.press(Qt.Key.Key_Return)

    return _counted(hands, keys, lambda: panel.presenter.saved == before + 1)


def _type_name(hands: Hands, editor: object, name: str) -> None:
    """Type until the word that is meant is offered, and take it; else type it whole."""
    assert isinstance(editor, CellEdit)
    forward = Qt.Key.Key_Left if editor.isRightToLeft() else Qt.Key.Key_Right
    words = name.split()
    for at, word in enumerate(words):
        wanted = " ".join(words[: at + 1])
        for place, letter in enumerate(word, start=1):
            hands.type(letter)
            if place < len(word) and editor.text() == wanted:
                hands.press(forward)
                break
        else:
            if at + 1 < len(words):
                hands.type(" ")


def _counted(hands: Hands, keys: Callable[[], None], done: Callable[[], bool]) -> int:
    before = hands.keys
    keys()
    used = hands.keys - before
    hands.wait(done, "it was not recorded")
    return used
