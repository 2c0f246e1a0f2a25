"""What waits to be handed over: the list, its filters, and the card beside it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.waiting import WaitingLine
from tarahum_desktop.ui.giving.hand_over_form import HandOverForm
from tarahum_desktop.ui.giving.listing import Listing, column_of, side_by_side
from tarahum_desktop.ui.giving.ports import Lists
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.giving.terms import joined, named, part_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.marked_table import MarkedTable
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column

ALL = ""
TWO_COLUMNS_FROM = 980


class DeliverPanel(QWidget):
    """Arrows choose, Space marks, Enter goes to the card, Ctrl+S records."""

    def __init__(self, kit: Kit, presenter: GivingPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        self._services: dict[str, Any] = {}
        words = kit.words
        columns = [
            Column[WaitingLine](words.p("a household", "Family"), self._who, 7, self._tone),
            Column[WaitingLine](
                words.t("Service"), lambda line: named(kit, line.service_ar, line.service_en), 6
            ),
            Column[WaitingLine](
                words.t("Due"), lambda line: part_words(kit, line.due_quantity, line.due_amount), 5
            ),
            Column[WaitingLine](words.t("Place"), lambda line: named(kit, line.place_ar, line.place_en), 3),
            Column[WaitingLine](words.p("waiting", "Days"), self._since, 3, self._late),
        ]
        self.table = MarkedTable(kit, columns, words.t("To be handed over"), lambda line: line.item_id)
        self.table.moved.connect(lambda _line: self._show())
        self.table.marks_changed.connect(self._show)
        self.table.opened.connect(self._go_on)
        empty = (
            words.t("Nothing waits to be handed over"),
            words.t("What is approved appears here at once. Choose another service or place to see more."),
        )
        self.listing = Listing(kit, self.table, empty, self._again, "success")
        self.form = HandOverForm(kit, presenter.ports.today, presenter.record, presenter.hand_over)
        self._count = label("", size="caption", tone="soft", wraps=True)
        self._filters = Reflow(kit, 0)
        self._lay_out()

    def set_lists(self, lists: Lists) -> None:
        """Offer services and places to choose by."""
        kit, t = self.kit, self.kit.words.t
        self._services = {one.code: one for one in lists.services}
        self.service = ChoiceField(
            kit,
            [Option(ALL, t("All services")), *(Option(one.code, named(kit, one.name_ar, one.name_en)) for one in lists.services)],
        )  # fmt: skip
        self.place = ChoiceField(
            kit,
            [Option(ALL, t("All places")), *(Option(one.code, named(kit, one.name_ar, one.name_en)) for one in lists.places)],
        )  # fmt: skip
        for field in (self.service, self.place):
            field.set_value(ALL)
            field.changed.connect(self._filter)
        clear_layout(self._filters.row)
        self._filters.add(side_by_side(kit, (t("Service"), self.service), (t("Place"), self.place)), 1)

    def show_rows(self, rows: Sequence[WaitingLine]) -> None:
        """Show what waits."""
        self.listing.show_rows(rows)
        words = self.kit.words
        count = words.n("{count} waits", "{count} wait", len(rows)).format(
            count=self.kit.formats.number(len(rows))
        )
        keys = words.t("arrows choose, Space marks, Enter goes to the card, Ctrl+S records")
        self._count.setText(f"{count} · {keys}" if rows else "")
        self._show()

    def submit(self) -> None:
        """Record what the card shows."""
        self.form.submit()

    def _show(self) -> None:
        marked = self.table.marked_rows()
        current = self.table.current_row()
        lines = marked or ([current] if current is not None else [])
        kinds = {line.service_code for line in lines}
        if len(kinds) > 1:
            self.form.show_lines((), None)
            self.form.banner.say(
                self.kit.words.t("These are different services. Please mark lines of one service only."),
                "attention",
            )
            return
        self.form.show_lines(lines, self._services.get(next(iter(kinds), "")))

    def _go_on(self, _line: WaitingLine) -> None:
        self.form.focus_first()

    def _again(self) -> None:
        """After an error the filters may be missing too."""
        self._presenter.open()
        self._presenter.read("deliver")

    def _filter(self) -> None:
        self._presenter.service = self.service.value() or ""
        self._presenter.place = self.place.value() or ""
        self.table.marks.clear()
        self._presenter.read("deliver")

    def _who(self, line: WaitingLine) -> str:
        head = self.kit.words.t("of {name}'s family").format(name=line.head_name) if line.head_name else ""
        return joined(line.person_name, "" if line.head_name == line.person_name else head)

    def _since(self, line: WaitingLine) -> str:
        days = (self._presenter.ports.today() - line.due_on).days if line.due_on else 0
        return self.kit.formats.number(max(days, 0))

    def _late(self, line: WaitingLine) -> Tone:
        today = self._presenter.ports.today()
        return "attention" if line.due_on and (today - line.due_on).days > 30 else "text"

    def _tone(self, line: WaitingLine) -> Tone:
        return "attention" if line.priority == "urgent" else "text"

    def _lay_out(self) -> None:
        card = Card(self.kit)
        card.add(self._filters)
        card.add(self._count)
        card.add(self.listing, 1)
        across = Reflow(self.kit, TWO_COLUMNS_FROM)
        across.add(column_of(self.kit, card, grow=card), 5)
        across.add(self.form, 3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(across)
