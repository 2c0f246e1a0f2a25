"""Why a submitted visit is corrected: asked at the top of the form, kept like every answer."""

from PySide6.QtCore import Qt

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.presenter import REASON, VisitPresenter
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField

LONGEST_REASON = 1000


class ReasonBar(Card):
    """Hidden for a visit that is recorded; shown for one that is corrected."""

    def __init__(self, kit: Kit, presenter: VisitPresenter) -> None:
        super().__init__(kit)
        self._form, self._kit = presenter, kit
        words = kit.words
        said = words.t(
            "You are correcting a submitted visit. What was signed stays as it is; a colleague decides."
        )
        self.body.addWidget(label(said, wraps=True))
        self.line = LineField(
            kit, placeholder=words.t("Why is this corrected? For example: the rent was typed wrongly"),
            limit=LONGEST_REASON,
        )  # fmt: skip
        self.line.set_label(words.t("Reason for the correction"))
        self.line.finished.connect(lambda: presenter.answer(REASON, self.line.value() or None))
        self.body.addWidget(self.line)
        self._needed = label("", size="caption", tone="danger")
        self.body.addWidget(self._needed)
        self._needed.hide()
        self.hide()

    def show_draft(self) -> None:
        """Show the reason as it was left."""
        kept = self._form.answers.get(REASON)
        self.line.set_value(kept if isinstance(kept, str) else None)
        self.setVisible(self._form.draft.amends and not self._form.locked)

    def ask(self) -> None:
        """The reason is needed now."""
        self._needed.setText(self._kit.words.t("Please write why the answers are corrected."))
        self._needed.show()
        self.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
