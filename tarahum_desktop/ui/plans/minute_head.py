"""The head of a minute: date, place, chair, and who was present, kept as they are given."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.plans.minutes import MOST_MEMBERS, Attendant, MinuteHead
from tarahum_desktop.domain.dates import PartialDate, Precision
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField


class MemberRow(QWidget):
    """One member: name, office, present or not."""

    def __init__(self, kit: Kit, member: Attendant, changed: Callable[[], None]) -> None:
        super().__init__()
        words = kit.words
        self.setProperty("paper", "clear")
        self.name = LineField(kit, placeholder=words.t("Name of the member"))
        self.office = LineField(kit, placeholder=words.t("Office held"))
        self.present = CheckField(kit, words.t("Present"))
        self.name.set_label(words.t("Name of the member"))
        self.office.set_label(words.t("Office held"))
        self.name.set_value(member.name)
        self.office.set_value(member.office)
        self.present.set_value(member.present)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(kit.look.sizes.space_2)
        for field, share in ((self.name, 3), (self.office, 2), (self.present, 0)):
            field.finished.connect(changed)
            row.addWidget(field, share)

    def member(self) -> Attendant:
        """What the row says."""
        return Attendant(self.name.value(), self.office.value(), self.present.value())


class MinuteHeadCard(Card):
    """Emits ``given(MinuteHead)`` whenever something of it has settled."""

    given = Signal(object)

    def __init__(self, kit: Kit, today: Callable[[], date]) -> None:
        super().__init__(kit, kit.words.t("The sitting"), icon="calendar")
        words = kit.words
        self.kit = kit
        self.held = PartialDateField(kit, today)
        self.place, self.chair = LineField(kit), LineField(kit)
        self.note = NoteField(kit, rows=2, limit=1000)
        self.rows: list[MemberRow] = []
        self._members = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.look.sizes.space_4)
        grid.addWidget(FieldRow(kit, words.t("Date of the sitting"), self.held, required=True), 0, 0)
        grid.addWidget(FieldRow(kit, words.t("Place"), self.place), 0, 1)
        grid.addWidget(FieldRow(kit, words.t("Chair"), self.chair, required=True), 1, 0)
        self.body.addLayout(grid)
        self.add(label(words.t("Attendance"), size="strong"))
        self.body.addLayout(self._members)
        adds = QHBoxLayout()
        self.add_button = button(
            kit, words.p("of the committee", "Add a member"), self.add_member, icon="add"
        )
        adds.addWidget(self.add_button)
        adds.addStretch(1)
        self.body.addLayout(adds)
        self.add(FieldRow(kit, words.t("Notes of the sitting"), self.note))
        self.body.addStretch(1)
        for field in (self.held, self.place, self.chair, self.note):
            field.finished.connect(self._settled)

    def show_head(self, head: MinuteHead, *, editable: bool) -> None:
        """Show what is kept."""
        day = head.held_on
        self.held.set_value(PartialDate.of_day(day) if day else None)
        self.place.set_value(head.place)
        self.chair.set_value(head.chair)
        self.note.set_value(head.note)
        clear_layout(self._members)
        self.rows = []
        for member in head.attendance or (Attendant(""),):
            self._add_row(member)
        self.setEnabled(editable)

    def add_member(self) -> None:
        """One more line to write a member on."""
        if len(self.rows) < MOST_MEMBERS:
            self._add_row(Attendant(""))
            self.rows[-1].name.setFocus()

    def stated(self) -> MinuteHead:
        """What the card says now."""
        given = self.held.value()
        day = given.midpoint() if given is not None and given.precision is Precision.DAY else None
        members = tuple(row.member() for row in self.rows if row.name.value())
        return MinuteHead(day, self.place.value(), self.chair.value(), members, self.note.value())

    def _add_row(self, member: Attendant) -> None:
        row = MemberRow(self.kit, member, self._settled)
        self.rows.append(row)
        self._members.addWidget(row)

    def _settled(self) -> None:
        self.given.emit(self.stated())
