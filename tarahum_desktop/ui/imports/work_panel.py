"""Long work: what is being done, how far it is, how long it takes yet, and a way to end it."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from tarahum_desktop.casework.imports.checked import Progress, Stage
from tarahum_desktop.i18n.import_words import stage_words
from tarahum_desktop.ui.imports.presenter import ImportPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.reflow import Reflow


class WorkPanel(QWidget):
    """A bar with words."""

    def __init__(self, kit: Kit, presenter: ImportPresenter) -> None:
        super().__init__()
        self.kit = kit
        self.setProperty("paper", "clear")
        t = kit.words.t
        self.stage = label("", size="strong", wraps=True)
        self.count = label("", tone="soft", wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = button(kit, t("Cancel"), presenter.cancel, icon="close")
        self.note = label(
            t("What is saved by then stays, and can be undone."), size="caption", tone="soft", wraps=True
        )
        card = Card(kit)
        for widget in (self.stage, self.bar, self.count):
            card.add(widget)
        line = Reflow(kit, 400)
        line.add(self.cancel)
        line.add(self.note, 1)
        line.row.addStretch(1)
        card.add(line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def show_progress(self, at: Progress | None, left: float | None) -> None:
        """Show how far it is; None before the first step."""
        words, formats = self.kit.words, self.kit.formats
        self.note.setVisible(at is not None and at.stage is Stage.SAVING)
        self.cancel.setVisible(at is not None and at.stage is not Stage.UNDOING)
        if at is None:
            self.stage.setText(words.t("One moment…"))
            self.count.setText("")
            self.bar.setRange(0, 0)
            return
        self.stage.setText(stage_words(words, at.stage))
        self.bar.setRange(0, at.total)
        self.bar.setValue(at.done)
        told = words.t("{done} of {total}").format(
            done=formats.number(at.done), total=formats.number(at.total)
        )
        if left is not None and at.total:
            told = f"{told} · {words.t('about {time} left').format(time=formats.duration(left))}"
        self.count.setText(told if at.total else "")
        self.bar.setAccessibleName(f"{self.stage.text()} {told}")
