"""Importing a register on the screen: four panels in a row, one at a time."""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tarahum_desktop.casework.imports.checked import Checked, Progress
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.casework.imports.undo import Undone
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.imports.check_panel import CheckPanel
from tarahum_desktop.ui.imports.columns_panel import ColumnsPanel
from tarahum_desktop.ui.imports.ports import ImportBoard, ImportPorts
from tarahum_desktop.ui.imports.presenter import ImportPresenter
from tarahum_desktop.ui.imports.start_panel import StartPanel
from tarahum_desktop.ui.imports.work_panel import WorkPanel
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.shown_stack import ShownStack

GROUP = msgid("Import a register")
Panel = TypeVar("Panel", bound=QWidget)


class ImportView(Screen):
    """Choose, match, check, save; what comes after choosing is built when it is reached."""

    def __init__(self, context: ScreenContext, ports: ImportPorts) -> None:
        super().__init__(context)
        kit, t = self.kit, self.kit.words.t
        self.presenter = ImportPresenter(ports, context.background, kit, self, context.changed)
        self.start = StartPanel(kit, self.presenter, context.navigate)
        self.banner = Banner(kit)
        self.header = PageHeader(kit, t("Import a register"))
        self.stack = ShownStack()
        page = Page(kit)
        page.add(self.header)
        page.add(self.banner)
        self.stack.addWidget(self.start)
        page.add(self.stack, 1)
        self.box.addWidget(page)

    @cached_property
    def columns(self) -> ColumnsPanel:
        """What each column of the file is."""
        return self._built(ColumnsPanel(self.kit, self.presenter))

    @cached_property
    def check(self) -> CheckPanel:
        """What is wrong with the rows."""
        return self._built(CheckPanel(self.kit, self.presenter))

    @cached_property
    def work(self) -> WorkPanel:
        """How far long work is."""
        return self._built(WorkPanel(self.kit, self.presenter))

    def open_with(self, params: Params) -> None:
        """Show where things stand."""
        del params
        self.presenter.open()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the imports again after an exchange brought some."""
        if "import_run" in changed and self.stack.currentWidget() is self.start:
            self.presenter.open()

    def screen_actions(self) -> Sequence[Action]:
        """What can be done in the panel that is open."""
        at = self.stack.currentWidget
        return (
            Action("imports.choose", msgid("Choose a file to import"), self.presenter.choose, "Ctrl+O", "file",
                   lambda: at() is self.start and self.start.choose.isEnabled(), GROUP),
            Action("imports.go", msgid("Check the rows, or save the good ones"), self._submit, "Ctrl+S", "check",
                   lambda: isinstance(at(), ColumnsPanel | CheckPanel), GROUP),
            Action("imports.columns", msgid("Back to the columns"), self.presenter.columns, "Ctrl+B", "back",
                   self._checking, GROUP),
            Action("imports.sheet", msgid("Save the sheet with errors"), self._write_back, "Ctrl+E", "file",
                   self._checking, GROUP),
            Action("imports.accept", msgid("Save this row all the same"), self._accept, "Ctrl+Return", "check",
                   lambda: self._checking() and self.check.can_accept(), GROUP),
            Action("imports.undo", msgid("Undo this import"), self.start.ask_undo, "Ctrl+U", "undo",
                   lambda: at() is self.start and self.start.can_undo(), GROUP),
        )  # fmt: skip

    def show_start(self, board: ImportBoard) -> None:
        """Show the beginning."""
        self.start.show_board(board)
        self.stack.setCurrentWidget(self.start)
        wanted = self.start.table if board.lines else self.start.choose
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_columns(self, file: RegisterFile, matching: Matching, board: ImportBoard) -> None:
        """Show the columns of a file."""
        self.banner.clear()
        self.start.show_kept(())
        self.columns.show_file(file, matching, board.scopes)
        self.stack.setCurrentWidget(self.columns)

    def show_checked(self, checked: Checked) -> None:
        """Show what a check found."""
        self.check.show_checked(checked)
        self.stack.setCurrentWidget(self.check)
        self.check.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, progress: Progress | None, left: float | None) -> None:
        """Show long work."""
        if self.stack.currentWidget() is not self.work:
            self.banner.clear()
            self.stack.setCurrentWidget(self.work)
        self.work.show_progress(progress, left)

    def show_undone(self, undone: Undone) -> None:
        """List the families that stay."""
        self.start.show_kept(undone.kept)

    def say(self, sentence: str, tone: Tone) -> None:
        """Say what was done in passing, and what is wrong so that it stays."""
        if tone == "accent":
            self.context.announce(sentence)
        else:
            self.banner.say(sentence, tone)

    def show_error(self, sentence: str) -> None:
        """Say why the beginning could not be read."""
        self.stack.setCurrentWidget(self.start)
        self.start.states.show_error(sentence, self.presenter.start)

    def _built(self, panel: Panel) -> Panel:
        self.stack.addWidget(panel)
        return panel

    def _checking(self) -> bool:
        return isinstance(self.stack.currentWidget(), CheckPanel)

    def _write_back(self) -> None:
        self.check.write_back()

    def _accept(self) -> None:
        self.check.accept()

    def _submit(self) -> None:
        if isinstance(self.stack.currentWidget(), ColumnsPanel):
            self.columns.check()
        else:
            self.check.save()
