"""One person of a new family: names, gender, document, birth, telephone; for a member also the relation to the head."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.duplicates.typed import PersonTyped, SimilarPerson
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import HEAD_RELATION, NewMember
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.ui.families.document_field import DocumentField
from tarahum_desktop.ui.families.similar_words import similar_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.checked_fields import MobileField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField
from tarahum_desktop.ui.widgets.reflow import Reflow

LONGEST_NAME = 60
NARROW = 820
PAUSE_MILLISECONDS = 200
_COLUMNS = ("first_name", "father_name", "grandfather_name", "family_name")
_GENDERS = {
    "son": "male", "father": "male", "brother": "male", "daughter": "female", "mother": "female",
    "sister": "female", "daughter_in_law": "female",
}  # fmt: skip


class PersonEntry(QWidget):
    """Asks about one person and warns of whoever on record may be the same.

    Signals:
        typed: a short pause after typing; somebody may be on record already.
        related: the relation was chosen.
        removed: this row is to go.
        open_known: the similar person's household, as text.
    """

    typed = Signal()
    related = Signal()
    removed = Signal()
    open_known = Signal(str)

    def __init__(self, kit: Kit, relations: Sequence[ListedItem] = (), *, head: bool) -> None:
        super().__init__()
        self.kit, self.head = kit, head
        words = kit.words
        self.relation = ChoiceField(kit, [Option(one.code, one.text) for one in relations])
        self.names = [LineField(kit, limit=LONGEST_NAME) for _part in range(4)]
        self.gender = ChoiceField(kit, [Option("male", words.t("Male")), Option("female", words.t("Female"))])
        self.document = DocumentField(kit)
        self.birth = PartialDateField(kit)
        self.mobile = MobileField(kit)
        self.banner = Banner(kit)
        self._suggested = NameParts("")
        self._assumed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.typed.emit)
        for field in (*self.names, self.document.number, self.birth, self.mobile):
            field.changed.connect(lambda: self._pause.start(PAUSE_MILLISECONDS))
            field.finished.connect(lambda: self._pause.start(0))
        self.gender.finished.connect(lambda: self._pause.start(0))
        self.relation.finished.connect(self._related)
        self._lay_out()

    def take_over(self, name: NameParts, id_number: str = "", mobile: str = "") -> None:
        """Fill in what is known already."""
        for line, text in zip(
            self.names, (name.first, name.father, name.grandfather, name.family), strict=True
        ):
            line.set_value(text)
        self.document.number.set_value(id_number)
        self.mobile.set_value(mobile)

    def suggest(self, name: NameParts) -> None:
        """Offer father, grandfather and family in lines that are empty or still hold the suggestion before."""
        before = (self._suggested.father, self._suggested.grandfather, self._suggested.family)
        for line, old, new in zip(
            self.names[1:], before, (name.father, name.grandfather, name.family), strict=True
        ):
            if line.value() in {"", old}:
                line.set_value(new)
        self._suggested = name

    def assume_gender(self, gender: str) -> None:
        """Put in what follows from the relation, unless the person chose otherwise."""
        if (self.gender.value() or "") in {"", self._assumed}:
            self.gender.set_value(gender or None)
            self._assumed = gender

    def name(self) -> NameParts:
        """The names as typed."""
        return NameParts(*(line.value() for line in self.names))

    def as_typed(self) -> PersonTyped:
        """What a comparison with those on record is told."""
        name, birth = self.name(), self.birth.value()
        return PersonTyped(
            name.first, name.father, name.grandfather, name.family, self.gender.value() or "",
            "" if self.document.without.value() else self.document.number.value(), birth.to_code() if birth else "",
            mobile=self.mobile.value(),
        )  # fmt: skip

    def member(self) -> NewMember:
        """The person as a use case takes them."""
        birth = self.birth.value()
        entered = dict(zip(_COLUMNS, (line.value() for line in self.names), strict=True))
        entered |= {"gender": self.gender.value() or "", "mobile": self.mobile.value()}
        entered |= {"birth": birth.to_code() if birth else ""} | self.document.entered()
        relation = HEAD_RELATION if self.head else self.relation.value() or "other"
        return NewMember(relation, {name: text for name, text in entered.items() if text})

    def empty(self) -> bool:
        """Whether nothing was typed that is not a suggestion."""
        return not (self.names[0].value() or self.document.number.value() or self.mobile.value())

    def lacking(self) -> list[Field]:
        """What must still be given; it is said beside each."""
        needed: list[Field] = [self.names[0], self.names[3], self.gender]
        if not self.head:
            needed.insert(0, self.relation)
        lacking = [field for field in needed if not field.value()]
        for field in lacking:
            field.tell(Note(self.kit.words.t("Please answer this question.")))
        if self.document.lacks_reason():
            lacking.append(self.document.reason)
        return lacking

    def settle(self) -> None:
        """Clean and judge what is still being typed."""
        for line in (*self.names, self.document.number, self.birth, self.mobile):
            line.settle()

    def show_similar(self, people: Sequence[SimilarPerson]) -> None:
        """Warn of the likeliest; nobody clears the warning."""
        if not people:
            self.banner.clear()
            return
        best, words = people[0], self.kit.words
        home = str(best.household_id) if best.household_id else ""
        self.banner.say(
            similar_sentence(self.kit, people), "attention", words.t("Open the file") if home else "",
            lambda: self.open_known.emit(home),
        )  # fmt: skip

    def clear(self) -> None:
        """Be ready for the next family."""
        for field in (*self.names, self.gender, self.birth, self.mobile, self.relation):
            field.set_value(None)
        self.document.clear()
        self.banner.clear()

    def focus(self) -> None:
        """Put the keyboard where the person begins."""
        first = self.names[0] if self.head else self.relation
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _related(self) -> None:
        self.assume_gender(_GENDERS.get(self.relation.value() or "", ""))
        self.related.emit()

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        box.addWidget(self.banner)
        first = words.t("First name of the head") if self.head else words.t("First name")
        captions = (
            first, words.p("part of a name", "Father"), words.p("part of a name", "Grandfather"),
            words.p("part of a name", "Family"),
        )  # fmt: skip
        names = [
            FieldRow(kit, caption, line, required=at in {0, 3})
            for at, (caption, line) in enumerate(zip(captions, self.names, strict=True))
        ]
        gender = FieldRow(kit, words.t("Gender"), self.gender, required=True)
        birth = FieldRow(kit, words.t("Date of birth"), self.birth)
        mobile = FieldRow(kit, words.t("Mobile"), self.mobile)
        if self.head:
            box.addWidget(self._line(names[:2], names[2:]))
            box.addWidget(self._line([gender, self.document], [birth, mobile]))
            return
        relation = FieldRow(kit, words.t("Relation to the head"), self.relation, required=True)
        # What is typed for every member comes first; names that follow from the family are there already.
        box.addWidget(self._line([relation, names[0]], [self.document, birth]))
        box.addWidget(self._line(names[1:3], [names[3], gender]))
        below = QHBoxLayout()
        below.addWidget(mobile, 1)
        below.addStretch(2)
        remove = button(kit, words.t("Remove this person"), self.removed.emit, role="quiet", icon="delete")
        below.addWidget(remove, 0, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(below)

    def _line(self, *pairs: Sequence[QWidget]) -> Reflow:
        """Pairs of fields in one line, or one pair under the other where it is narrow."""
        line = Reflow(self.kit, NARROW)
        for pair in pairs:
            both = Reflow(self.kit, 0)
            for field in pair:
                both.add(field, 1)
            line.add(both, 1)
        return line
