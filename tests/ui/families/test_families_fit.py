import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.families.spec import spec
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.widgets.page import Page
from tarahum_desktop.ui.worker import Immediate
from tests.ui.families.family_hits import Office


@pytest.mark.parametrize(
    "look",
    [
        Preferences(),
        Preferences(language="en"),
        Preferences(zoom=150),
        Preferences(zoom=200, theme="contrast"),
    ],
    ids=["arabic", "english", "150", "200"],
)
def test_the_search_and_the_card_keep_to_the_page_at_any_zoom(
    look: Preferences, qtbot: QtBot, qapp: QApplication
) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    window = MainWindow(
        WindowParts(
            kit, look, [spec(Office().ports())], Person("نورة"), Immediate, lambda: None, lambda _chosen: None
        )
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open_screen("families")
    view = window.stack.currentWidget()
    assert isinstance(view, FamiliesView)
    view.presenter.search("محمد")
    window.actions_table.run("families.new")
    for _round in range(3):
        qapp.processEvents()
    page = view.findChild(Page)
    assert page is not None
    assert page.horizontalScrollBar().maximum() == 0
    for _stop in range(8):  # Tab from the first name reaches the place, and what has the keyboard is in sight
        reached = QApplication.focusWidget()
        assert reached is not None
        assert not reached.visibleRegion().isEmpty()
        QTest.keyClick(reached, Qt.Key.Key_Tab)
        qapp.processEvents()
