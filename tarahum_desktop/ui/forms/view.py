"""The forms: all versions at one side, at the other the one stood on, or a file that is to be published."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from tarahum_desktop.casework.forms.publish import FormPreview, Published
from tarahum_desktop.casework.forms.versions import FormLine, FormsDesk
from tarahum_desktop.domain.forms.versions import VersionChange
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.forms.about_panel import AboutPanel
from tarahum_desktop.ui.forms.file_panel import FilePanel
from tarahum_desktop.ui.forms.lines import forms_table
from tarahum_desktop.ui.forms.ports import FormsPorts
from tarahum_desktop.ui.forms.presenter import FormsPresenter
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Forms")
NARROW = 820


class FormsView(Screen):
    """Everybody may look; headquarters publishes."""

    def __init__(self, context: ScreenContext, ports: FormsPorts) -> None:
        super().__init__(context)
        self._ports = ports
        self.presenter = FormsPresenter(self, ports, context.background, self.kit.words)
        self.table = forms_table(self.kit)
        self.table.moved.connect(self._stand_on)
        self.table.opened.connect(lambda _line: self._look())
        self.about = AboutPanel(self.kit, self._look)
        self.file = FilePanel(
            self.kit,
            publish=self.presenter.publish,
            look=self._look_at_file,
            again=self.presenter.read_file,
            close=self._close,
        )
        self.states = StatePanel(self.kit, self.table)
        self._may_publish = False
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Read all forms; a file that is being looked at stays."""
        del params
        self.presenter.reload()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again when a version arrived or a form was filled."""
        if changed & {"form_version", "visit", "questionnaire"}:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("forms.read", msgid("Publish from a file"), self.presenter.read_file, "Ctrl+N", "file",
                   lambda: self._may_publish, GROUP),
            Action("forms.look", msgid("See how it asks"), self._look, "Ctrl+Return", "visit",
                   lambda: self.table.current_row() is not None, GROUP),
            Action("forms.publish", msgid("Publish"), self.presenter.publish, "Ctrl+S", "check",
                   lambda: self.at_file and not self.file.publish.isHidden(), GROUP),
        ]  # fmt: skip

    @property
    def at_file(self) -> bool:
        """Whether a file is being looked at."""
        return self._side.currentWidget() is self._file_area

    def show_loading(self) -> None:
        """The forms are being read."""
        self.states.show_loading()

    def show_forms(self, desk: FormsDesk) -> None:
        """Show all versions, standing where the person stood."""
        at = max(0, self.table.currentIndex().row())
        self._may_publish = desk.may_publish
        self._read.setVisible(desk.may_publish)
        self.table.set_rows(list(desk.lines))
        if not desk.lines:
            words = self.kit.words
            self.states.show_empty(
                words.t("No form is here yet"), words.t("Forms come with the first exchange with the centre.")
            )
            return
        self.table.setCurrentIndex(self.table.rows_model.index(min(at, len(desk.lines) - 1), 0))
        self.states.show_content()
        if not self.at_file:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""
        self.states.show_error(sentence, self.presenter.reload)

    def show_changes(self, line: FormLine, before: int, changes: tuple[VersionChange, ...]) -> None:
        """What the version stood on changed."""
        if self.table.current_row() == line:
            self.about.show_changes(before, changes)

    def show_reading(self) -> None:
        """A file is being read."""
        self._side.setCurrentWidget(self._file_area)
        self.file.show_reading()

    def show_preview(self, preview: FormPreview) -> None:
        """What the file would become, or its faults."""
        self._side.setCurrentWidget(self._file_area)
        self.file.show_preview(preview)

    def show_refusal(self, sentence: str) -> None:
        """The file was not read, or the form not published."""
        self.file.show_refusal(sentence)

    def show_published(self, published: Published) -> None:
        """It reaches the offices with the next exchange."""
        del published
        told = self.kit.words.t("The form is published. It reaches each office with its next exchange.")
        self.context.announce(told)
        self._close()
        self.context.changed(frozenset({"form_version", "outbox"}))

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the file."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.at_file
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the file."""
        if event.key() == Qt.Key.Key_Escape and self.at_file:
            self._close()
        else:
            super().keyPressEvent(event)

    def _stand_on(self, line: FormLine) -> None:
        self.about.show_line(line)
        self.presenter.compare(line)

    def _look(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self.context.navigate("visit", {"draft": self._ports.specimen(line.code, line.version)})

    def _look_at_file(self) -> None:
        preview = self.presenter.preview
        if preview is not None and preview.document is not None:
            self.context.navigate("visit", {"draft": self._ports.candidate(preview.document)})

    def _close(self) -> None:
        self.presenter.drop()
        self._side.setCurrentWidget(self._about_area)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(kit, words.t("Forms"))
        self._read = button(
            kit, words.t("Publish from a file"), self.presenter.read_file, role="primary", icon="file"
        )
        self._read.hide()
        header.add_button(self._read)
        page.add(header)
        lines = Card(kit)
        lines.add(self.states, 1)
        self._about_area, self._file_area = _scrolling(self.about), _scrolling(self.file)
        self._side = QStackedWidget()
        self._side.addWidget(self._about_area)
        self._side.addWidget(self._file_area)
        columns = Reflow(kit, NARROW)
        columns.add(lines, 6)
        columns.add(self._side, 4)
        page.add(columns, 1)
        self.box.addWidget(page)


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
