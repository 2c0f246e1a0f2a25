"""The import screen over a real vault, its real use cases and its real wiring."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.bootstrap.wiring import imports as wiring
from tarahum_desktop.casework.imports.saving import begin_import, go_on, waiting_import
from tarahum_desktop.models import Household, Person
from tarahum_desktop.reports.sheets.read import read_sheet
from tarahum_desktop.ui.imports.view import ImportView
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.shell.settings import kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Immediate
from tests.casework.conftest import furnished, office  # noqa: F401 - fixtures are found by their names here
from tests.casework.imports.sheets import FAMILY, checked, csv
from tests.casework.imports.test_importing import numbered, rows_of
from tests.casework.worlds import SCOPE, STAFF
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.typing_keys import press


class Held:
    """A worker that carries out one errand each time it is let."""

    def __init__(self) -> None:
        self.errands: list = []

    def command(self, work, done, failed) -> None:
        self.errands.append((work, done, failed))

    def query(self, work, done, failed, *, replaces="") -> None:
        del replaces
        Immediate().command(work, done, failed)

    def step(self) -> None:
        Immediate().command(*self.errands.pop(0))

    def close(self) -> None:
        self.errands.clear()


class Screen:
    """The screen, what it said, and the folder with files."""

    def __init__(self, kit, at_office, role: str, folder: Path, background=None) -> None:
        self.office, self.said, self.folder = at_office, [], folder
        desk = at_office.desk(role)
        self.desk = type(desk)(
            desk.replica, type(desk.user)(STAFF[role], role, committee_code=SCOPE), desk.grants
        )
        (spec,) = wiring.screens(SimpleNamespace(desk=self.desk), kit)
        context = ScreenContext(
            kit, background or Immediate(), lambda *_a: None, lambda: None,
            lambda sentence, *_rest: self.said.append(sentence), lambda _kinds: None,
        )  # fmt: skip
        view = spec.build(context)
        assert isinstance(view, ImportView)
        self.view = view
        self.view.resize(1150, 710)
        self.view.show()
        self.view.open_with({})
        QApplication.processEvents()

    def choose(self, rows, monkeypatch) -> None:
        path = self.folder / "register.csv"
        path.write_bytes(csv(rows))
        monkeypatch.setattr(wiring.QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
        monkeypatch.setattr(
            wiring.QFileDialog, "getSaveFileName", lambda *_a: (str(self.folder / "errors.xlsx"), "")
        )
        self.view.presenter.choose()

    def run(self, action: str) -> None:
        (found,) = (one for one in self.view.screen_actions() if one.id == action)
        assert found.enabled()
        found.run()


@pytest.fixture
def screen(kit, office, tmp_path, qtbot):  # noqa: F811 - the fixture above
    def make(role: str = "office_admin", dressed=kit, background=None) -> Screen:
        made = Screen(dressed, office, role, tmp_path, background)
        qtbot.addWidget(made.view)
        return made

    make.office = office
    return make


BAD = ("35", "ماجد سالم علي الشهري", "رب الأسرة", "", "31/2/1400", "", "")


def test_a_register_is_imported_with_four_decisions(screen, monkeypatch):
    made = screen()
    assert made.view.stack.count() == 1  # what comes after choosing is built when it is reached
    made.choose(FAMILY, monkeypatch)
    assert made.view.stack.currentWidget() is made.view.columns
    made.run("imports.go")  # Ctrl+S: the columns are right as guessed
    assert made.view.stack.currentWidget() is made.view.check
    made.run("imports.go")  # Ctrl+S: save
    assert made.view.stack.currentWidget() is made.view.start
    assert len(made.said) == 1
    assert len(rows_of(made.office, Household)) == 2


def test_what_is_not_ready_is_shown_first_with_its_reason(screen, monkeypatch):
    made = screen()
    made.choose([*FAMILY, BAD], monkeypatch)
    made.view.columns.reason.set_value("lost")
    made.run("imports.go")
    (row,) = made.view.check.table.rows_model.rows
    assert row.row.number == 5
    assert "تاريخ الميلاد" in made.view.check.notes.text()
    assert made.view.check.save_button.isEnabled()
    made.view.check.whole.set_value(True)
    made.view.check.whole.changed.emit()
    assert not made.view.check.save_button.isEnabled()
    made.run("imports.sheet")
    assert read_sheet(made.folder / "errors.xlsx").rows[4].cells[1] == BAD[1]
    made.view.check.filter.set_value("all")
    made.view.check.filter.changed.emit()
    assert len(made.view.check.table.rows_model.rows) == 4


def test_a_row_held_back_is_saved_once_somebody_compared_it(screen, monkeypatch):
    made = screen()
    twin = ("35", "ماجد سالم علي الشهري", "رب الأسرة", "", "5/6/1400", "0551112222", "")
    made.choose([FAMILY[0], twin, ("36", *twin[1:])], monkeypatch)
    made.view.columns.reason.set_value("lost")
    made.run("imports.go")
    assert made.view.check.accept_button.isVisible()
    made.run("imports.accept")  # Ctrl+Enter
    assert made.view.check.accept_button.isHidden()
    made.run("imports.go")
    assert len(rows_of(made.office, Household)) == 3


def test_a_column_matched_by_hand_leaves_the_one_it_was_matched_to_before(screen, monkeypatch):
    made = screen()
    made.choose(FAMILY, monkeypatch)
    columns = made.view.columns
    columns.fields[6].choose("birth")
    columns.fields[6].activated.emit(columns.fields[6].currentIndex())
    assert columns.fields[4].currentData() == ""
    columns.fields[0].choose("")
    columns.fields[0].activated.emit(0)
    assert columns.layout_field.value() == "by_order"  # without a key, members follow their head


def test_a_file_that_is_no_sheet_is_refused_in_words_and_the_beginning_stays(screen, monkeypatch):
    made = screen()
    path = made.folder / "scan.pdf"
    path.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(wiring.QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    made.view.presenter.choose()
    assert made.view.banner.isVisible()
    assert made.view.stack.currentWidget() is made.view.start


def test_progress_is_shown_and_a_cancelled_import_keeps_and_lists_what_was_saved(screen, monkeypatch):
    held = Held()
    made = screen(background=held)
    made.choose(numbered(400), monkeypatch)
    held.step()  # read
    made.view.columns.reason.set_value("lost")
    made.run("imports.go")
    while made.view.stack.currentWidget() is made.view.work:
        held.step()
    made.view.check.hold.set_value(False)
    made.view.presenter.check_again(hold_doubtful=False)
    while made.view.stack.currentWidget() is made.view.work:
        held.step()
    made.run("imports.go")
    for _ in range(2):  # begun, and a portion saved
        held.step()
    assert made.view.work.bar.maximum() == 400
    assert 0 < made.view.work.bar.value() < 300
    made.view.work.cancel.click()
    while held.errands:
        held.step()
    (line,) = made.view.start.table.rows_model.rows
    assert 0 < line.accepted < 400
    assert made.view.start.can_undo()


def test_an_import_cut_short_is_offered_to_be_continued(screen):
    desk = screen.office.desk("office_admin")
    begin_import(desk, checked(desk, numbered(400), hold=False))
    next(go_on(desk))
    made = screen()
    assert made.view.start.waiting.isVisible()
    assert not made.view.start.choose.isEnabled()
    made.view.presenter.go_on()
    assert waiting_import(desk) is None
    assert not made.view.start.waiting.isVisible()


def test_undoing_asks_once_and_lists_the_families_that_stay(screen, monkeypatch):
    made = screen()
    made.choose(FAMILY, monkeypatch)
    made.run("imports.go")
    made.run("imports.go")
    head = next(one for one in rows_of(made.office, Person) if one.first_name == "سعيد")
    from tarahum_desktop.casework.unit_of_work import UnitOfWork

    with UnitOfWork(made.office.desk()) as work:
        work.session.get_one(Person, head.id).mobile = "+966500000000"
    made.run("imports.undo")
    assert made.view.start._confirm.isVisible()
    made.view.start._undo()
    assert made.view.start.kept.isVisible()
    assert made.view.banner.isVisible()
    assert len(made.view.start._kept_table.rows_model.rows) == 1


def test_who_may_not_import_has_no_such_desk(screen):
    made = screen("officer")
    assert not made.view.start.choose.isEnabled()
    assert made.view.start.states.state == "empty"


def test_tab_and_arrows_reach_every_column(screen, monkeypatch):
    made = screen()
    made.choose(FAMILY, monkeypatch)
    box = made.view.columns.fields[0]
    before = box.currentIndex()
    press(box, Qt.Key.Key_Down)
    assert box.currentIndex() == before + 1


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("panel", ["start", "columns", "check", "work"])
def test_no_words_are_cut_at_any_zoom(screen, monkeypatch, look, panel, qapp):
    dressed = kit_for(look)
    apply_look(qapp, dressed.look)
    made = screen(dressed=dressed)
    if panel != "start":
        made.choose([*FAMILY, BAD], monkeypatch)
    if panel in {"check", "work"}:
        made.view.columns.reason.set_value("lost")
        made.run("imports.go")
    if panel == "work":
        made.view.show_work(None, None)
    for _ in range(3):
        QApplication.processEvents()
    assert made.view.stack.currentWidget() is getattr(made.view, panel)
    cut = [
        (type(one).__name__, getattr(one, "text", str)()) for one in made.view.findChildren(QWidget)
        if one.isVisible() and clipped(one)
    ]  # fmt: skip
    assert cut == []
    import os

    if os.environ.get("IMP_PICTURES"):
        made.view.grab().save(
            os.environ["IMP_PICTURES"]
            + f"/{panel}-{look.language}-{look.zoom}-{look.theme}-{look.density}.png"
        )
