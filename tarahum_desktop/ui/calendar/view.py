"""Tasks and calendar: the month at one side, the chosen day's tasks at the other."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.care.tasks import TaskLine
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.calendar.act_panel import ActPanel
from tarahum_desktop.ui.calendar.month_grid import MonthGrid
from tarahum_desktop.ui.calendar.ports import CalendarPorts
from tarahum_desktop.ui.calendar.presenter import CalendarPresenter, CalendarView
from tarahum_desktop.ui.calendar.task_table import TaskTable, WorkloadTable
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SIDE_BY_SIDE_FROM = 900


class CalendarScreenView(Screen):
    """The screen; see the presenter for what it does."""

    def __init__(self, context: ScreenContext, ports: CalendarPorts) -> None:
        super().__init__(context)
        self.presenter = CalendarPresenter(
            ports, context.background, self.kit, self, context.navigate, context.announce, context.changed
        )
        self.act = ActPanel(self.kit, ports.today)
        self._arriving, self._user_id = True, ports.user_id
        self._lay_out()
        self._connect()

    def open_with(self, params: Params) -> None:
        """Show the days as they were left, or one officer's tasks."""
        self._arriving = True
        officer = params.get("officer")
        self.presenter.open(uuid.UUID(officer) if officer else None)

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """Walking, choosing and recording, all of them by keys as well."""
        group, shows = msgid("Tasks and calendar"), self.presenter
        return (
            Action("calendar.today", msgid("Go to today"), shows.go_today, "Ctrl+T", "today", group=group),
            Action("calendar.later", msgid("Next month"), lambda: shows.step_months(1), "PgDown", "next", group=group),
            Action("calendar.earlier", msgid("Month before"), lambda: shows.step_months(-1), "PgUp", "back", group=group),
            Action("calendar.done", msgid("Record how it went"), self._ask_done, "D", "check", self._can_record, group),
            Action("calendar.off", msgid("Put off to another day"), self._ask_off, "R", "clock", self._can_record, group),
            Action("calendar.overdue", msgid("Everything overdue"), lambda: shows.choose_mode("overdue"), "Ctrl+O", "warning", group=group),
            Action("calendar.again", msgid("Read again"), shows.read, "F5", "sync", group=group),
        )  # fmt: skip

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.panel.show_loading(self.kit.words.t("The days are being read…"))

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.panel.show_error(sentence, self.presenter.read)

    def show_view(self, view: CalendarView) -> None:
        """Fill the month and the list."""
        words, formats = self.kit.words, self.kit.formats
        self.header.set_texts(words.t("Tasks and calendar"), view.title)
        self.grid.show_days(view.cells, view.chosen, view.today)
        mine = view.filters.officer_id == self._user_id
        self.whose.set_value("mine" if mine else "all" if view.filters.officer_id is None else None)
        self.kinds.set_value(view.filters.kinds)
        self.mode.set_value(view.mode)
        late = words.n("{count} overdue", "{count} overdue", view.late).format(
            count=formats.number(view.late)
        )
        self.note.setText(
            words.t("Only the nearest are listed. Choose an officer or a kind to see all.")
            if view.more
            else late
        )
        shows_work = view.mode == "workload"
        self.day_title.setText(self._title_of(view))
        self.table.set_rows(() if shows_work else view.tasks)
        self.work.set_rows(view.workload or ())
        self.work.setVisible(shows_work and bool(view.workload))
        self.table.setVisible(not shows_work and bool(view.tasks) and self.act.isHidden())
        empty = not (view.workload if shows_work else view.tasks)
        self.nothing.setText(self._nothing_of(view))
        self.nothing.setVisible(empty)
        self.panel.show_content()
        if self._arriving:
            self._arriving = False
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the window is narrow for its zoom."""
        super().resizeEvent(event)
        wide = self.width() >= self.kit.look.px(SIDE_BY_SIDE_FROM)
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _title_of(self, view: CalendarView) -> str:
        words = self.kit.words
        if view.mode == "overdue":
            return words.t("Everything overdue")
        return words.t("Work of the officers") if view.mode == "workload" else view.day_title

    def _nothing_of(self, view: CalendarView) -> str:
        words = self.kit.words
        if view.mode == "overdue":
            return words.t("Nothing is overdue.")
        if view.mode == "workload":
            if view.workload is None:
                return words.t("One moment, please…")
            return words.t("Who hands out cases sees everybody's work here.")
        return words.t("Nothing is due on this day. Arrows lead to other days.")

    def _lay_out(self) -> None:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        page = Page(kit)
        self.header = PageHeader(kit, words.t("Tasks and calendar"))
        for text, icon, run in (
            (words.t("Month before"), "back", lambda: self.presenter.step_months(-1)),
            (words.t("Today"), "today", self.presenter.go_today),
            (words.t("Next month"), "next", lambda: self.presenter.step_months(1)),
        ):
            self.header.add_button(button(kit, text, run, icon=icon))
        page.add(self.header)
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_3)
        down.addLayout(self._filters())
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(sizes.space_4)
        self.grid = MonthGrid(kit)
        self._across.addWidget(self.grid, 4)
        self._across.addWidget(self._side(), 5)
        down.addLayout(self._across, 1)
        self.panel = StatePanel(kit, content)
        page.add(self.panel, 1)
        self.box.addWidget(page)

    def _filters(self) -> QHBoxLayout:
        kit, words = self.kit, self.kit.words
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_5)
        self.whose = ChoiceField(
            kit, [Option("mine", words.t("Mine")), Option("all", words.t("The office's"))]
        )
        self.whose.set_label(words.t("Whose tasks"))
        self.kinds = ChoiceField(kit, [
            Option("all", words.p("kinds", "All")), Option("visits", words.t("Visits")),
            Option("contacts", words.t("Contacts")), Option("releases", words.t("Releases")),
            Option("papers", words.t("Services and papers")),
        ])  # fmt: skip
        self.kinds.set_label(words.t("Kinds of tasks"))
        row.addWidget(self.whose, 2)
        row.addWidget(self.kinds, 5)
        return row

    def _side(self) -> QWidget:
        kit, words = self.kit, self.kit.words
        side = Card(kit)
        self.mode = ChoiceField(kit, [
            Option("day", words.t("This day")), Option("overdue", words.t("Overdue")),
            Option("workload", words.t("Work of the officers")),
        ])  # fmt: skip
        self.mode.set_label(words.t("What the list shows"))
        self.day_title = label("", size="title", wraps=True)
        self.note = label("", size="caption", tone="soft", wraps=True)
        self.table, self.work = TaskTable(kit), WorkloadTable(kit)
        self.nothing = label("", tone="soft", wraps=True)
        for widget in (self.mode, self.day_title, self.note, self.nothing):
            side.add(widget)
        side.add(self.table, 1)
        side.add(self.work, 1)
        side.add(self.act)
        side.body.addStretch(0)
        hint = words.t("Enter opens the family, D records how it went, R puts off.")
        self.hint = label(hint, size="caption", tone="soft", wraps=True)
        side.add(self.hint)
        return side

    def _connect(self) -> None:
        shows = self.presenter
        self.grid.stepped.connect(shows.step_days)
        self.grid.turned.connect(shows.step_months)
        self.grid.picked.connect(shows.go_to)
        self.grid.today_wanted.connect(shows.go_today)
        self.grid.entered.connect(self._into_list)
        self.whose.finished.connect(lambda: shows.filter(whose=self.whose.value()))
        self.kinds.finished.connect(lambda: shows.filter(kinds=self.kinds.value()))
        self.mode.finished.connect(lambda: shows.choose_mode(self.mode.value() or "day"))
        self.table.opened.connect(shows.open_family)
        self.table.done.connect(self._ask_done)
        self.table.off.connect(self._ask_off)
        self.table.left.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        self.work.opened.connect(lambda row: shows.show_officer(row.officer_id))
        self.act.completed.connect(shows.complete)
        self.act.put_off.connect(shows.put_off)
        self.act.closed.connect(self._back_to_list)

    def _into_list(self) -> None:
        """Enter on a day: its one task at once, of several the list."""
        rows = self.table.rows_model.rows
        if len(rows) == 1:
            self.presenter.open_family(rows[0])
        elif rows:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_list(self) -> None:
        self.hint.show()
        self.table.setVisible(bool(self.table.rows_model.rows))
        there = self.table if self.table.rows_model.rows else self.grid
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _task(self) -> TaskLine | None:
        return self.table.current_row() if self.table.isVisibleTo(self) else None

    def _can_record(self) -> bool:
        return self._task() is not None and not self.act.isVisible()

    def _ask_done(self, _row: object = None) -> None:
        self._ask(done=True)

    def _ask_off(self, _row: object = None) -> None:
        self._ask(done=False)

    def _ask(self, *, done: bool) -> None:
        task = self._task()
        if task is None:
            return
        if not task.can_be_recorded:
            self.context.announce(
                self.kit.words.t(
                    "This is settled by the work itself: open the family and complete it there."
                ),
                "attention",
            )
            return
        # The question takes the list's place: under it, it would be out of sight on a small screen.
        self.table.hide()
        self.hint.hide()
        if done:
            self.act.ask_outcome(task)
        else:
            self.act.ask_day(task)
