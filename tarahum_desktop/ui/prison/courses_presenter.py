"""Courses without widgets: a list with a row for a new one, and the attendance sheet of the one that is open."""

import uuid
from collections.abc import Sequence
from typing import Protocol

from tarahum_desktop.casework.courses.attendance import AttendanceSheet, MemberRow
from tarahum_desktop.casework.courses.completion import COMPLETED, Completion
from tarahum_desktop.casework.courses.courses import RUNNING, CourseLine, NewCourse
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.prison.arrival_people import KnownPerson
from tarahum_desktop.domain.attendance import ENOUGH_PERCENT, Mark
from tarahum_desktop.domain.dates import DateError
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.short_dates import read_entry_day
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.ports import CoursePorts
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.worker import Background

CHANGED = frozenset({"course", "course_member", "course_session", "attendance", "delivery"})


class CoursesScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_courses(self, lines: Sequence[CourseLine]) -> None:
        """The list."""

    def show_new(self, row: GridRow) -> None:
        """The row of a new course."""

    def show_services(self, services: Sequence[ListedItem]) -> None:
        """What a course can be of."""

    def show_sheet(self, sheet: AttendanceSheet, rows: Sequence[GridRow], *, arrived: bool) -> None:
        """A course's attendance; ``arrived`` when it was just opened."""

    def show_person(self, row: GridRow) -> None:
        """One person's marks as they are now."""

    def person_added(self) -> None:
        """The line for the next person can be emptied."""

    def say(self, note: Note | None) -> None:
        """A sentence below."""

    def show_error(self, sentence: str) -> None:
        """What was asked for could not be read."""


