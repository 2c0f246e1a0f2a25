"""Which column is which field, with what stands in it; the person corrects what was guessed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tarahum_desktop.casework.imports.checked import Choices
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.domain.import_columns import Column, Layout, guess_layout
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.import_words import field_words, layout_options, reason_options
from tarahum_desktop.ui.imports.presenter import ImportPresenter
from tarahum_desktop.ui.imports.wheelless import ColumnChoice
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.reflow import Reflow

_LONGEST_SAMPLE = 60


class ColumnsPanel(QWidget):
    """One line a column: its heading, the first cells, and the field it becomes."""

    def __init__(self, kit: Kit, presenter: ImportPresenter) -> None:
        super().__init__()
        self.kit, self._presenter = kit, presenter
        self.setProperty("paper", "clear")
        self.fields: list[QComboBox] = []
        self._told = label("", tone="soft", wraps=True)
        self._grid_home = QScrollArea()
        self._grid_home.setWidgetResizable(True)
        self._grid_home.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grid_home.setMinimumHeight(kit.look.px(150))
        self.layout_field = ChoiceField(kit, [Option(*one) for one in layout_options(kit.words)])
        self.reason = ChoiceField(kit, [Option(*one) for one in reason_options(kit.words)])
        self.scope = ChoiceField(kit, ())
        self._scope_home = QWidget()
        self._scope_home.setProperty("paper", "clear")
        self._scope_box = QVBoxLayout(self._scope_home)
        self._scope_box.setContentsMargins(0, 0, 0, 0)
        self._first_scope = ""
        self._layout_chosen = False
        self.layout_field.changed.connect(self._chose_layout)
        self._lay_out()

    def show_file(self, file: RegisterFile, matching: Matching, scopes: Sequence[tuple[str, str]]) -> None:
        """Show the columns of a file as they are matched."""
        words, number = self.kit.words, self.kit.formats.number
        rows = words.n("{count} row", "{count} rows", len(file.rows)).format(count=number(len(file.rows)))
        told = words.t("{rows} in “{file}”.").format(file=isolate(file.title), rows=rows)
        if matching.remembered:
            told = f"{told} {words.t('Its columns are matched as the last time.')}"
        self._told.setText(told)
        self._show_columns(file, matching)
        self._layout_chosen = matching.remembered
        self.layout_field.set_value(matching.layout.value)
        self.reason.set_value(matching.reason)
        self._show_scopes(scopes)
        if self.fields:
            self.fields[0].setFocus()

    def matching(self) -> Matching:
        """The columns as they are chosen now."""
        chosen = {Column(box.currentData()): at for at, box in enumerate(self.fields) if box.currentData()}
        layout = Layout(self.layout_field.value() or Layout.BY_ROW.value)
        return Matching(chosen, layout, self.reason.value() or "")

    def check(self) -> None:
        """Check the register with these columns."""
        scope = self.scope.value() or self._first_scope
        self._presenter.check(self.matching(), Choices(scope))

    def _show_columns(self, file: RegisterFile, matching: Matching) -> None:
        page = QWidget()
        page.setProperty("paper", "clear")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.kit.look.sizes.space_3)
        grid.setVerticalSpacing(self.kit.look.sizes.space_1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 3)
        t = self.kit.words.t
        for at, text in enumerate((t("Column of the file"), t("What stands in it"), t("Field"))):
            grid.addWidget(label(text, size="caption", tone="soft"), 0, at)
        by_column = {at: column for column, at in matching.columns.items()}
        self.fields = []
        for at, heading in enumerate(file.headings):
            name = heading or t("Column {number}").format(number=self.kit.formats.number(at + 1))
            grid.addWidget(hold_to_start(self.kit, label(name, wraps=True)), at + 1, 0)
            sample = " · ".join(file.sample(at))
            shown = sample[:_LONGEST_SAMPLE] + ("…" if len(sample) > _LONGEST_SAMPLE else "")
            grid.addWidget(hold_to_start(self.kit, label(shown or "—", tone="soft", wraps=True)), at + 1, 1)
            box = ColumnChoice(
                self.kit, name, [(one.value, field_words(self.kit.words, one.value)) for one in Column]
            )
            found = by_column.get(at)
            box.choose(found.value if found else "")
            box.activated.connect(lambda _index, place=at: self._chose_field(place))
            grid.addWidget(box, at + 1, 2)
            self.fields.append(box)
        grid.setRowStretch(len(file.headings) + 1, 1)
        self._grid_home.setWidget(page)

    def _chose_field(self, place: int) -> None:
        """A field stands for one column: the other one lets go of it. The layout follows until it is chosen."""
        code = self.fields[place].currentData()
        for at, box in enumerate(self.fields):
            if code and at != place and box.currentData() == code:
                box.setCurrentIndex(0)
        if not self._layout_chosen:
            self.layout_field.set_value(guess_layout(self.matching().columns).value)

    def _chose_layout(self) -> None:
        self._layout_chosen = True

    def _show_scopes(self, scopes: Sequence[tuple[str, str]]) -> None:
        while (item := self._scope_box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._first_scope = scopes[0][0] if scopes else ""
        self.scope = ChoiceField(self.kit, [Option(code, text) for code, text in scopes])
        self.scope.set_value(self._first_scope)
        self._scope_home.setVisible(len(scopes) > 1)
        self._scope_box.addWidget(FieldRow(self.kit, self.kit.words.t("Save the families in"), self.scope))

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        card = Card(kit, t("Which column is which?"), icon="filter")
        card.add(self._told)
        card.add(self._grid_home, 1)
        second = Card(kit, t("How it is to be read"), icon="settings")
        fields = Reflow(kit, 700)
        fields.add(FieldRow(kit, t("Rows of one family"), self.layout_field), 1)
        fields.add(FieldRow(kit, t("Persons without an identity number"), self.reason), 1)
        second.add(fields)
        second.add(self._scope_home)
        buttons = Reflow(kit, 400)
        buttons.add(button(kit, t("Check the rows"), self.check, role="primary", icon="check"))
        buttons.add(button(kit, t("Another file"), self._presenter.start, role="quiet"))
        buttons.row.addStretch(1)
        second.add(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        box.addWidget(card, 1)
        box.addWidget(second)
