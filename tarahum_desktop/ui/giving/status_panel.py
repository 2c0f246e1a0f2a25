"""Where a request stands: those found, and each step of the one stood on."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.giving.status import ItemChain, ItemLine, Step, StepKind
from tarahum_desktop.i18n.plan_words import plan_state_words
from tarahum_desktop.ui.giving.listing import Listing
from tarahum_desktop.ui.giving.presenter import GivingPresenter
from tarahum_desktop.ui.giving.terms import (
    joined,
    named,
    part_words,
    promise_words,
    step_words,
)
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column, DataTable

_BAD = frozenset({StepKind.REFUSED, StepKind.FAILED, StepKind.TAKEN_BACK, StepKind.WITHDRAWN})


class StatusPanel(QWidget):
    """Requests found above, the steps of one below. ``open_family`` is called with a household's id."""

    def __init__(self, kit: Kit, presenter: GivingPresenter, open_family: Callable[[str], None]) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        self._item: ItemLine | None = None
        t, formats = kit.words.t, kit.formats
        self.table = DataTable(
            kit,
            [
                Column[ItemLine](t("Beneficiary"), lambda one: one.person_name, 4),
                Column[ItemLine](t("Service"), lambda one: named(kit, one.service_ar, one.service_en), 5),
                Column[ItemLine](
                    t("Where it stands"), lambda one: plan_state_words(kit.words, one.state), 4, self._tone
                ),
                Column[ItemLine](t("Given so far"), lambda one: promise_words(kit, one.promise), 5),
                Column[ItemLine](t("File number"), lambda one: formats.code(one.file_number), 4),
            ],
            t("Requests found"),
        )
        self.table.moved.connect(lambda one: presenter.open_chain(one.item_id))
        self.table.opened.connect(
            lambda one: open_family(str(one.household_id)) if one.household_id else None
        )
        empty = (t("No request was found"), t("Try fewer letters, the identity number or the file number."))
        self.listing = Listing(kit, self.table, empty, lambda: None, "search")
        self.steps = DataTable(
            kit,
            [
                Column[Step](t("Day"), lambda step: formats.date(step.day) if step.day else "—", 6),
                Column[Step](t("Step"), lambda step: step_words(kit, step), 3, self._step_tone),
                Column[Step](t("How much"), lambda step: part_words(kit, step.quantity, step.halalas), 3),
                Column[Step](t("By"), lambda step: named(kit, step.by_ar, step.by_en), 3),
                Column[Step](t("Number and note"), self._note, 6),
            ],
            t("Steps of the request"),
        )
        self.steps.moved.connect(self._show_step)
        self.title = label("", size="strong", wraps=True)
        self.reason = LineField(kit, limit=500)
        self._back = Reflow(kit, 600)
        self._lay_out()

    def show_rows(self, rows: Sequence[ItemLine]) -> None:
        """Show the requests found, and the first one's steps."""
        self.steps.set_rows([])
        self.title.setText("")
        self._back.setVisible(False)
        self.listing.show_rows(rows)

    def show_chain(self, chain: ItemChain) -> None:
        """Show every step, standing on the last."""
        self._item = chain.line
        self.title.setText(
            joined(chain.line.person_name, named(self.kit, chain.line.service_ar, chain.line.service_en))
        )
        self.steps.set_rows(chain.steps)
        if chain.steps:
            self.steps.setCurrentIndex(self.steps.rows_model.index(len(chain.steps) - 1, 0))

    def take_back(self) -> None:
        """Undo the hand-over stood on."""
        step = self.steps.current_row()
        if self._item is not None and step is not None and step.row_id is not None:
            self._presenter.take_back(step.row_id, self.reason.value(), self._item.item_id)
            self.reason.set_value("")

    def _show_step(self, step: Step) -> None:
        self._back.setVisible(step.row_id is not None)

    def _note(self, step: Step) -> str:
        return joined(self.kit.formats.code(step.number) if step.number else "", step.note)

    def _tone(self, one: ItemLine) -> Tone:
        match one.state:
            case "completed":
                return "accent"
            case "refused":
                return "danger"
            case "returned":
                return "attention"
            case _:
                return "text"

    def _step_tone(self, step: Step) -> Tone:
        return "danger" if step.kind in _BAD else "accent" if step.kind is StepKind.DELIVERED else "text"

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        upper, lower = Card(kit), Card(kit)
        upper.add(self.listing, 1)
        lower.add(self.title)
        lower.add(self.steps, 1)
        self._back.add(FieldRow(kit, t("Why this hand-over is taken back"), self.reason), 1)
        self._back.add(button(kit, t("Take it back"), self.take_back, icon="undo"))
        self._back.setVisible(False)
        lower.add(self._back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        box.addWidget(upper, 1)
        box.addWidget(lower, 1)
