"""One exception: what is wrong, what to do, a button to the place, and a reason for letting it stand."""

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.casework.exceptions.double import GrantSide
from tarahum_desktop.casework.exceptions.queue import ExceptionLine
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import ReviewBoard
from tarahum_desktop.ui.review.side_card import SideCard
from tarahum_desktop.ui.review.troubles import advice_words, trouble_of
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField

_LONGEST_REASON = 300


class ExceptionPanel(QWidget):
    """Shows an exception; ``go`` opens its place or puts it right, ``settle(reason)`` lets it stand."""

    def __init__(
        self,
        kit: Kit,
        go: Callable[[], None],
        settle: Callable[[str], None],
        keep: Callable[[uuid.UUID, str], None],
    ) -> None:
        super().__init__()
        self.kit, self._go, self._settle, self._keep = kit, go, settle, keep
        self.setProperty("paper", "clear")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(kit.look.sizes.space_3)

    def show_exception(self, line: ExceptionLine, board: ReviewBoard) -> None:
        """Show this one instead."""
        kit, words, trouble = self.kit, self.kit.words, trouble_of(line.kind)
        clear_layout(self._down)
        self._down.addWidget(hold_to_start(kit, label(words.t(trouble.title), size="title", wraps=True)))
        if about := about_words(kit, line):
            self._down.addWidget(hold_to_start(kit, label(about, tone="soft", wraps=True)))
        advice = advice_words(kit, board.lists, board.services, line)
        self._down.addWidget(hold_to_start(kit, label(advice, wraps=True)))
        self._show_sides(board.sides.get(line.subject, ()))
        self.place = button(kit, words.t(trouble.button), self._go, role="primary", icon="next")
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addStretch(1)
        self._down.addLayout(row)
        told = words.t("If it is right as it is, say why. It is kept with your name and not listed again.")
        self._down.addWidget(hold_to_start(kit, label(told, tone="soft", wraps=True)))
        self.reason = LineField(kit, placeholder=words.t("Reason"), limit=_LONGEST_REASON)
        self.reason.set_label(words.t("Reason"))
        stand = button(kit, words.t("Let it stand"), self.settle)
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_2)
        row.addWidget(self.reason, 1)
        row.addWidget(stand)
        self._down.addLayout(row)
        self.reason.edit.returnPressed.connect(self.settle)
        self.banner = Banner(kit)
        self._down.addWidget(self.banner)
        self._down.addStretch(1)

    def _show_sides(self, sides: Sequence[GrantSide]) -> None:
        """Both grants side by side, each with the button that keeps it."""
        self.keeps: list[QPushButton] = []
        if not sides:
            return
        row = QHBoxLayout()
        row.setSpacing(self.kit.look.sizes.space_3)
        for side in sides:
            card = SideCard(self.kit, side, lambda one: self._keep(one, self.reason.value()))
            self.keeps.append(card.keep)
            row.addWidget(card, 1)
        self._down.addLayout(row)

    def settle(self) -> None:
        """Let it stand for the reason typed."""
        self._settle(self.reason.value())


def about_words(kit: Kit, line: ExceptionLine) -> str:
    """Whom it concerns: names and files, each once."""
    words, parts = kit.words, []
    for about in (line.about, line.other):
        if about.name:
            parts.append(isolate(about.name))
        if about.file_number:
            parts.append(words.t("File {number}").format(number=kit.formats.code(about.file_number)))
    return " · ".join(dict.fromkeys(parts))
