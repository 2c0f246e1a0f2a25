"""A field of several short lines side by side that together are one answer."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField


class PartsField(Field):
    """``parts`` by code, each with its own caption; ``finished`` comes from any of them."""

    def __init__(
        self, kit: Kit, parts: Mapping[str, tuple[str, LineField]], parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, parent)
        self.parts = {code: line for code, (_caption, line) in parts.items()}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(kit.look.sizes.space_2)
        for caption, line in parts.values():
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(line)
            column.addWidget(label(caption, size="caption", tone="soft"))
            across.addLayout(column, 1)
            line.edit.setAccessibleName(caption)
            line.changed.connect(self.changed)
            line.finished.connect(self._finished)
        self.setFocusProxy(next(iter(self.parts.values())))

    def set_label(self, label: str) -> None:
        """Name the whole; each part keeps its own name."""
        self.setAccessibleName(label)

    def stops(self) -> Sequence[QWidget]:
        """The parts, in order."""
        return tuple(self.parts.values())

    def _finished(self) -> None:
        wrong = next((line.note for line in self.parts.values() if not line.acceptable), None)
        self.tell(wrong)
        self.finished.emit()
