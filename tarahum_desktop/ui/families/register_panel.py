"""A new family on one page: the head, then one member after the other without leaving the keyboard.

Doubts about numbers and about people on record are said and never stop anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tarahum_desktop.casework.duplicates.typed import PersonTyped, SimilarPerson
from tarahum_desktop.casework.register import NewMember
from tarahum_desktop.domain.name_chain import expected_names
from tarahum_desktop.domain.names import Gender
from tarahum_desktop.ui.families.person_entry import PersonEntry
from tarahum_desktop.ui.families.ports import RegisterLists
from tarahum_desktop.ui.families.register_presenter import Beginning
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow

MOST_MEMBERS = 30
Register = Callable[[NewMember, Sequence[NewMember], Mapping[str, str]], None]
Compare = Callable[[int, PersonTyped], None]


class RegisterPanel(QWidget):
    """Closing it keeps what was typed until the family is registered.

    Signals:
        closed: go back to the list.
        open_known: open the household with this id.
    """

    closed = Signal()
    open_known = Signal(str)

    def __init__(self, kit: Kit, register: Register, compare: Compare) -> None:
        super().__init__()
        self.kit, self._register, self._compare = kit, register, compare
        self._lists = RegisterLists((), (), ())
        self.head = PersonEntry(kit, head=True)
        self.members: list[PersonEntry] = []
        self._cards: list[Card] = []
        self._next_row = 1
        self._by_row: dict[int, PersonEntry] = {}
        self.place = ChoiceField(kit, ())
        self.banner = Banner(kit)
        self._lay_out()
        self._connect(self.head, 0)

    def begin(self, beginning: Beginning) -> None:
        """Open the card; what the search said already is taken over unless something was typed before."""
        self.banner.clear()
        if self.head.empty():
            self.head.take_over(beginning.name, beginning.id_number, beginning.mobile)
            if beginning != Beginning():
                self._compare(0, self.head.as_typed())
        self.head.focus()

    def set_choices(self, lists: RegisterLists) -> None:
        """Offer places, relations and reasons."""
        self._lists = lists
        chosen = self.place.value()
        self.place = ChoiceField(self.kit, [Option(place.code, place.text) for place in lists.places])
        self.place.set_value(chosen)
        clear_layout(self._place_box)
        self._place_box.addWidget(FieldRow(self.kit, self.kit.words.t("Place"), self.place))
        QWidget.setTabOrder(self.head.mobile, self.place)
        self.head.document.set_reasons(lists.reasons)

    def add_member(self) -> None:
        """One more person of the household, ready to be typed."""
        if len(self.members) >= MOST_MEMBERS:
            self.banner.say(
                self.kit.words.t("Please register the family now; more members are added in its file.")
            )
            return
        entry = PersonEntry(self.kit, self._lists.relations, head=False)
        entry.document.set_reasons(self._lists.reasons)
        card = Card(self.kit, self._member_title(len(self.members) + 1), icon="user")
        card.add(entry)
        self.members.append(entry)
        self._cards.append(card)
        self._member_box.addWidget(card)
        self._connect(entry, self._next_row)
        entry.removed.connect(lambda: self._remove(entry))
        entry.related.connect(lambda: self._suggest(entry))
        self._next_row += 1
        self._keep_order()
        entry.focus()

    def clear(self) -> None:
        """Be ready for the next family."""
        for entry in list(self.members):
            self._remove(entry)
        self.head.clear()
        self.place.set_value(None)
        self.banner.clear()

    def submit(self) -> None:
        """Register what is written, or say what is still missing; a member row left empty is none."""
        members = [entry for entry in self.members if not entry.empty()]
        lacking = []
        for entry in (self.head, *members):
            entry.settle()
            lacking += entry.lacking()
        if lacking:
            lacking[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        place = self.place.value()
        self._register(
            self.head.member(), [entry.member() for entry in members], {"place_code": place} if place else {}
        )

    def show_similar(self, row: int, people: Sequence[SimilarPerson]) -> None:
        """Warn beside the person in a row."""
        if (entry := self._by_row.get(row)) is not None:
            entry.show_similar(people)

    def _connect(self, entry: PersonEntry, row: int) -> None:
        self._by_row[row] = entry
        entry.typed.connect(partial(self._look, entry, row))
        entry.open_known.connect(self.open_known)

    def _look(self, entry: PersonEntry, row: int) -> None:
        self._compare(row, entry.as_typed())

    def _suggest(self, entry: PersonEntry) -> None:
        gender = self.head.gender.value()
        spouses = (one for one in self.members if one is not entry and one.relation.value() == "spouse")
        husband = next((one.name() for one in spouses if one.names[0].value()), None)
        expected = expected_names(
            entry.relation.value() or "", self.head.name(), Gender(gender) if gender else None, husband
        )
        entry.suggest(expected)
        if entry.relation.value() == "spouse" and gender:
            entry.assume_gender("female" if gender == "male" else "male")

    def _remove(self, entry: PersonEntry) -> None:
        at = self.members.index(entry)
        card = self._cards.pop(at)
        del self.members[at]
        self._by_row = {row: one for row, one in self._by_row.items() if one is not entry}
        self._member_box.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._keep_order()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_order(self) -> None:
        """Tab goes from the last row to the button for the next, and on to registering."""
        last = self.members[-1].gender if self.members else self.place
        QWidget.setTabOrder(last, self._add)
        QWidget.setTabOrder(self._add, self._save)

    def _member_title(self, number: int) -> str:
        return self.kit.words.t("Member {number}").format(number=self.kit.formats.number(number))

    def _lay_out(self) -> None:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        card = Card(kit, words.t("A new family"), icon="families")
        card.add(self.banner)
        card.add(self.head)
        holder = QWidget()
        self._place_box = QVBoxLayout(holder)
        self._place_box.setContentsMargins(0, 0, 0, 0)
        self._place_box.addWidget(FieldRow(kit, words.t("Place"), self.place))
        card.add(holder)
        self._member_box = QVBoxLayout()
        self._member_box.setSpacing(sizes.space_4)
        below = QHBoxLayout()
        below.setSpacing(sizes.space_2)
        self._add = button(kit, words.t("Add a member"), self.add_member, icon="add")
        self._save = button(kit, words.t("Register the family"), self.submit, role="primary", icon="check")
        below.addWidget(self._add)
        below.addWidget(self._save)
        below.addWidget(button(kit, words.t("Back to the list"), self.closed.emit, role="quiet"))
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_4)
        box.addWidget(card)
        box.addLayout(self._member_box)
        box.addLayout(below)
        box.addStretch(1)


def in_scroll_area(panel: RegisterPanel) -> QScrollArea:
    """The card where a household of many needs more height than there is."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    panel.setProperty("paper", "clear")
    area.setWidget(panel)
    return area
