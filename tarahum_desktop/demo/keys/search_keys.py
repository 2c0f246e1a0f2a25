"""Keys of finding and registering, pressed one by one in the real window and counted."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.shell.window import MainWindow
from tarahum_desktop.ui.widgets.choice_field import ChoiceField


def open_from_anywhere(hands: Hands, window: MainWindow, typed: str) -> int:
    """Open a known family by the box of Ctrl+K, from whatever screen is open."""
    return _counted(hands, lambda: _by_box(hands, window, typed), lambda: _shows_family(window))


def open_from_search(hands: Hands, window: MainWindow, typed: str) -> int:
    """Open a known family from the families screen, where the line has the keyboard."""
    window.open_screen("families")
    view = _families(window)
    view.line.clear()
    hands.settle()

    def keys() -> None:
        hands.type(typed)
        hands.wait(
            lambda: view.states.state == "content" and bool(view.table.rows_model.rows), "nobody is found"
        )
        hands.press(Qt.Key.Key_Return)

    return _counted(hands, keys, lambda: _shows_family(window))


def open_kept_list(hands: Hands, window: MainWindow, number: int) -> int:
    """Open one of the person's own lists on the families screen."""
    view = _families(window)
    hands.wait(lambda: len(view.lists.lists) >= number, "no such list is kept")
    return _counted(hands, lambda: hands.shortcut(f"Ctrl+{number}"), lambda: view.lists.current is not None)


def member_row(hands: Hands, window: MainWindow, relation: str, first: str, id_number: str, year: str) -> int:
    """One more member of the family that is being registered: relation, name, number and year of birth.

    ``relation`` is what is typed to reach it in the list: a first letter, twice for the second that begins so.
    """
    view = _families(window)
    before = len(view.panel.members)

    def keys() -> None:
        hands.shortcut("Ctrl+M")
        hands.wait(lambda: len(view.panel.members) == before + 1, "no row for a member")
        entry = view.panel.members[-1]
        for typed in (relation, first, id_number):
            hands.type(typed)
            hands.press(Qt.Key.Key_Tab)
        hands.type(year)
        entry.settle()

    return _counted(hands, keys, lambda: bool(view.panel.members[-1].birth.value()))


def head_of_family(
    hands: Hands, window: MainWindow, names: tuple[str, str, str, str], id_number: str, year: str, mobile: str
) -> int:
    """The head of a new family, from the families screen: names, gender, number, year of birth, mobile."""
    view = _families(window)

    def keys() -> None:
        hands.shortcut("Ctrl+N")
        hands.wait(lambda: bool(view.panel.place.options), "the card offers no place")
        for name in names:
            hands.type(name)
            hands.press(Qt.Key.Key_Return)
        _choose(hands, view.panel.head.gender, 1)
        hands.press(Qt.Key.Key_Return)
        hands.type(id_number)
        hands.press(Qt.Key.Key_Tab)
        hands.type(year)
        hands.press(Qt.Key.Key_Tab)
        hands.type(mobile)

    return _counted(hands, keys, lambda: bool(view.panel.head.mobile.value()))


def register(hands: Hands, window: MainWindow) -> int:
    """Put what is written on record."""
    return _counted(hands, lambda: hands.shortcut("Ctrl+S"), lambda: _shows_family(window))


def _by_box(hands: Hands, window: MainWindow, typed: str) -> None:
    hands.shortcut("Ctrl+K")
    hands.type(typed)
    box = window.box
    hands.wait(lambda: box.list.count() > 0, "nobody is found")
    hands.press(Qt.Key.Key_Return)


def _choose(hands: Hands, field: ChoiceField, number: int) -> None:
    hands.wait(
        lambda: field.focusProxy() is hands.focused() or field.isAncestorOf(hands.focused()),
        "not on the choice",
    )
    hands.type(str(number))


def _counted(hands: Hands, keys: Callable[[], None], until: Callable[[], bool]) -> int:
    before = hands.keys
    keys()
    counted = hands.keys - before
    hands.wait(until, "the keys did not do it")
    return counted


def _shows_family(window: MainWindow) -> bool:
    view = window.stack.currentWidget()
    return isinstance(view, FamilyView) and view.presenter.page is not None


def _families(window: MainWindow) -> FamiliesView:
    view = window.stack.currentWidget()
    assert isinstance(view, FamiliesView)
    return view
