"""Keys of the decisions of the review desk, from Today to decided, pressed one by one in the real window and counted."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.ui.review.parts import Tab
from tarahum_desktop.ui.review.view import ReviewView
from tarahum_desktop.ui.shell.window import MainWindow


def conflict_by_keys(hands: Hands, window: MainWindow) -> int:
    """From Today: open the desk, keep one's own value of the first conflict."""
    opening = _open_by_key(hands, window, "conflicts")
    return opening + _decided(hands, _view(window), "conflicts", lambda: hands.type("1"))


def conflict_by_clicks(hands: Hands, window: MainWindow) -> int:
    """The same with the mouse: the side bar, then the button beside the value."""
    window.open_screen("today")
    hands.settle()
    _click(hands, _button(window, lambda text: text == window.kit.words.t("To decide")))
    view = _view(window)
    _wait_for(hands, view, "conflicts")
    before = len(view.presenter.items("conflicts"))
    _click(hands, next(press for press in view.conflict.findChildren(QPushButton) if press.isVisible()))
    hands.wait(lambda: len(view.presenter.items("conflicts")) < before, "the conflict was not decided")
    return 2


def duplicate_different(hands: Hands, window: MainWindow) -> int:
    """Say that the first pair are two people."""
    view = _standing_on_pairs(hands, window)
    return _decided(hands, view, "pairs", lambda: hands.type("D"))


def duplicate_same(hands: Hands, window: MainWindow) -> int:
    """Make the first pair one record: the key, then Enter on what the card proposes."""
    view = _standing_on_pairs(hands, window)

    def keys() -> None:
        hands.type("س")  # the key S of an Arabic keyboard
        hands.wait(lambda: view.pair.asking, "the merge is not asked about")
        hands.enter()

    return _decided(hands, view, "pairs", keys)


def duplicate_later(hands: Hands, window: MainWindow) -> int:
    """Put the first pair off."""
    view = _standing_on_pairs(hands, window)
    first, before = view.presenter.pair_line, hands.keys
    hands.type("L")
    hands.wait(lambda: view.presenter.pair_line is not first, "the pair was not put off")
    return hands.keys - before


def _standing_on_pairs(hands: Hands, window: MainWindow) -> ReviewView:
    window.open_screen("review", {"list": "pairs"})
    view = _view(window)
    _wait_for(hands, view, "pairs")
    hands.wait(lambda: view.presenter.pair is not None, "the pair is not shown")
    return view


def _open_by_key(hands: Hands, window: MainWindow, tab: Tab) -> int:
    """Open the desk from Today by its key in the side bar."""
    window.open_screen("today")
    hands.settle()
    number = [spec.id for spec in window.parts.specs if spec.in_navigation].index("review") + 1
    before = hands.keys
    hands.shortcut(f"Alt+{number}")
    _wait_for(hands, _view(window), tab)
    return hands.keys - before


def _decided(hands: Hands, view: ReviewView, tab: Tab, keys: Callable[[], None]) -> int:
    waiting, before = len(view.presenter.items(tab)), hands.keys
    keys()
    used = hands.keys - before
    hands.wait(lambda: len(view.presenter.items(tab)) < waiting, "nothing was decided")
    return used


def _wait_for(hands: Hands, view: ReviewView, tab: Tab) -> None:
    hands.wait(lambda: view.presenter.tab == tab and bool(view.presenter.items(tab)), f"no {tab} wait")
    hands.wait(lambda: hands.focused() is view.tables[tab], "the list has not the keyboard")


def _view(window: MainWindow) -> ReviewView:
    view = window.stack.currentWidget()
    assert isinstance(view, ReviewView)
    return view


def _button(within: QWidget, wanted: Callable[[str], bool]) -> QPushButton:
    return next(press for press in within.findChildren(QPushButton) if wanted(press.accessibleName()))


def _click(hands: Hands, press: QPushButton) -> None:
    QTest.mouseClick(press, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    hands.settle()
