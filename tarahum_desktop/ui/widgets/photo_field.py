"""Pictures of a thing: what it shows is chosen first, and that nobody and no document is on it is confirmed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.labels import label

THUMBNAIL = QSize(168, 118)
Fetch = Callable[[str, Callable[[bytes | None], None]], None]
"""Hash in hex, and who is told the file."""


@dataclass(frozen=True)
class Shot:
    """One picture: its hash in hex and the code of what it shows."""

    sha256: str
    kind: str


class PhotoField(Field):
    """``value()`` is the shots that are shown. Adding is somebody else's work: ``add(kind)`` is asked for it.

    Args:
        kit: words and look.
        kinds: what a picture may show; nothing else can be kept.
        most: how many pictures fit.
        add: asks for a picture of a kind.
        fetch: brings a picture's file.
    """

    def __init__(
        self, kit: Kit, kinds: Sequence[Option], most: int, add: Callable[[str], None], fetch: Fetch
    ) -> None:
        super().__init__(kit)
        self._kinds = {one.code: one.text for one in kinds}
        self._most, self._add, self._fetch = most, add, fetch
        self._shots: tuple[Shot, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_2)
        self._shelf = QWidget()
        self._flow = FlowLayout(self._shelf, kit.look.sizes.space_3)
        box.addWidget(self._shelf)
        self.confirm = CheckField(kit, kit.words.t("No people and no documents are on the picture"))
        box.addWidget(self.confirm)
        self.choice = ChoiceField(kit, kinds)
        self.choice.set_label(kit.words.t("What the picture shows"))
        self.choice.finished.connect(self._chosen)
        self.confirm.finished.connect(lambda: self.tell(None))
        box.addWidget(self.choice)
        self.setFocusProxy(self.confirm)
        self._show()

    def value(self) -> tuple[Shot, ...]:
        """The pictures, in the order taken."""
        return self._shots

    def set_value(self, value: Sequence[Shot] | None) -> None:
        """Show stored pictures."""
        shots = tuple(value or ())
        if shots != self._shots:
            self._shots = shots
            self._show()

    def set_label(self, label: str) -> None:
        """Name the whole; its parts have names of their own."""
        self.setAccessibleName(label)

    def stops(self) -> Sequence[QWidget]:
        """The keyboard stops."""
        return (self.confirm, self.choice)

    def _chosen(self) -> None:
        kind = self.choice.value()
        self.choice.set_value(None)
        if kind is None:
            return
        words = self.kit.words
        if not self.confirm.value():
            self.tell(
                Note(words.t("Please confirm first that no people and no documents are on it."), "attention")
            )
            return
        if len(self._shots) >= self._most:
            self.tell(
                Note(words.t("No more pictures can be kept here. Please remove one first."), "attention")
            )
            return
        self.confirm.set_value(value=False)
        self._add(kind)

    def _remove(self, shot: Shot) -> None:
        self.set_value([one for one in self._shots if one != shot])
        self.changed.emit()
        self.finished.emit()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for shot in self._shots:
            self._flow.addWidget(self._frame(shot))
        self._shelf.setVisible(bool(self._shots))

    def _frame(self, shot: Shot) -> QWidget:
        kit, words = self.kit, self.kit.words
        made = QWidget()
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_1)
        picture = label(words.t("One moment, please…"), size="caption", tone="soft")
        picture.setFixedSize(THUMBNAIL)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        down.addWidget(picture)
        below = QHBoxLayout()
        text = self._kinds.get(shot.kind, shot.kind)
        below.addWidget(label(text, size="caption"), 1)
        drop = button(kit, "", lambda: self._remove(shot), role="quiet", icon="delete")
        drop.setAccessibleName(words.t("Remove the picture: {what}").format(what=text))
        drop.setToolTip(words.t("Remove"))
        below.addWidget(drop)
        down.addLayout(below)
        self._fetch(shot.sha256, lambda content: self._arrived(shot, picture, content))
        return made

    def _arrived(self, shot: Shot, picture: QLabel, content: bytes | None) -> None:
        if shot not in self._shots:
            return  # removed before its file came
        pixels = QPixmap()
        if content is None or not pixels.loadFromData(content):
            picture.setText(self.kit.words.t("The picture has not reached this machine yet"))
            picture.setWordWrap(True)
            return
        fitted = pixels.scaled(
            THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.setPixmap(fitted)
