"""Alerts of a case: those that wait, and a way to raise one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.care.alerts import AlertLine
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.i18n.care_words import alert_words
from tarahum_desktop.ui.care.ports import CareBoard
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.note_field import NoteField


class AlertCard(Card):
    """Signals ``raised(kind, note)`` and ``acknowledged(alert id, note)``."""

    raised = Signal(object, str)
    acknowledged = Signal(object, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, kit.words.t("Alerts and protection"), icon="shield")
        self.kit = kit
        self.seen: list[QWidget] = []
        words = kit.words
        self.about = label("", tone="soft", wraps=True)
        self.add(self.about)
        lines = QWidget()
        lines.setProperty("paper", "clear")
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.add(lines)
        self.begin = button(kit, words.t("Raise an alert"), self.ask, icon="warning")
        self.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)
        self.panel = Card(kit)
        self.kind = ChoiceField(
            kit, [Option(kind.value, alert_words(words, kind.value)) for kind in AlertKind]
        )
        self.kind.set_label(words.t("What endangers somebody?"))
        self.note = NoteField(kit, rows=2, limit=1000, placeholder=words.t("What was seen or said"))
        self.note.set_label(words.t("Note"))
        self.panel.add(label(words.t("What endangers somebody?")))
        self.panel.add(self.kind)
        self.panel.add(self.note)
        across = QHBoxLayout()
        self.keep = button(kit, words.t("Alert the supervisor"), self.settle, role="danger", icon="warning")
        across.addWidget(self.keep)
        across.addWidget(button(kit, words.t("Leave it"), self.panel.hide, role="quiet", icon="close"))
        across.addStretch(1)
        self.panel.body.addLayout(across)
        self.panel.hide()
        self.add(self.panel)

    def show_alerts(self, board: CareBoard) -> None:
        """Show what waits."""
        words = self.kit.words
        clear_layout(self._lines)
        self.seen = []
        for line in board.alerts:
            self._lines.addWidget(self._line(line))
        self.about.setText(
            words.t("This case is restricted, to protect its people.")
            if board.chain.restricted
            else words.t("No alert waits in this case.")
        )
        self.panel.hide()

    def ask(self) -> None:
        """Ask what endangers whom."""
        self.kind.set_value(None)
        self.note.set_value("")
        self.panel.show()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Raise the alert."""
        code = self.kind.value()
        if code is None:
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.raised.emit(AlertKind(code), self.note.value())
        self.panel.hide()

    def _line(self, line: AlertLine) -> QWidget:
        kit, words = self.kit, self.kit.words
        row = QWidget()
        row.setProperty("paper", "clear")
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        by = line.by_ar if words.language == "ar" else line.by_en or line.by_ar
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(alert_words(words, line.kind), size="strong", tone="danger", wraps=True))
        detail = " · ".join(part for part in (by, kit.formats.date_time(line.raised_at), line.note) if part)
        texts.addWidget(label(detail, size="caption", tone="soft", wraps=True))
        across.addLayout(texts, 1)
        if line.mine:
            seen = button(
                kit, words.t("I have seen it"), lambda: self.acknowledged.emit(line.id, ""), icon="check"
            )
            self.seen.append(seen)
            across.addWidget(seen)
        return row
