"""A short list that is read like a letter: one stop for Tab, arrows walk, Enter opens."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.today.lines import Line
from tarahum_desktop.ui.widgets.buttons import PressButton, button
from tarahum_desktop.ui.widgets.labels import hold_to_start, label

FEW = 5
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class LineButton(PressButton):
    """One line. Signals ``walked(step)`` for the arrows and ``focused()``."""

    walked = Signal(int)
    focused = Signal()

    def __init__(self, kit: Kit, line: Line) -> None:
        super().__init__()
        self.line = line
        self.setProperty("role", "navigation")
        self.setAccessibleName(f"{line.title}, {line.when}. {line.detail}")
        if line.screen:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        sizes = kit.look.sizes
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_3, sizes.space_2, sizes.space_3, sizes.space_2)
        box.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(sizes.space_3)
        upper.addWidget(hold_to_start(kit, label(line.title, size="strong", wraps=True)), 1)
        upper.addWidget(label(line.when, size="caption", tone=line.tone), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(upper)
        box.addWidget(hold_to_start(kit, label(line.detail, size="caption", tone="soft", wraps=True)))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """What the labels need; a push button would count its own, empty, words."""
        return self._box.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the labels need at least."""
        return self._box.totalMinimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the line at which Tab stops."""
        super().focusInEvent(event)
        self.focused.emit()


class LineList(QWidget):
    """Lines of one card, or what is said when there are none. Signal ``walked(line button, step)``."""

    walked = Signal(object, int)

    def __init__(self, kit: Kit, on_open: Callable[[Line], None]) -> None:
        super().__init__()
        self.kit, self._on_open = kit, on_open
        self.setProperty("paper", "clear")
        self.buttons: list[LineButton] = []
        self._all: tuple[Line, ...] = ()
        self._shows_all = self._shown_all = False
        self._told: tuple[tuple[Line, ...], str] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def set_lines(self, lines: Sequence[Line], empty: str) -> None:
        """Show these lines; the first few, and one button for the rest."""
        if (tuple(lines), empty) == self._told and self._shown_all == self._shows_all:
            return  # one part of the day was read: the cards of the others stay as they are
        self._told, self._shown_all = (tuple(lines), empty), self._shows_all
        self._all = tuple(lines)
        clear_layout(self._box)
        shown = self._all if self._shows_all or len(self._all) <= FEW + 1 else self._all[:FEW]
        self.buttons = [self._button(line) for line in shown]
        for made in self.buttons:
            self._box.addWidget(made)
            made.show()  # at once, or it could not take the focus yet
        if not self._all:
            self._box.addWidget(label(empty, tone="soft", wraps=True))
        elif len(shown) < len(self._all):
            self._box.addWidget(self._rest(), 0, Qt.AlignmentFlag.AlignLeading)
        self._stop_at(self.buttons[0] if self.buttons else None)

    def show_all(self) -> None:
        """Show every line and stand on the first that was hidden."""
        at = len(self.buttons)
        self._shows_all = True
        self.set_lines(self._all, self._told[1] if self._told else "")
        self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self) -> QWidget:
        count = self.kit.formats.number(len(self._all))
        text = self.kit.words.t("Show all ({count})").format(count=count)
        return button(self.kit, text, self.show_all, role="quiet", icon="down")

    def _button(self, line: Line) -> LineButton:
        made = LineButton(self.kit, line)
        made.clicked.connect(lambda _checked=False: self._on_open(line))
        made.walked.connect(lambda step: self.walked.emit(made, step))
        made.focused.connect(lambda: self._stop_at(made))
        return made

    def _stop_at(self, current: LineButton | None) -> None:
        for made in self.buttons:
            tab = Qt.FocusPolicy.StrongFocus if made is current else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(tab)
