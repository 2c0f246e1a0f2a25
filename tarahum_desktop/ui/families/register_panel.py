"""A new family in one short card; doubts about numbers are said and never stop anybody."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import HEAD_RELATION, NewMember
from tarahum_desktop.casework.search import FamilyHit
from tarahum_desktop.ui.families.hits import family_words
from tarahum_desktop.ui.families.presenter import Beginning
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.checked_fields import MobileField, PersonIdField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.reflow import Reflow

LONGEST_NAME = 60
NARROW = 820


class RegisterPanel(QWidget):
    """Closing it keeps what was typed until the family is registered.

    Signals:
        closed: go back to the list.
        id_given: a whole identity number was left or cleared.
    """

    closed = Signal()
    id_given = Signal(str)

    def __init__(
        self,
        kit: Kit,
        register: Callable[[NewMember, Mapping[str, str]], None],
        open_known: Callable[[FamilyHit], None],
    ) -> None:
        super().__init__()
        self.kit, self._register, self._open_known = kit, register, open_known
        self._empty = True
        self.names = [LineField(kit, limit=LONGEST_NAME) for _part in range(4)]
        self.gender = ChoiceField(
            kit, [Option("male", kit.words.t("Male")), Option("female", kit.words.t("Female"))]
        )
        self.person_id, self.mobile = PersonIdField(kit), MobileField(kit)
        self.place = ChoiceField(kit, ())
        self._place_holder = QWidget()
        self._place_box = QVBoxLayout(self._place_holder)
        self._place_box.setContentsMargins(0, 0, 0, 0)
        self._place_box.addWidget(FieldRow(kit, kit.words.t("Place"), self.place))
        self.banner = Banner(kit)
        self._lay_out()
        self.person_id.finished.connect(lambda: self.id_given.emit(self.person_id.value()))

    def begin(self, beginning: Beginning) -> None:
        """Open the card; what the search said already is taken over unless something was typed before."""
        self.banner.clear()
        if self._empty and not self._typed():
            name = beginning.name
            parts = (name.first, name.father, name.grandfather, name.family)
            for line, text in zip(self.names, parts, strict=True):
                line.set_value(text)
            self.person_id.set_value(beginning.id_number)
            self.mobile.set_value(beginning.mobile)
        self.names[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_places(self, places: Sequence[ListedItem]) -> None:
        """Offer these places."""
        chosen = self.place.value()
        self.place = ChoiceField(self.kit, [Option(place.code, place.text) for place in places])
        self.place.set_value(chosen)
        clear_layout(self._place_box)
        self._place_box.addWidget(FieldRow(self.kit, self.kit.words.t("Place"), self.place))
        QWidget.setTabOrder(self.mobile, self.place)
        QWidget.setTabOrder(self.place, self._save)

    def clear(self) -> None:
        """Be ready for the next family."""
        for field in self._fields():
            field.set_value(None)
        self.banner.clear()

    def submit(self) -> None:
        """Register what is written, or say what is still missing."""
        for line in (*self.names, self.person_id, self.mobile):
            line.settle()
        lacking = [field for field in (self.names[0], self.names[3], self.gender) if not field.value()]
        if lacking:
            for field in lacking:
                field.tell(Note(self.kit.words.t("Please answer this question.")))
            lacking[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        place = self.place.value()
        self._register(NewMember(HEAD_RELATION, self._entered()), {"place_code": place} if place else {})

    def show_known(self, hit: FamilyHit | None) -> None:
        """Somebody with this identity number is on record already."""
        if hit is None:
            self.banner.clear()
            return
        words = self.kit.words
        sentence = words.t("This identity number is already on record: {name}. Please open that file first.")
        self.banner.say(
            sentence.format(name=family_words(self.kit, hit)), "attention",
            words.t("Open the file") if hit.household_id else "", lambda: self._open_known(hit),
        )  # fmt: skip

    def _entered(self) -> dict[str, str]:
        """The head's columns; only what was given is in them."""
        names = ("first_name", "father_name", "grandfather_name", "family_name")
        entered = {name: line.value() for name, line in zip(names, self.names, strict=True)}
        entered |= {"gender": self.gender.value(), "mobile": self.mobile.value()}
        checked = self.person_id.checked()
        if checked.value:
            kind = "iqama" if checked.kind == "iqama" else "national_id"
            entered |= {"id_kind": kind, "id_number": checked.value}
        return {name: text for name, text in entered.items() if text}

    def _typed(self) -> bool:
        return any(line.value() for line in (*self.names, self.person_id, self.mobile))

    def _fields(self) -> tuple[Field, ...]:
        return (*self.names, self.gender, self.person_id, self.mobile, self.place)

    def _lay_out(self) -> None:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        card = Card(kit, words.t("A new family"), icon="families")
        card.add(self.banner)
        captions = (
            words.t("First name of the head"), words.p("part of a name", "Father"),
            words.p("part of a name", "Grandfather"), words.p("part of a name", "Family"),
        )  # fmt: skip
        names = [
            FieldRow(kit, caption, line, required=at in {0, 3})
            for at, (caption, line) in enumerate(zip(captions, self.names, strict=True))
        ]
        card.add(self._line(names[:2], names[2:]))
        gender = FieldRow(kit, words.t("Gender"), self.gender, required=True)
        person_id = FieldRow(kit, words.t("Identity number"), self.person_id)
        mobile = FieldRow(kit, words.t("Mobile"), self.mobile)
        card.add(self._line([gender, person_id], [mobile, self._place_holder]))
        below = QHBoxLayout()
        below.setSpacing(sizes.space_2)
        self._save = button(kit, words.t("Register the family"), self.submit, role="primary", icon="check")
        below.addWidget(self._save)
        below.addWidget(button(kit, words.t("Back to the list"), self.closed.emit, role="quiet"))
        below.addStretch(1)
        card.body.addLayout(below)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def _line(self, *pairs: Sequence[QWidget]) -> Reflow:
        """Pairs of fields in one line, or one pair under the other where it is narrow."""
        line = Reflow(self.kit, NARROW)
        for pair in pairs:
            both = Reflow(self.kit, 0)
            for field in pair:
                both.add(field, 1)
            line.add(both, 1)
        return line
