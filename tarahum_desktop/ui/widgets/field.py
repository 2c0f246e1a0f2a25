"""What every field of a form has in common, so that a form can be built from data."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone


@dataclass(frozen=True)
class Note:
    """A sentence under a field: ``danger`` when it cannot be kept, ``attention`` when it may be wrong."""

    sentence: str
    tone: Tone = "danger"


class Field(QWidget):
    """A value a person gives; each subclass says of which type.

    Signals:
        changed: with each change made by the person (not by ``set_value``).
        finished: the person left it or chose; the value has settled and may be saved.
        noted: a ``Note`` to show, or None when there is nothing to say.
    """

    changed = Signal()
    finished = Signal()
    noted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self._note: Note | None = None

    def value(self) -> Any:
        """The value as it is now, in the subclass's own type."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a stored value, None for none; no signal tells of it."""
        raise NotImplementedError

    @property
    def note(self) -> Note | None:
        """What is said about the value now."""
        return self._note

    @property
    def acceptable(self) -> bool:
        """Whether the value can be kept (a warning does not stop anybody)."""
        return self._note is None or self._note.tone != "danger"

    def tell(self, note: Note | None) -> None:
        """Say something about the value, or nothing."""
        if note != self._note:
            self._note = note
            self.noted.emit(note)

    def set_label(self, label: str) -> None:
        """Name the field for screen readers."""
        target = self.focusProxy() or self
        target.setAccessibleName(label)
