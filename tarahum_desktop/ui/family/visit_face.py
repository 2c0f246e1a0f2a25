"""A submitted visit to be read: its answers, what changed, its pictures, and the ways to print or correct it."""

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tarahum_desktop.ui.family.list_face import ListFace
from tarahum_desktop.ui.family.list_presenter import ReadingPresenter, Shown
from tarahum_desktop.ui.family.picture_card import PictureCard
from tarahum_desktop.ui.family.ports import FamilyPorts, Lists
from tarahum_desktop.ui.family.presenter import FamilyPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.worker import Background


class VisitFace(ListFace):
    """The list of answers with the visit's own buttons; pictures stand above the list on demand."""

    def __init__(
        self,
        kit: Kit,
        ports: FamilyPorts,
        background: Background,
        file: FamilyPresenter,
        close: Callable[[], None],
        correct: Callable[[], None],
    ) -> None:
        words = kit.words
        columns = ((words.t("Question"), 5), (words.t("Answer"), 7), (words.t("The time before"), 5), ("", 0))
        super().__init__(kit, columns, close, self._choose_part, lambda _line: None)
        self._lists: Lists = {}
        self.presenter = ReadingPresenter(self, ports, background, kit, lambda: self._lists)
        self.presenter.on_shown = self._show_ways
        self._file = file
        self.print_button = button(kit, words.t("Print the report"), self._print, icon="print")
        self.slip_button = button(kit, words.t("Print the slip"), self._slip, icon="file")
        self.correct_button = button(kit, words.t("Correct this visit"), correct, icon="edit")
        self.pictures_button = button(kit, words.t("Pictures"), self._turn_pictures, icon="visit")
        for made in (self.print_button, self.slip_button, self.correct_button, self.pictures_button):
            self.add_button(made)
            made.hide()
        self.pictures = QWidget()
        self.pictures.setProperty("paper", "clear")
        self._pictures_flow = FlowLayout(self.pictures, kit.look.sizes.space_3)
        self._bar.addWidget(self.pictures)
        self.pictures.hide()

    def open(self, visit: uuid.UUID, lists: Lists) -> None:
        """Read a visit."""
        self._lists = lists
        self.pictures.hide()
        self.presenter.open(visit)

    def _choose_part(self, part: str) -> None:
        self.presenter.choose(part)

    def _show_ways(self, shown: Shown) -> None:
        reading = shown.reading
        self.print_button.setVisible(reading.may_print and bool(reading.receipt_number))
        self.slip_button.setVisible(reading.may_print and bool(reading.receipt_number))
        self.correct_button.setVisible(reading.may_amend)
        self.pictures_button.setVisible(bool(shown.pictures))
        clear_layout(self._pictures_flow)
        for one in shown.pictures:
            self._pictures_flow.addWidget(PictureCard(self.kit, one, self.presenter.fetch))

    def _turn_pictures(self) -> None:
        self.pictures.setVisible(self.pictures.isHidden())

    def _print(self) -> None:
        if self.presenter.shown is not None:
            self._file.print_visit(self.presenter.shown.reading.id)

    def _slip(self) -> None:
        if self.presenter.shown is not None:
            self._file.print_slip(self.presenter.shown.reading.id)
