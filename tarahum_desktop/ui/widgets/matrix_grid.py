"""The self-sufficiency matrix: one key a domain, and the next domain is ready by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.focus_line import paint_focus_line
from tarahum_desktop.ui.widgets.labels import label

NOT_APPLICABLE = 0
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class MatrixDomain:
    """One line of the matrix: code, words, what each score means, and whether it may not apply."""

    code: str
    title: str
    anchors: Mapping[int, str]
    may_be_not_applicable: bool = False


class MatrixGrid(Field):
    """``value()`` is {domain code: 1..5, 0 for not applicable, None for not rated}.

    Keys in a line: 1-5 in either digit set rate and go on, 0 or - says "not applicable" and goes on,
    Backspace clears, Up and Down walk. Signal ``rated(code)`` comes before ``finished``.
    """

    rated = Signal(str)

    def __init__(
        self,
        kit: Kit,
        domains: Sequence[MatrixDomain],
        levels: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self.lines = [MatrixLine(kit, domain, levels) for domain in domains]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for at, line in enumerate(self.lines):
            box.addWidget(line)
            line.rated.connect(lambda moves_on, at=at: self._on_rated(at, moves_on=moves_on))
            line.walked.connect(lambda step, at=at: self._focus(at + step))
        if self.lines:
            self.setFocusProxy(self.lines[0])

    def value(self) -> dict[str, int | None]:
        """The rating of each domain."""
        return {line.domain.code: line.score for line in self.lines}

    def set_value(self, value: Mapping[str, int | None] | None) -> None:
        """Show stored ratings."""
        for line in self.lines:
            line.show_score((value or {}).get(line.domain.code))

    def set_label(self, label: str) -> None:
        """Name the grid; each line has its own name."""
        self.setAccessibleName(label)

    @property
    def left(self) -> int:
        """How many domains have no rating yet."""
        return sum(line.score is None for line in self.lines)

    def _on_rated(self, at: int, *, moves_on: bool) -> None:
        self.rated.emit(self.lines[at].domain.code)
        self.changed.emit()
        self.finished.emit()
        if moves_on:
            self._focus(at + 1)

    def _focus(self, at: int) -> None:
        if 0 <= at < len(self.lines):
            self.lines[at].setFocus(Qt.FocusReason.TabFocusReason)


class MatrixLine(QFrame):
    """One domain; the line itself takes the keys, its buttons are for the mouse."""

    rated = Signal(bool)
    walked = Signal(int)

    def __init__(self, kit: Kit, domain: MatrixDomain, levels: Mapping[int, str]) -> None:
        super().__init__()
        self.kit, self.domain, self._levels = kit, domain, levels
        self.score: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(domain.title)
        self._anchor = label("", size="caption", tone="soft", wraps=True)
        self._anchor.setMinimumHeight(self._anchor.fontMetrics().lineSpacing() * 2)
        scores = (*SCORES, NOT_APPLICABLE) if domain.may_be_not_applicable else SCORES
        self._buttons = {score: self._make_button(score) for score in scores}
        self._lay_out()
        self.show_score(None)

    def show_score(self, score: int | None) -> None:
        """Show a rating and what it means."""
        self.score = score
        for each, made in self._buttons.items():
            made.setChecked(each == score)
        self._anchor.setText(self._meaning(score))
        self.setAccessibleDescription(self._meaning(score))

    def rate(self, score: int | None, *, moves_on: bool) -> None:
        """Take a rating given by the person."""
        self.show_score(score)
        self.rated.emit(moves_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key a domain."""
        typed = ascii_digits(event.text())
        if typed in {"1", "2", "3", "4", "5"}:
            self.rate(int(typed), moves_on=True)
        elif typed in {"0", "-"} and self.domain.may_be_not_applicable:
            self.rate(NOT_APPLICABLE, moves_on=True)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.rate(None, moves_on=False)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus mark and what the keys do while nothing is chosen."""
        super().focusInEvent(event)
        self._anchor.setText(self._meaning(self.score))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away."""
        super().focusOutEvent(event)
        self._anchor.setText(self._meaning(self.score))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus mark."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_line(self, self.kit)

    def _meaning(self, score: int | None) -> str:
        words = self.kit.words
        if score is None:
            return words.t("Press 1 to 5") if self.hasFocus() else ""
        if score == NOT_APPLICABLE:
            return words.t("Does not apply")
        return f"{self._levels[score]} – {self.domain.anchors[score]}"

    def _make_button(self, score: int) -> QPushButton:
        digits = self.kit.formats.digits
        made = QPushButton(shown_digits(str(score), digits) if score else "–")
        made.setCheckable(True)
        made.setProperty("role", "score")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        meaning = self.domain.anchors[score] if score else self.kit.words.t("Does not apply")
        made.setToolTip(meaning)
        made.setAccessibleName(f"{self.domain.title}: {meaning}")
        made.clicked.connect(lambda _checked=False: self._pressed(score))
        return made

    def _pressed(self, score: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.rate(score, moves_on=False)

    def _lay_out(self) -> None:
        sizes = self.kit.look.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.space_2, sizes.space_1, sizes.space_2, sizes.space_1)
        row.setSpacing(sizes.space_1)
        title = label(self.domain.title, wraps=True)
        title.setFixedWidth(self.kit.look.px(190))
        row.addWidget(title)
        for made in self._buttons.values():
            row.addWidget(made)
        if NOT_APPLICABLE not in self._buttons:
            row.addSpacing(sizes.field_height + sizes.space_1)
        row.addSpacing(sizes.space_2)
        row.addWidget(self._anchor, 1)
