"""Courses: the list with a row for a new one, or a course's attendance sheet where one key marks a person."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.casework.courses.attendance import AttendanceSheet
from tarahum_desktop.casework.courses.courses import RUNNING, CourseLine
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.domain.attendance import Mark
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.courses_presenter import CoursesPresenter
from tarahum_desktop.ui.prison.ports import CoursePorts
from tarahum_desktop.ui.prison.show_cells import entry_day, short_day
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.entry_grid import EntryGrid
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable
from tarahum_desktop.ui.worker import Background

_KEYS = {
    "1": Mark.PRESENT, "١": Mark.PRESENT, " ": Mark.PRESENT,
    "0": Mark.ABSENT, "٠": Mark.ABSENT, "2": Mark.EXCUSED, "٢": Mark.EXCUSED,
}  # fmt: skip
_SIGNS = {Mark.PRESENT.value: "✓", Mark.ABSENT.value: "✗"}
MOST_COLUMNS = 16


class CoursesPanel(QWidget):
    """The list on one page, a sheet on the other."""

    def __init__(self, kit: Kit, ports: CoursePorts, background: Background) -> None:
        super().__init__()
        self.kit = kit
        self._services: tuple[ListedItem, ...] = ()
        self._around: Surroundings | None = None
        self.presenter = CoursesPresenter(ports, background, kit, self)
        self.new = EntryGrid(kit, self._new_columns(), kit.words.t("A new course"))
        self.list = DataTable(kit, self._list_columns(), kit.words.t("Courses"))
        self.sheet = EntryGrid(kit, [], kit.words.t("Attendance"), downwards=True)
        self.person = LineField(
            kit,
            placeholder=kit.words.t("Identity number of who joins, then Enter"),
            limit=40,
            left_to_right=True,
        )
        self.words = Banner(kit)
        self._lay_out()
        self.new.edited.connect(self.presenter.new_edited)
        self.new.finished.connect(self.presenter.new_finished)
        self.list.opened.connect(lambda line: self.presenter.open_course(line.id))
        self.sheet.edited.connect(self.presenter.marked)
        self.sheet.stood.connect(lambda row, _key: self.presenter.explain(row))
        self.person.edit.returnPressed.connect(lambda: self.presenter.add_person(self.person.edit.text()))

    @property
    def in_sheet(self) -> bool:
        """Whether a course is open."""
        return self.presenter.sheet is not None

    def open(self, around: Surroundings) -> None:
        """Show the courses."""
        self._around = around
        self.panel.show_loading()
        self.presenter.open(around)

    def take_focus(self) -> None:
        """Stand where the next key belongs."""
        if self.in_sheet:
            if self.sheet.grid.rows:
                self.sheet.take_focus()
            else:
                self.person.edit.setFocus()
        elif self.list.rows_model.rows:
            self.list.setFocus()
        else:
            self.new.take_focus()

    def write_new(self) -> None:
        """Stand in the new course, or hold a session in the one that is open."""
        if self.in_sheet:
            self.presenter.add_session()
        else:
            self.new.take_focus()

    def all_present(self) -> None:
        """Everybody without a mark in the session stood in was there."""
        self.presenter.all_present(self.sheet.standing()[1])

    def close_sheet(self) -> None:
        """Back to the list."""
        self.words.clear()
        self.presenter.read_courses()

    def show_courses(self, lines: Sequence[CourseLine]) -> None:
        """The list."""
        words = self.kit.words
        self.pages.setCurrentIndex(0)
        self.list.set_rows(lines)
        if lines:
            self.panel.show_content()
            if self.isVisible():
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.show_empty(
                words.t("There is no course yet"),
                words.t("A new one is written in the row above."),
                icon="plan",
            )

    def show_new(self, row: GridRow) -> None:
        """The row of a new course."""
        if self.new.grid.place_of(row.id) >= 0:
            self.new.show_row(row)
        else:
            self.new.set_rows([row])

    def show_services(self, services: Sequence[ListedItem]) -> None:
        """What a course can be of."""
        self._services = tuple(services)
        self.new.set_columns(self._new_columns())
        number = self.kit.formats.number
        legend = " · ".join(
            f"{number(at)} {item.text}" for at, item in enumerate(self._services[:9], start=1)
        )
        self.legend.setText(legend)

    def show_sheet(self, sheet: AttendanceSheet, rows: Sequence[GridRow], *, arrived: bool) -> None:
        """A course's attendance."""
        words = self.kit.words
        service = sheet.service_en if words.language == "en" else sheet.service_ar
        closed = "" if sheet.state == RUNNING else f" · {words.t('Closed')}"
        self.title.setText(f"{sheet.title} · {service}{closed}")
        self.person.setVisible(sheet.state == RUNNING)
        self.pages.setCurrentIndex(1)
        self.sheet.set_columns(self._sheet_columns(sheet))
        self.sheet.set_rows(rows)
        shown = sheet.sessions[-MOST_COLUMNS:]
        if arrived and rows and shown:
            self.sheet.stand(rows[0].id, str(shown[-1].id))
            self.sheet.take_focus()
        elif arrived and not rows:
            self.person.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hint.setText(
            words.t("1 present · 0 absent · 2 excused · F4 all others present · Ctrl+N a session today · Ctrl+S closes the course")
            if sheet.sessions else words.t("Ctrl+N adds the session held today.")
        )  # fmt: skip

    def show_person(self, row: GridRow) -> None:
        """One person's marks."""
        self.sheet.show_row(row)

    def person_added(self) -> None:
        """Be ready for the next one."""
        self.person.set_value("")

    def say(self, note: Note | None) -> None:
        """A sentence below."""
        if note is None:
            self.words.clear()
        else:
            self.words.say(note.sentence, note.tone)

    def show_error(self, sentence: str) -> None:
        """What was asked for could not be read."""
        if self.in_sheet:
            self.words.say(sentence, "danger")
        else:
            self.panel.show_error(sentence, self.presenter.read_courses)

    def _service(self, code: str) -> str:
        return next((item.text for item in self._services if item.code == code), code)

    def _new_columns(self) -> list[GridColumn]:
        words = self.kit.words
        marks = {str(at): item.code for at, item in enumerate(self._services[:9], start=1)}
        marks |= {chr(ord("٠") + int(digit)): code for digit, code in marks.items()}
        return [
            GridColumn("service", words.t("Service"), 6, marks=marks, show=self._service),
            GridColumn("title", words.t("Name of the course"), 5, limit=120),
            GridColumn("day", words.t("First day"), 3, hint=words.t("Today"), by_tab=True, limit=40, show=self._day),
            GridColumn("trainer", words.t("Trainer"), 3, by_tab=True, limit=120),
            GridColumn("sessions", words.t("Sessions planned"), 3, by_tab=True, limit=3, code=True),
        ]  # fmt: skip

    def _day(self, text: str) -> str:
        return entry_day(self.kit, text, self._around.today()) if self._around else text

    def _list_columns(self) -> list[Column[CourseLine]]:
        words, formats = self.kit.words, self.kit.formats
        english = words.language == "en"
        return [
            Column(words.t("Name of the course"), lambda line: line.title, 5),
            Column(words.t("Service"), lambda line: line.service_en if english else line.service_ar, 5),
            Column(
                words.t("First day"),
                lambda line: short_day(self.kit, line.first_day) if line.first_day else "",
                4,
            ),
            Column(words.t("People"), lambda line: formats.number(line.members), 2),
            Column(
                words.t("State"),
                lambda line: words.t("Running") if line.state == RUNNING else words.t("Closed"),
                2,
            ),
        ]

    def _sheet_columns(self, sheet: AttendanceSheet) -> list[GridColumn]:
        words, formats = self.kit.words, self.kit.formats
        marks = {key: mark.value for key, mark in _KEYS.items()}
        excused = words.p("attendance", "Exc.")
        sessions = [
            GridColumn(str(session.id), formats.number(session.number), 1, marks=marks, centre=True,
                       show=lambda mark: _SIGNS.get(mark, excused), writable=sheet.state == RUNNING)
            for session in sheet.sessions[-MOST_COLUMNS:]
        ]  # fmt: skip
        return [
            GridColumn("name", words.t("Name"), 6, writable=False),
            *sessions,
            GridColumn("share", words.t("Attended"), 2, writable=False, centre=True),
            GridColumn("outcome", words.t("Certificate"), 4, writable=False),
        ]

    def _lay_out(self) -> None:
        sizes, words = self.kit.look.sizes, self.kit.words
        self.new.setFixedHeight(2 * sizes.row_height + self.kit.look.px(6))
        self.panel = StatePanel(self.kit, self.list)
        first, second = QWidget(), QWidget()
        down = QVBoxLayout(first)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_2)
        down.addWidget(label(words.t("A new course"), size="strong"))
        down.addWidget(self.new)
        self.legend = label("", size="caption", tone="soft", wraps=True)
        down.addWidget(self.legend)
        down.addWidget(label(words.t("Courses"), size="strong"))
        down.addWidget(self.panel, 1)
        under = QVBoxLayout(second)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(sizes.space_2)
        head = QHBoxLayout()
        self.title = hold_to_start(self.kit, label("", size="strong", wraps=True))
        head.addWidget(self.title, 1)
        head.addWidget(button(self.kit, words.t("All courses"), self.close_sheet, role="quiet", icon="back"))
        under.addLayout(head)
        under.addWidget(self.sheet, 1)
        under.addWidget(self.person)
        self.hint = label("", size="caption", tone="soft", wraps=True)
        under.addWidget(self.hint)
        self.pages = QStackedWidget()
        for page in (first, second):
            page.setProperty("paper", "clear")
            self.pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages, 1)
        box.addWidget(self.words)
