"""What is said once a visit is submitted: its receipt number, and what can be done with it now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.papers import PaperTray
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label, picture_label


class ClosingPanel(Card):
    """Hidden until ``show_visit`` or ``show_correction``; its first button then has the keyboard."""

    def __init__(self, kit: Kit, papers: PaperTray) -> None:
        super().__init__(kit)
        self.kit = kit
        words, sizes = kit.words, kit.look.sizes
        self.setProperty("tone", "accent")
        head = QHBoxLayout()
        head.setSpacing(sizes.space_2)
        head.addWidget(picture_label(kit, "success", "accent"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.text = label("", size="strong", wraps=True)
        head.addWidget(self.text, 1)
        self.body.addLayout(head)
        across = QHBoxLayout()
        across.setSpacing(sizes.space_2)
        self.slip = button(kit, words.t("Print the receipt slip"), papers.slip, role="primary", icon="print")
        self.report = button(kit, words.t("Print the report"), papers.report, icon="pdf")
        self.family = button(kit, words.t("Open the family"), papers.family, icon="families")
        for one in (self.slip, self.report, self.family):
            across.addWidget(one)
        across.addStretch(1)
        self.body.addLayout(across)
        self.hide()

    def show_visit(self, receipt: str, now_with: str = "") -> None:
        """A visit is submitted; without a receipt number nobody was met and there is no slip.

        ``now_with`` says that the family is with another office now: its file cannot be opened from here.
        """
        words = self.kit.words
        said = words.t("The visit was submitted.")
        if receipt:
            said = words.t("The visit was submitted. Receipt number: {number}").format(
                number=self.kit.formats.code(receipt)
            )
        offered = [self.slip] if receipt else []
        if now_with:
            self._show(f"{said} {now_with}", offered)
        else:
            self._show(said, [*offered, self.report, self.family])

    def show_correction(self) -> None:
        """A correction is proposed."""
        self._show(
            self.kit.words.t("The correction was proposed. It counts once a colleague has approved it."),
            [self.family],
        )

    def show_questionnaire(self) -> None:
        """A questionnaire is submitted."""
        self._show(self.kit.words.t("The questionnaire was submitted."), [self.family])

    def _show(self, said: str, offered: list[QPushButton]) -> None:
        self.text.setText(said)
        self.setAccessibleName(said)
        for one in (self.slip, self.report, self.family):
            one.setVisible(one in offered)
        self.show()
        if offered:
            offered[0].setFocus(Qt.FocusReason.OtherFocusReason)
