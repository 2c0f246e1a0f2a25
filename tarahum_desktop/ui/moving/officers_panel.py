"""Officers with their work beside the cases of the one stood on."""

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tarahum_desktop.casework.moving.in_hand import CaseInHand, OfficerLine
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.moving.lists import cases_table, officers_table
from tarahum_desktop.ui.moving.words import case_detail, officer_name, visits_line
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import Option
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.state_panel import StatePanel


class OfficersPanel(QWidget):
    """Arrows choose an officer, Enter goes to the cases, Space marks them, Ctrl+A marks all."""

    def __init__(
        self,
        kit: Kit,
        choose: Callable[[uuid.UUID | None], None],
        open_file: Callable[[CaseInHand], None],
        buttons: Sequence[QPushButton],
    ) -> None:
        super().__init__()
        self.kit, self._choose = kit, choose
        self.setProperty("paper", "clear")
        self.lines: tuple[OfficerLine, ...] = ()
        self.officers, self.cases = officers_table(kit), cases_table(kit)
        self.officers.moved.connect(self._stand_on)
        self.officers.opened.connect(lambda _line: self.stand_in_cases())
        self.cases.opened.connect(open_file)
        self.cases.moved.connect(lambda case: self.told.setText(case_detail(kit, case)))
        self.cases.marks_changed.connect(self._count)
        self.buttons = list(buttons)
        self._asking = False
        self._lay_out()

    def set_officers(self, lines: Sequence[OfficerLine]) -> None:
        """Show the officers, standing on the one stood on before."""
        before = self.officers.current_row()
        self.lines = tuple(lines)
        self.officers.blockSignals(True)  # standing on the first row for a moment must not read its cases
        self.officers.set_rows(lines)
        at = next((i for i, line in enumerate(lines) if before is not None and line.id == before.id), 0)
        if lines:
            self.officers.setCurrentIndex(self.officers.rows_model.index(at, 0))
        self.officers.blockSignals(False)
        if lines:
            self._stand_on(lines[at])
        else:
            self._nobody()

    def set_cases(self, cases: Sequence[CaseInHand]) -> None:
        """Show the cases of the officer stood on."""
        self.cases.set_rows(cases)
        self.make_room(asking=self._asking)
        if cases:
            self.states.show_content()
            self.told.setText(case_detail(self.kit, self.cases.current_row() or cases[0]))
        else:
            words = self.kit.words
            self.states.show_empty(
                words.t("No open cases"),
                words.t("Hand cases over from another officer, or register a family."),
            )
        self._count()

    def chosen(self) -> list[CaseInHand]:
        """The marked cases, or the one stood on."""
        marked: list[CaseInHand] = self.cases.marked_rows()
        current = self.cases.current_row()
        if marked or current is None or current.leaving:
            return marked
        return [current]

    def takers(self) -> list[Option]:
        """Who may be given cases: everybody who carries some here but the one who has them."""
        current = self.officers.current_row()
        here = current.id if current is not None else None
        return [
            Option(str(line.id), officer_name(self.kit, line))
            for line in self.lines
            if line.can_take and line.id is not None and line.id != here
        ]

    def stand_in_cases(self) -> None:
        """Go to the cases."""
        self.cases.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_room(self, *, asking: bool) -> None:
        """Take away what is not needed while something is asked below, or while there is no case."""
        self._asking = asking
        self.visits.setVisible(not asking and bool(self.lines))
        for made in (*self.buttons, self.told, self.marked):
            made.setVisible(not asking and bool(self.cases.rows_model.rows))

    def take_focus(self) -> None:
        """Stand in the list of officers."""
        self.officers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_on(self, line: OfficerLine) -> None:
        self.visits.setText(visits_line(self.kit, line))
        self._choose(line.id)

    def _nobody(self) -> None:
        """Somebody who hands out no cases came here."""
        words = self.kit.words
        self.cases.set_rows(())
        self.marked.setText("")
        self.make_room(asking=self._asking)
        self.states.show_empty(
            words.t("Cases are handed out by the supervisor"),
            words.t("Your own cases are among your tasks. Please ask your supervisor for other ones."),
        )

    def _count(self) -> None:
        words, marked = self.kit.words, len(self.cases.marks)
        if marked:
            told = words.n("{count} case marked", "{count} cases marked", marked)
            self.marked.setText(told.format(count=self.kit.formats.number(marked)))
        else:
            self.marked.setText(words.t("Space marks a case, Ctrl+A marks all."))

    def _lay_out(self) -> None:
        kit, sizes, words = self.kit, self.kit.look.sizes, self.kit.words
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(sizes.space_4)
        people = Card(kit, words.t("Officers"), icon="user")
        people.add(self.officers, 1)
        self.visits = hold_to_start(kit, label("", size="caption", tone="soft", wraps=True))
        people.add(self.visits)
        across.addWidget(people, 5)
        cases = Card(kit, words.t("Their cases"), icon="file")
        self.states = StatePanel(kit, self.cases)
        cases.add(self.states, 1)
        self.told = hold_to_start(kit, label("", tone="soft", wraps=True))
        cases.add(self.told)
        self.marked = label("", size="caption", tone="soft")
        cases.add(self.marked)
        row = QHBoxLayout()
        row.setSpacing(sizes.space_2)
        for made in self.buttons:
            row.addWidget(made)
        row.addStretch(1)
        cases.body.addLayout(row)
        across.addWidget(cases, 9)
