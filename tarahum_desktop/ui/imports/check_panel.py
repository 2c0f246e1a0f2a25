"""What the check found: counts, each row as it will become, what is wrong with it, and the decision to save."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.imports.checked import Checked, CheckedRow, Fate
from tarahum_desktop.casework.imports.households import name_of
from tarahum_desktop.casework.imports.written_back import note_sentence
from tarahum_desktop.domain.dates import PartialDate
from tarahum_desktop.domain.names import Gender
from tarahum_desktop.i18n.import_words import fate_words
from tarahum_desktop.ui.imports.presenter import ImportPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

FILTERS = ("all", "bad", "doubtful", "good")


class CheckPanel(QWidget):
    """A table of rows, and below it the one stood on in full."""

    def __init__(self, kit: Kit, presenter: ImportPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        t = kit.words.t
        self._told = label("", size="strong", wraps=True)
        self._homes = label("", tone="soft", wraps=True)
        titles = (t("All rows"), t("Not ready"), t("With a warning"), t("Good"))
        self.filter = ChoiceField(kit, [Option(*one) for one in zip(FILTERS, titles, strict=True)])
        self.filter.changed.connect(self._show_rows)
        self.table = self._table()
        self.table.moved.connect(self._stood)
        self.states = StatePanel(kit, self.table)
        self.states.setMinimumHeight(kit.look.px(150))
        self.notes = hold_to_start(kit, label("", wraps=True))
        self.hold = CheckField(kit, t("Hold back who is probably on record or in the sheet twice"))
        self.hold.changed.connect(lambda: presenter.check_again(hold_doubtful=self.hold.value()))
        self.whole = CheckField(kit, t("All or nothing: save only when every row is ready"))
        self.whole.changed.connect(self._show_save)
        self.accept_button = button(kit, t("Save this row all the same"), self.accept, icon="check")
        self.save_button = button(kit, t("Save the good rows"), self.save, role="primary", icon="check")
        self._lay_out()

    def show_checked(self, checked: Checked) -> None:
        """Show what was found; what is not ready first, if there is any."""
        number, words = self.kit.formats.number, self.kit.words
        bad = checked.count(Fate.REFUSED) + checked.count(Fate.HELD)
        good = checked.count(Fate.SAVE)
        parts = [
            words.n("{count} row can be saved", "{count} rows can be saved", good).format(count=number(good)),
            words.n("{count} row is not ready", "{count} rows are not ready", bad).format(count=number(bad)),
        ]
        if known := checked.count(Fate.ON_RECORD):
            parts.append(
                words.n(
                    "{count} person is on record already", "{count} persons are on record already", known
                ).format(count=number(known))
            )
        self._told.setText(" · ".join(parts))
        new, joined = checked.new_homes, checked.joined_homes
        homes = [words.n("{count} new family", "{count} new families", new).format(count=number(new))]
        if joined:
            homes.append(
                words.n(
                    "{count} family on record gets new members",
                    "{count} families on record get new members",
                    joined,
                ).format(count=number(joined))
            )
        if doubtful := checked.doubtful:
            homes.append(
                words.n(
                    "{count} good row has a warning", "{count} good rows have a warning", doubtful
                ).format(count=number(doubtful))
            )
        self._homes.setText(" · ".join(homes))
        self.hold.set_value(checked.choices.hold_doubtful)
        self.filter.set_value("bad" if bad else "all")
        self._show_rows()
        self._show_save()

    def save(self) -> None:
        """Save, if it may be."""
        if self.save_button.isEnabled():
            self._presenter.save(all_or_nothing=self.whole.value())

    def accept(self) -> None:
        """Save the row stood on all the same."""
        row = self.table.current_row()
        if row is not None:
            self._presenter.accept(row)

    def can_accept(self) -> bool:
        """Whether the row stood on was held back."""
        row = self.table.current_row()
        return row is not None and row.fate is Fate.HELD

    def _show_save(self) -> None:
        checked = self._presenter.checked
        if checked is None:
            return
        bad = checked.count(Fate.REFUSED) + checked.count(Fate.HELD)
        self.save_button.setEnabled(checked.count(Fate.SAVE) > 0 and not (self.whole.value() and bad))

    def _show_rows(self) -> None:
        rows = self._presenter.rows(self.filter.value() or "all")
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
            self._stood(rows[0])
        else:
            t = self.kit.words.t
            self.states.show_empty(t("No row of this kind"), t("Choose another list above."), icon="check")
            self.notes.setText("")
            self.accept_button.hide()

    def _stood(self, one: CheckedRow | None) -> None:
        checked = self._presenter.checked
        if one is None or checked is None:
            return
        self.accept_button.setVisible(one.fate is Fate.HELD)
        said = [
            note_sentence(self.kit.words, self.kit.formats, checked, note)
            for note in (*one.row.errors, *one.row.warnings)
        ]
        self.notes.setText("\n".join(said) or self.kit.words.t("Nothing is wrong with this row."))

    def _table(self) -> DataTable:
        t, formats = self.kit.words.t, self.kit.formats
        table = DataTable(
            self.kit,
            [
                Column[CheckedRow](t("Row"), lambda one: formats.number(one.row.number), 1),
                Column[CheckedRow](t("Name"), self._name, 7),
                Column[CheckedRow](t("Identity number"), self._identity, 4),
                Column[CheckedRow](t("Date of birth"), self._birth, 8),
                Column[CheckedRow](t("Rent"), self._rent, 3),
                Column[CheckedRow](
                    t("Result"), lambda one: fate_words(self.kit.words, one.fate), 4, self._tone
                ),
                Column[CheckedRow](t("What is wrong"), self._first_note, 4),
            ],
            t("Rows as they will become"),
        )
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return table

    def _name(self, one: CheckedRow) -> str:
        gender = Gender.FEMALE if one.person.entered.get("gender") == "female" else Gender.MALE
        return name_of(one.person).full(gender) or "—"

    def _identity(self, one: CheckedRow) -> str:
        number = str(one.person.entered.get("id_number") or "")
        return self.kit.formats.code(number) if number else self.kit.words.t("No document")

    def _birth(self, one: CheckedRow) -> str:
        code = one.person.entered.get("birth")
        return self.kit.formats.partial_date(PartialDate.from_code(code)) if code else "—"

    def _rent(self, one: CheckedRow) -> str:
        amount = one.row.home.get("annual_rent_halalas")
        return self.kit.formats.money(amount) if amount is not None else "—"

    def _first_note(self, one: CheckedRow) -> str:
        checked = self._presenter.checked
        notes = (*one.row.errors, *one.row.warnings)
        return note_sentence(self.kit.words, self.kit.formats, checked, notes[0]) if notes and checked else ""

    def _tone(self, one: CheckedRow) -> Tone:
        if one.fate is Fate.REFUSED:
            return "danger"
        if one.fate is Fate.HELD or (one.fate is Fate.SAVE and one.row.warnings):
            return "attention"
        return "accent" if one.fate is Fate.SAVE else "soft"

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        card = Card(kit)
        card.add(self._told)
        card.add(self._homes)
        card.add(self.filter)
        card.add(self.states, 1)
        said = Reflow(kit, 600)
        said.add(self.notes, 1)
        said.add(self.accept_button)
        card.add(said)
        below = Card(kit)
        choices = Reflow(kit, 900)
        choices.add(self.hold, 1)
        choices.add(self.whole, 1)
        below.add(choices)
        buttons = Reflow(kit, 700)
        buttons.add(self.save_button)
        buttons.add(button(kit, t("Save the sheet with errors"), self.write_back, icon="file"))
        buttons.add(button(kit, t("Back to the columns"), self._presenter.columns, role="quiet"))
        buttons.add(button(kit, t("Another file"), self._presenter.start, role="quiet"))
        buttons.row.addStretch(1)
        below.add(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        box.addWidget(card, 1)
        box.addWidget(below)

    def write_back(self) -> None:
        """Save the whole sheet with what is wrong beside each row."""
        self._presenter.write_back(only_bad=False)
