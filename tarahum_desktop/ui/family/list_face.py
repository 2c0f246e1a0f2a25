"""A long list in the page's place: narrowed by one choice, read line by line, the whole of a line told below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.ui.family.list_model import Choice, Line
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable


class ListFace(QWidget):
    """One list of the family.

    Args:
        kit: words and look.
        columns: the titles of the columns with their shares; none stands for no column.
        close: goes back to the page.
        pick: a choice was made.
        open_line: Enter on a line.
    """

    reached_end = Signal()

    def __init__(
        self,
        kit: Kit,
        columns: Sequence[tuple[str, int]],
        close: Callable[[], None],
        pick: Callable[[str], None],
        open_line: Callable[[Line], None],
    ) -> None:
        super().__init__()
        self.kit, self._pick, self._open = kit, pick, open_line
        self._choices: tuple[Choice, ...] = ()
        self._chosen = ""
        self.choice: ChoiceField | None = None
        self.header = PageHeader(kit, "")
        self.buttons = QWidget()
        self.buttons.setProperty("paper", "clear")
        self._flow = FlowLayout(self.buttons, kit.look.sizes.space_2)
        self.back = button(kit, kit.words.t("Back to the file"), close, role="quiet", icon="back")
        self._flow.addWidget(self.back)
        self._bar = QVBoxLayout()
        texts = (
            lambda line: line.first, lambda line: line.second, lambda line: line.third, lambda line: line.fourth,
        )  # fmt: skip
        shown = [
            Column[Line](title, text, share, _tone)
            for (title, share), text in zip(columns, texts, strict=True)
            if title
        ]
        self.table = DataTable(kit, shown, "")
        self.table.moved.connect(self._tell)
        self.table.opened.connect(open_line)
        self._on_line: list[tuple[QPushButton, Callable[[Line], bool]]] = []
        self.detail = hold_to_start(kit, label("", wraps=True))
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = button(kit, kit.words.t("Show more"), self.reached_end.emit, role="quiet", icon="down")
        self._lay_out()

    def _lay_out(self) -> None:
        kit = self.kit
        page = self._page = Page(kit)
        page.add(self.header)
        page.add(self.buttons)
        holder = QWidget()
        holder.setProperty("paper", "clear")
        self._bar = QVBoxLayout(holder)
        self._bar.setContentsMargins(0, 0, 0, 0)
        page.add(holder)
        content = QWidget()
        content.setProperty("paper", "clear")
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        self.table.setMinimumHeight(kit.look.sizes.row_height * 5)
        box.addWidget(self.table, 1)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._card = Card(kit)
        self._card.add(self.detail)
        box.addWidget(self._card)
        self.states = StatePanel(kit, content)
        page.add(self.states, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def add_button(self, made: QWidget) -> None:
        """Put a button beside the way back."""
        self._flow.addWidget(made)

    def add_act(self, text: str, act: Callable[[Line], None], enabled: Callable[[Line], bool]) -> None:
        """Offer something to do with the line stood on, where it can be done."""

        def press() -> None:
            line = self.table.current_row()
            if line is not None and enabled(line):
                act(line)

        made = button(self.kit, text, press, icon="undo")
        made.setEnabled(False)
        self._on_line.append((made, enabled))
        self._flow.addWidget(made)

    def show_loading(self, title: str) -> None:
        """The list is being read."""
        self.header.set_texts(title)
        self.states.show_loading()

    def show_error(self, sentence: str, again: Callable[[], None]) -> None:
        """It could not be read."""
        self.states.show_error(sentence, again)

    def show_lines(self, texts: tuple[str, str], lines: Sequence[Line], empty: str, *, more: bool) -> None:
        """Show a list from its beginning, or the sentence that there is nothing; ``texts`` are title and subtitle."""
        self.header.set_texts(*texts)
        self.table.setAccessibleName(texts[0])
        self.more.setVisible(more)
        if not lines:
            self.states.show_empty(
                empty, self.kit.words.t("Choose another part of the list, or go back to the file.")
            )
            return
        waiting = self.back.hasFocus()
        self.states.show_content()
        self.table.set_rows(lines)
        if waiting:  # whoever came to read stands in the list as soon as there is one
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_lines(self, lines: Sequence[Line], *, more: bool) -> None:
        """Show what comes after; the place is kept."""
        self.more.setVisible(more)
        self.table.rows_model.append_rows(lines)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, choices: Sequence[Choice], chosen: str, name: str) -> None:
        """Offer ways to narrow the list; the same ones keep the field, and with it the keyboard."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            if self.choice is not None:
                self._bar.removeWidget(self.choice)
                self.choice.hide()
                self.choice.deleteLater()
            # An empty code would read as "no answer", so each option is named by its place.
            self.choice = ChoiceField(self.kit, [Option(str(at), one.text) for at, one in enumerate(choices)])
            self.choice.set_label(name)
            self.choice.changed.connect(self._picked)
            self._bar.addWidget(self.choice)
        self._chosen = chosen
        at = next((at for at, one in enumerate(self._choices) if one.code == chosen), 0)
        if self.choice is not None:
            self.choice.set_value(str(at))

    def take_keyboard(self) -> None:
        """Stand in the list, or on the way back where there is none."""
        target = self.table if self.states.state == "content" else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self) -> None:
        value = self.choice.value() if self.choice is not None else None
        if value is not None and self._choices[int(value)].code != self._chosen:
            self._chosen = self._choices[int(value)].code
            self._pick(self._chosen)

    def _tell(self, line: Line) -> None:
        self.detail.setText(line.detail)
        for made, enabled in self._on_line:
            made.setEnabled(enabled(line))
        if self.table.hasFocus():  # at high zoom the words below the list would stay out of sight
            QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(self._card, 0, 0))


def _tone(line: Line) -> Tone:
    return line.tone