class CoursesPresenter:
    """The list, or one sheet."""

    def __init__(self, ports: CoursePorts, background: Background, kit: Kit, screen: CoursesScreen) -> None:
        self._ports, self._background, self._kit, self._screen = ports, background, kit, screen
        self._around: Surroundings | None = None
        self._new: dict[str, str] = {}
        self._new_row = str(new_id())
        self.sheet: AttendanceSheet | None = None
        self._marks: dict[str, dict[str, str]] = {}

    def open(self, around: Surroundings) -> None:
        """Read the courses, and again the sheet that was open."""
        self._around = around
        self._background.query(
            self._ports.services, self._screen.show_services, self._failed, replaces="services"
        )
        self._show_new()
        if self.sheet is None:
            self.read_courses()
        else:
            self.open_course(self.sheet.course_id)

    def read_courses(self) -> None:
        """Read the list and show it."""
        self.sheet = None
        self._background.query(
            self._ports.courses, self._screen.show_courses, self._failed, replaces="courses"
        )

    def open_course(self, course_id: uuid.UUID, *, arrived: bool = True) -> None:
        """Read a sheet and show it."""
        self._background.query(
            lambda: self._ports.sheet(course_id), lambda sheet: self._took_sheet(sheet, arrived=arrived), self._failed,
            replaces="sheet",
        )  # fmt: skip

    def new_edited(self, _row: str, key: str, text: str) -> None:
        """The new course was written in."""
        self._new[key] = text
        self._show_new()

    def new_finished(self, _row: str) -> None:
        """Make the course and open it."""
        assert self._around is not None
        place, sessions = self._around.place, self._new.get("sessions", "")
        try:
            day = read_entry_day(self._new.get("day", ""), self._around.today()).range().first
        except DateError as error:
            self._refused(error)
            return
        wanted = NewCourse(
            place.scope, self._new.get("service", ""), self._new.get("title", ""), day,
            place.facility.code if place.facility else "", self._new.get("trainer", ""),
            int(sessions) if sessions.isdecimal() and len(sessions) < 4 else None,
        )  # fmt: skip
        self._background.command(lambda: self._ports.make(wanted), self._made, self._refused)

    def marked(self, row_id: str, session: str, mark: str) -> None:
        """A cell of the sheet was marked, or emptied; kept at once."""
        if self.sheet is None or self.sheet.state != RUNNING:
            return
        self._mark({row_id: mark}, session)

    def all_present(self, session: str) -> None:
        """Everybody without a mark in a session was there."""
        sheet = self.sheet
        if sheet is None or sheet.state != RUNNING or not session:
            return
        blank = {str(row.person_id): Mark.PRESENT.value for row in sheet.members
                 if row.left_on is None and not self._marks.get(str(row.person_id), {}).get(session)}  # fmt: skip
        if blank:
            self._mark(blank, session)

    def add_session(self) -> None:
        """A session was held today."""
        sheet, around = self.sheet, self._around
        if sheet is not None and around is not None:
            today = around.today()
            self._background.command(
                lambda: self._ports.add_session(sheet.course_id, today),
                lambda _id: self._again(sheet.course_id), self._refused,
            )  # fmt: skip

    def add_person(self, typed: str) -> None:
        """Put somebody into the course by identity number."""
        sheet, number = self.sheet, check_person_id(typed).value
        if sheet is None or not number:
            return

        def found(people: "dict[str, KnownPerson]") -> None:
            known = people.get(number)
            if known is None:
                words = self._kit.words
                self._screen.say(
                    Note(words.t("Nobody with this identity number is on record here."), "attention")
                )
                return
            self._background.command(
                lambda: self._ports.add_member(sheet.course_id, known.person_id),
                lambda _id: self._added(sheet.course_id), self._refused,
            )  # fmt: skip

        self._background.query(
            lambda: dict(self._ports.known([number])), found, self._failed, replaces="person"
        )

    def finish(self) -> None:
        """Close the course by its attendance."""
        sheet = self.sheet
        if sheet is not None:
            self._background.command(
                lambda: self._ports.finish(sheet.course_id), lambda done: self._finished(sheet.course_id, done),
                self._refused,
            )  # fmt: skip

    def explain(self, row_id: str) -> None:
        """Say why somebody completes the course or not."""
        if self.sheet is None or self.sheet.state != RUNNING:
            return  # what closing the course did stays readable
        row = self._member(row_id)
        if row is None or not row.standing.counted:
            self._screen.say(None)
            return
        words, formats, standing = self._kit.words, self._kit.formats, row.standing
        counts = words.t(
            "{name}: {present} of {counted} sessions, {percent}. {needed} is needed; excused sessions do not count."
        )
        sentence = counts.format(
            name=row.name, present=formats.number(standing.present), counted=formats.number(standing.counted),
            percent=formats.percent(standing.percent / 100), needed=formats.percent(ENOUGH_PERCENT / 100),
        )  # fmt: skip
        self._screen.say(Note(sentence, "info"))

    def _mark(self, marks: dict[str, str], session: str) -> None:
        sheet = self.sheet
        assert sheet is not None
        for row_id, mark in marks.items():
            self._marks.setdefault(row_id, {})[session] = mark
            if (row := self._member(row_id)) is not None:
                self._screen.show_person(self._grid_row(row))
        held = uuid.UUID(session)
        wanted = {(held, uuid.UUID(row_id)): Mark(mark) if mark else None for row_id, mark in marks.items()}
        self._background.command(
            lambda: self._ports.mark(sheet.course_id, wanted), lambda _summary: self._recount(sheet.course_id),
            self._mark_refused,
        )  # fmt: skip

    def _recount(self, course_id: uuid.UUID) -> None:
        if self.sheet is not None and self.sheet.course_id == course_id:
            self._background.query(
                lambda: self._ports.sheet(course_id), self._took_counts, self._failed, replaces="sheet"
            )

    def _took_counts(self, sheet: AttendanceSheet) -> None:
        self.sheet = sheet
        for row in sheet.members:
            self._screen.show_person(self._grid_row(row))

    def _took_sheet(self, sheet: AttendanceSheet, *, arrived: bool) -> None:
        self.sheet = sheet
        self._marks = {
            str(row.person_id): {str(session): mark.value for session, mark in row.marks.items()}
            for row in sheet.members
        }
        self._screen.show_sheet(sheet, [self._grid_row(row) for row in sheet.members], arrived=arrived)

    def _made(self, course_id: uuid.UUID) -> None:
        self._new, self._new_row = {}, str(new_id())
        self._show_new()
        self._screen.say(None)
        self.open_course(course_id)
        self._tell()

    def _again(self, course_id: uuid.UUID) -> None:
        self.open_course(course_id, arrived=True)
        self._tell()

    def _added(self, course_id: uuid.UUID) -> None:
        self._screen.person_added()
        self._screen.say(None)
        self.open_course(course_id, arrived=False)
        self._tell()

    def _finished(self, course_id: uuid.UUID, done: Completion) -> None:
        words, number = self._kit.words, self._kit.formats.number
        sentence = words.n(
            "{count} person completed the course.", "{count} people completed the course.", done.completed
        )
        told = sentence.format(count=number(done.completed))
        if done.without_plan:
            lacks = words.n(
                "{count} has no approved plan item, so no delivery was written.",
                "{count} have no approved plan item, so no delivery was written.",
                done.without_plan,
            )
            told = f"{told} {lacks.format(count=number(done.without_plan))}"
        self._screen.say(Note(told, "attention" if done.without_plan else "accent"))
        self._again(course_id)

    def _tell(self) -> None:
        if self._around is not None:
            self._around.changed(CHANGED)

    def _refused(self, error: TarahumError) -> None:
        self._screen.say(Note(error_sentence(self._kit.words, error), "danger"))

    def _mark_refused(self, error: TarahumError) -> None:
        self._refused(error)
        if self.sheet is not None:
            self.open_course(self.sheet.course_id, arrived=False)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _show_new(self) -> None:
        self._screen.show_new(GridRow(self._new_row, dict(self._new)))

    def _member(self, row_id: str) -> MemberRow | None:
        members = self.sheet.members if self.sheet else ()
        return next((row for row in members if str(row.person_id) == row_id), None)

    def _grid_row(self, row: MemberRow) -> GridRow:
        assert self.sheet is not None
        words, formats = self._kit.words, self._kit.formats
        share = formats.percent(row.standing.percent / 100) if row.standing.counted else ""
        outcome = ""
        if row.left_on is not None:
            outcome = words.t("Left the course")
        elif row.outcome:
            outcome = formats.code(row.certificate) if row.outcome == COMPLETED else words.t("Not completed")
        cells = {
            "name": row.name,
            "share": share,
            "outcome": outcome,
            **self._marks.get(str(row.person_id), {}),
        }
        enough = row.standing.percent >= ENOUGH_PERCENT
        notes = {"share": Note("", "accent" if enough else "attention")} if share else {}
        return GridRow(str(row.person_id), cells, notes, self.sheet.state == RUNNING and row.left_on is None)
