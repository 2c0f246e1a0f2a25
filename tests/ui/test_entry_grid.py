import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.entry_grid import EntryGrid
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridRow
from tests.ui.typing_keys import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """A grid whose owner keeps what is typed; keys go to whatever has the focus in it."""

    def __init__(self, qtbot: QtBot, grid: EntryGrid, rows: int = 2) -> None:
        self.grid, self.keys = grid, 0
        self.rows = {str(at): GridRow(str(at)) for at in range(rows)}
        self.handed: list[str] = []
        self.blocks: list[str] = []
        grid.edited.connect(self.keep)
        grid.finished.connect(self.handed.append)
        grid.block.connect(self.blocks.append)
        grid.set_rows(list(self.rows.values()))
        qtbot.addWidget(grid)
        grid.resize(900, 400)
        grid.show()
        grid.stand("0")

    def keep(self, row_id: str, key: str, text: str) -> None:
        row = self.rows[row_id]
        self.rows[row_id] = GridRow(row_id, {**row.cells, key: text})
        self.grid.show_row(self.rows[row_id])

    def type(self, text: str) -> None:
        for letter in text:
            type_text(self.target(), letter)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.target(), key, modifiers)

    def target(self):
        return self.grid.indexWidget(self.grid.currentIndex()) or self.grid


@pytest.fixture
def typist(qtbot: QtBot, kit: Kit) -> Typist:
    columns = [
        GridColumn("name", "الاسم", 3, rest=lambda typed: "مد" if typed.endswith("مح") else ""),
        GridColumn("shown", "يُعرض", writable=False),
        GridColumn("day", "اليوم", hint="اليوم", by_tab=True),
        GridColumn("status", "الوضع", marks={"1": "in", "١": "in", "2": "out"}),
        GridColumn("number", "الرقم", code=True),
    ]
    return Typist(qtbot, EntryGrid(kit, columns, "جدول"))


def test_enter_goes_to_what_is_needed_and_hands_the_row_over(typist: Typist) -> None:
    typist.type("سعد")
    typist.press(Qt.Key.Key_Return)
    assert typist.grid.standing() == ("0", "status")
    typist.type("١")
    assert typist.grid.standing() == ("0", "number")
    typist.type("45")
    typist.press(Qt.Key.Key_Return)
    assert typist.handed == ["0"]
    assert typist.rows["0"].cells == {"name": "سعد", "status": "in", "number": "45"}


def test_tab_stops_at_every_cell_that_can_be_written_in_and_goes_on_to_the_next_row(typist: Typist) -> None:
    seen = []
    for _ in range(5):
        seen.append(typist.grid.standing())
        typist.press(Qt.Key.Key_Tab)
    assert seen == [("0", "name"), ("0", "day"), ("0", "status"), ("0", "number"), ("1", "name")]
    typist.press(Qt.Key.Key_Backtab)
    typist.press(Qt.Key.Key_Backtab)
    assert typist.grid.standing() == ("0", "number")


def test_an_offered_word_is_taken_by_the_arrow_and_never_by_itself(typist: Typist) -> None:
    typist.type("مح")
    assert typist.rows["0"].cells["name"] == "مح"
    typist.press(Qt.Key.Key_Left)
    assert typist.rows["0"].cells["name"] == "محمد "
    typist.type("مح")
    typist.press(Qt.Key.Key_Return)
    assert typist.rows["0"].cells["name"] == "محمد مح"


def test_erasing_brings_no_offer_back(typist: Typist) -> None:
    typist.type("محب")
    typist.press(Qt.Key.Key_Backspace)
    editor = typist.target()
    assert editor.text() == "مح"


def test_a_cell_filled_by_an_answer_is_passed_by(typist: Typist) -> None:
    typist.grid.stand("0", "name")
    typist.rows["0"] = GridRow("0", {"name": "خالد"})
    typist.grid.show_row(typist.rows["0"])
    assert typist.grid.standing() == ("0", "status")


def test_a_key_that_is_no_mark_changes_nothing_and_backspace_clears(typist: Typist) -> None:
    typist.grid.stand("0", "status")
    typist.type("9")
    assert typist.rows["0"].cells == {}
    typist.type("2")
    typist.grid.stand("0", "status")
    typist.press(Qt.Key.Key_Backspace)
    assert typist.rows["0"].cells["status"] == ""


def test_a_copied_block_is_handed_over_and_one_cell_is_typed(typist: Typist) -> None:
    QApplication.clipboard().setText("1\tأ\n2\tب")
    typist.press(Qt.Key.Key_V, CTRL)
    assert typist.blocks == ["1\tأ\n2\tب"]
    QApplication.clipboard().setText("سعد")
    typist.press(Qt.Key.Key_V, CTRL)
    assert typist.rows["0"].cells["name"] == "سعد"


def test_a_row_that_is_done_takes_no_keys(typist: Typist) -> None:
    typist.grid.show_row(GridRow("0", {"name": "سعد"}, open=False))
    typist.grid.stand("0", "status")
    typist.type("1")
    typist.grid.stand("0", "name")
    typist.type("س")
    assert typist.rows["0"].cells == {}


def test_downwards_marks_go_to_the_next_person(qtbot: QtBot, kit: Kit) -> None:
    columns = [GridColumn("name", "الاسم", writable=False), GridColumn("s", "١", marks={"1": "p", "0": "a"})]
    typist = Typist(qtbot, EntryGrid(kit, columns, "حضور", downwards=True), rows=3)
    typist.type("10")
    typist.press(Qt.Key.Key_Return)
    assert [row.cells.get("s", "") for row in typist.rows.values()] == ["p", "a", ""]
    assert typist.handed == []
