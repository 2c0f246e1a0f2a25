"""What stands in the page's place, and the way back: each face knows which one it was opened from."""

import uuid
from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from PySide6.QtWidgets import QStackedWidget, QWidget

from tarahum_desktop.ui.family.edit_presenter import EditPresenter
from tarahum_desktop.ui.family.list_face import ListFace
from tarahum_desktop.ui.family.list_model import Line
from tarahum_desktop.ui.family.list_presenter import ChangesPresenter, TimelinePresenter
from tarahum_desktop.ui.family.person_face import PersonFace
from tarahum_desktop.ui.family.ports import FamilyPorts, Lists
from tarahum_desktop.ui.family.presenter import FamilyPresenter, Printed
from tarahum_desktop.ui.family.preview import Preview
from tarahum_desktop.ui.family.visit_face import VisitFace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner


class FacesOwner(Protocol):
    """The screen the faces belong to."""

    context: ScreenContext
    kit: Kit
    presenter: FamilyPresenter
    banner: Banner

    def follow(self, screen: str) -> bool:
        """Go to another desk."""

    def take_keyboard(self) -> None:
        """Stand on the page."""


class Faces:
    """Builds each face when it is first wanted, so that the page itself is painted at once."""

    def __init__(
        self, owner: FacesOwner, ports: FamilyPorts, stack: QStackedWidget, changed: Callable[[], None]
    ) -> None:
        self._owner, self._ports, self._stack, self._changed = owner, ports, stack, changed
        self._came_from: list[QWidget] = []
        self.preview = Preview(owner.kit, owner.presenter.save, self.close)
        self.editing = EditPresenter(self, ports, owner.context.background, owner.kit, changed)
        stack.addWidget(self.preview)

    @cached_property
    def timeline(self) -> ListFace:
        """The list of what happened."""
        words = self._owner.kit.words
        titles = (
            (words.t("Date"), 4),
            (words.t("What happened"), 9),
            (words.t("For whom"), 3),
            (words.t("By whom"), 3),
        )
        face = ListFace(self._owner.kit, titles, self.close, self._choose_kind, self._open_line)
        face.reached_end.connect(self._read_on)
        self._stack.addWidget(face)
        return face

    @cached_property
    def changes(self) -> ListFace:
        """The list of edits."""
        words = self._owner.kit.words
        titles = (
            (words.t("When"), 4),
            (words.t("Field"), 6),
            (words.t("Before and after"), 6),
            (words.t("By whom"), 4),
        )
        face = ListFace(self._owner.kit, titles, self.close, self._choose_record, self._open_line)
        face.add_act(words.t("Put this value back"), self._put_back, lambda line: line.earlier is not None)
        self._stack.addWidget(face)
        return face

    def _put_back(self, line: Line) -> None:
        announce = self._owner.context.announce

        def done() -> None:
            announce(self._owner.kit.words.t("The value stands in the record again, with your name."))
            self._changed()

        self.edits.put_back(line, done, lambda sentence: announce(sentence, "danger"))

    @cached_property
    def past(self) -> TimelinePresenter:
        """Fills the list of what happened."""
        owner = self._owner
        return TimelinePresenter(self.timeline, self._ports, owner.context.background, owner.kit, self._lists)

    @cached_property
    def edits(self) -> ChangesPresenter:
        """Fills the list of edits."""
        owner = self._owner
        return ChangesPresenter(self.changes, self._ports, owner.context.background, owner.kit, self._lists)

    @cached_property
    def visit(self) -> VisitFace:
        """A visit's answers."""
        owner = self._owner
        face = VisitFace(
            owner.kit, self._ports, owner.context.background, owner.presenter, self.close, self.correct
        )
        self._stack.addWidget(face)
        return face

    @cached_property
    def person(self) -> PersonFace:
        """One member."""
        owner = self._owner
        face = PersonFace(
            owner.kit, self._ports, owner.context.background, self.close, self.show_changes, self._changed
        )
        self._stack.addWidget(face)
        return face

    @property
    def on_page(self) -> bool:
        """Whether the page itself is shown."""
        return not self._came_from

    @property
    def record(self) -> uuid.UUID | None:
        """The person the open face is about."""
        shown = self._stack.currentWidget()
        return shown.person if isinstance(shown, PersonFace) else None

    @property
    def may_correct(self) -> bool:
        """Whether the visit that is read may be corrected by this person."""
        face = self._stack.currentWidget()
        shown = face.presenter.shown if isinstance(face, VisitFace) else None
        return shown is not None and shown.reading.may_amend and "visit" in self._ports.reach()

    @property
    def printable_visit(self) -> uuid.UUID | None:
        """The visit that is read, if it has a report this person may print."""
        face = self._stack.currentWidget()
        shown = face.presenter.shown if isinstance(face, VisitFace) else None
        if shown is None or not (shown.reading.may_print and shown.reading.receipt_number):
            return None
        return shown.reading.id

    def show_timeline(self) -> None:
        """Everything that happened, the newest first."""
        if (page := self._owner.presenter.page) is not None:
            self.past.open(page.household_id)
            self._show(self.timeline, self.timeline.take_keyboard)

    def show_changes(self, record: uuid.UUID | None) -> None:
        """Who changed which field."""
        if (page := self._owner.presenter.page) is not None:
            self.edits.open(page.household_id, record)
            self._show(self.changes, self.changes.take_keyboard)

    def show_visit(self, visit: uuid.UUID) -> None:
        """The answers of a visit."""
        self.visit.open(visit, self._owner.presenter.lists)
        self._show(self.visit, self.visit.take_keyboard)

    def show_person(self, person: uuid.UUID) -> None:
        """One member."""
        if (loaded := self._owner.presenter.loaded) is not None:
            self.person.show_person(loaded.file, loaded.lists, person)
            if self.person.person == person:
                self._show(self.person, self.person.take_keyboard)

    def show_preview(self, printed: Printed) -> None:
        """A report to look at."""
        self.preview.show_report(printed)
        self._show(self.preview, self.preview.setFocus)

    def correct(self) -> None:
        """Propose a correction of the visit that is read."""
        shown = self.visit.presenter.shown
        if self.may_correct and shown is not None:
            self._owner.context.navigate("visit", {"amend": str(shown.reading.id)})

    def open_part(self, part: str, row: str) -> bool:
        """Open what a link names: ``timeline``, ``changes``, or ``visit`` and ``person`` with an id; say whether."""
        try:
            row_id = uuid.UUID(row) if row else None
        except ValueError:
            return False
        if part == "timeline":
            self.show_timeline()
        elif part == "changes":
            self.show_changes(row_id)
        elif part == "visit" and row_id is not None:
            self.show_visit(row_id)
        elif part == "person" and row_id is not None:
            self.show_person(row_id)
        return not self.on_page

    def show_again(self) -> None:
        """The file was read anew: a person on the screen is shown as they are now."""
        loaded, person = self._owner.presenter.loaded, self.record
        if loaded is not None and person is not None:
            self.person.show_person(loaded.file, loaded.lists, person)
            self.person.take_keyboard()

    def reload(self) -> None:
        """Read the open list again."""
        shown = self._stack.currentWidget()
        if isinstance(shown, VisitFace):
            shown.presenter.reload()
        elif isinstance(shown, ListFace):
            (self.past if shown is self.timeline else self.edits).reload()

    def close(self) -> None:
        """Go back to where the open face was opened from."""
        if not self._came_from:
            return
        self._owner.presenter.close_preview()
        back = self._came_from.pop()
        self._stack.setCurrentWidget(back)
        if self.on_page:
            self._owner.take_keyboard()
        elif isinstance(back, ListFace | PersonFace | VisitFace):
            back.take_keyboard()

    def back_to_page(self) -> None:
        """Close everything that stands in the page's place."""
        while self._came_from:
            self.close()

    def show_kept(self, sentence: str) -> None:
        """An edit made on the page is kept."""
        self._owner.banner.say(sentence, "accent")

    def show_refused(self, sentence: str) -> None:
        """An edit made on the page was not kept, and why."""
        self._owner.banner.say(sentence, "danger")

    def _show(self, face: QWidget, focus: Callable[[], None]) -> None:
        now = self._stack.currentWidget() or face
        if face in self._came_from:  # the way back gets no longer by going round
            del self._came_from[self._came_from.index(face) :]
        elif now is not face:
            self._came_from.append(now)
        self._stack.setCurrentWidget(face)
        focus()

    def _read_on(self) -> None:
        self.past.read_on()

    def _choose_kind(self, kind: str) -> None:
        self.past.choose(kind)

    def _choose_record(self, record: str) -> None:
        self.edits.choose(record)

    def _lists(self) -> Lists:
        return self._owner.presenter.lists

    def _open_line(self, line: Line) -> None:
        target = line.target
        if target is None:
            return
        if target.kind == "visit" and target.id is not None:
            self.show_visit(target.id)
        elif target.kind == "person" and target.id is not None:
            self.show_person(target.id)
        elif target.kind not in {"visit", "person"}:
            self._owner.follow(target.kind)
