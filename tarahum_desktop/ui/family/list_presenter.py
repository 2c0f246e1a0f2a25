"""The lists beside the page without widgets: the past, who changed what, the answers of a visit."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tarahum_desktop.casework.attachments.pictures import PictureLine
from tarahum_desktop.casework.history.events import EventKind
from tarahum_desktop.casework.history.field_changes import FieldPast
from tarahum_desktop.casework.history.timeline import Timeline
from tarahum_desktop.casework.history.visit_reading import VisitReading
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.family.describe_answers import CHANGED, EVERYTHING, AnswerLines
from tarahum_desktop.ui.family.describe_changes import change_lines, record_choices
from tarahum_desktop.ui.family.event_words import EventWords
from tarahum_desktop.ui.family.list_model import Choice, Line
from tarahum_desktop.ui.family.ports import FamilyPorts, Lists
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.worker import Background


class ListScreen(Protocol):
    """What a presenter tells its list."""

    def show_loading(self, title: str) -> None:
        """It is being read."""

    def show_error(self, sentence: str, again: Callable[[], None]) -> None:
        """It could not be read."""

    def show_lines(self, texts: tuple[str, str], lines: Sequence[Line], empty: str, *, more: bool) -> None:
        """Here it is."""

    def add_lines(self, lines: Sequence[Line], *, more: bool) -> None:
        """And what comes after."""

    def offer(self, choices: Sequence[Choice], chosen: str, name: str) -> None:
        """Ways to narrow it."""


class _ListPresenter:
    def __init__(
        self, screen: ListScreen, ports: FamilyPorts, background: Background, kit: Kit, lists: Callable[[], Lists]
    ) -> None:  # fmt: skip
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self._lists = lists

    @property
    def _terms(self) -> Terms:
        return Terms(self._kit.words, self._lists())

    def _failed(self, again: Callable[[], None]) -> Callable[[TarahumError], None]:
        return lambda error: self._screen.show_error(error_sentence(self._kit.words, error), again)


class TimelinePresenter(_ListPresenter):
    """A family's past, one kind or all of it, in pages."""

    household: uuid.UUID | None = None
    kind = ""
    shown = 0

    def open(self, household: uuid.UUID) -> None:
        """Read the past of a family, of the kind looked at last."""
        if household != self.household:
            self.household, self.kind = household, ""
        self._screen.show_loading(self._kit.words.t("Timeline"))
        self.reload()

    def reload(self) -> None:
        """Read the first page again."""
        self.shown = 0
        self._read(self._took)

    def choose(self, kind: str) -> None:
        """Look at one kind, or with none at everything."""
        self.kind = kind
        self.reload()

    def read_on(self) -> None:
        """Read the next page."""
        self._read(self._took_more)

    def _read(self, took: Callable[[Timeline], None]) -> None:
        household, first = self.household, self.shown
        kinds = frozenset({EventKind(self.kind)}) if self.kind else frozenset[EventKind]()
        if household is not None:
            self._background.query(
                lambda: self._ports.timeline(household, kinds, first), took, self._failed(self.reload),
                replaces="timeline",
            )  # fmt: skip

    def _took(self, told: Timeline) -> None:
        words, said = self._kit.words, EventWords(self._kit, self._terms, told)
        self.shown = len(told.events)
        self._screen.offer(said.choices(), self.kind, words.t("What is shown"))
        self._screen.show_lines(
            (words.t("Timeline"), self._count(told)), said.lines(), words.t("Nothing of this kind happened yet"),
            more=self.shown < told.total,
        )  # fmt: skip

    def _took_more(self, told: Timeline) -> None:
        self.shown += len(told.events)
        lines = EventWords(self._kit, self._terms, told).lines()
        self._screen.add_lines(lines, more=self.shown < told.total)

    def _count(self, told: Timeline) -> str:
        number = self._kit.formats.number
        text = self._kit.words.n(
            "{count} event, the newest first", "{count} events, the newest first", told.total
        )
        return text.format(count=number(told.total))


class ChangesPresenter(_ListPresenter):
    """Who changed which field of which record."""

    household: uuid.UUID | None = None
    record = ""

    def open(self, household: uuid.UUID, record: uuid.UUID | None) -> None:
        """Read the edits of a family's records, or of one of them."""
        self.household, self.record = household, record.hex if record else ""
        self._screen.show_loading(self._kit.words.t("Who changed what"))
        self.reload()

    def reload(self) -> None:
        """Read again."""
        household, row = self.household, uuid.UUID(hex=self.record) if self.record else None
        if household is not None:
            self._background.query(
                lambda: self._ports.changes(household, row),
                self._took,
                self._failed(self.reload),
                replaces="changes",
            )

    def put_back(self, line: Line, done: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Put the value of an earlier edit back, as an edit of whoever sits here, and read again."""
        earlier = line.earlier
        if earlier is None:
            return

        def back(_summary: object) -> None:
            done()
            self.reload()

        self._background.command(
            lambda: self._ports.put_back(earlier.row_id, earlier.field, earlier.stamp), back,
            lambda error: refused(error_sentence(self._kit.words, error)),
        )  # fmt: skip

    def choose(self, record: str) -> None:
        """Look at one record, or with none at all of them."""
        self.record = record
        self.reload()

    def _took(self, past: FieldPast) -> None:
        words = self._kit.words
        self._screen.offer(record_choices(self._kit, past), self.record, words.t("Which record"))
        subtitle = words.t("The newest edit first. What came here as a whole is known by its last edit only.")
        if past.more:
            subtitle = words.t("The newest edits; choose one record to see its older ones.")
        self._screen.show_lines(
            (words.t("Who changed what"), subtitle), change_lines(self._kit, self._terms, past),
            words.t("Nothing was changed yet"), more=False,
        )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A visit that is read, with its pictures."""

    reading: VisitReading
    lines: AnswerLines
    pictures: tuple["ShownPicture", ...]


@dataclass(frozen=True)
class ShownPicture:
    """A picture as far as it is here: the file itself when ``whole``, else the small one of it or None."""

    kind: str
    sha256: bytes
    content: bytes | None
    whole: bool


class ReadingPresenter(_ListPresenter):
    """The answers of one submitted visit."""

    visit: uuid.UUID | None = None
    part: str | None = None
    shown: Shown | None = None
    on_shown: Callable[[Shown], None]

    def open(self, visit: uuid.UUID) -> None:
        """Read a visit; what changed since the one before is shown first."""
        self.visit, self.part, self.shown = visit, None, None
        self._screen.show_loading(self._kit.words.t("Answers of the visit"))
        self.reload()

    def reload(self) -> None:
        """Read again."""
        if (visit := self.visit) is not None:
            self._background.query(
                lambda: self._filled(visit), self._took, self._failed(self.reload), replaces="reading"
            )

    def choose(self, part: str) -> None:
        """Look at what changed, at everything, or at one section."""
        self.part = part
        self._show()

    def _filled(self, visit: uuid.UUID) -> Shown:
        reading = self._ports.read_visit(visit)
        lines = AnswerLines(self._kit, reading, self._ports.named)
        lines.lines(EVERYTHING)  # looks up all names here, on the worker's thread
        return Shown(reading, lines, tuple(self._picture(one) for one in reading.pictures))

    def _picture(self, line: PictureLine) -> ShownPicture:
        content = self._ports.picture(line.sha256)
        if content is None and line.thumb_sha256 is not None:
            return ShownPicture(line.kind, line.sha256, self._ports.picture(line.thumb_sha256), whole=False)
        return ShownPicture(line.kind, line.sha256, content, whole=content is not None)

    def fetch(self, sha256: bytes, failed: Callable[[str], None]) -> None:
        """Bring a picture here and show it; ``failed`` is told the sentence that says why not."""
        visit = self.visit

        def arrived() -> None:
            if self.visit == visit:
                self.reload()

        self._ports.fetch(sha256, arrived, lambda error: failed(error_sentence(self._kit.words, error)))

    def _took(self, shown: Shown) -> None:
        self.shown = shown
        if self.part is None:
            self.part = CHANGED if shown.reading.before_on is not None else EVERYTHING
        self._show()
        self.on_shown(shown)

    def _show(self) -> None:
        if self.shown is None or self.part is None:
            return
        words, reading = self._kit.words, self.shown.reading
        day = self._kit.formats.date(reading.visited_on)
        title = words.t("Visit of {date}").format(date=day)
        self._screen.offer(self.shown.lines.choices(), self.part, words.t("Which answers"))
        empty = words.t("Nothing changed since the visit before")
        self._screen.show_lines(
            (title, self._subtitle(reading)), self.shown.lines.lines(self.part),
            empty if self.part == CHANGED else words.t("No answers in this section"), more=False,
        )  # fmt: skip

    def _subtitle(self, reading: VisitReading) -> str:
        words, formats, terms = self._kit.words, self._kit.formats, self._terms
        parts = [terms.of("visit_type", reading.kind), terms.of("visit_outcome", reading.outcome)]
        parts.append(terms.named(reading.officer_ar, reading.officer_en))
        if reading.receipt_number:
            parts.append(words.t("Receipt {number}").format(number=formats.code(reading.receipt_number)))
        if reading.before_on is not None:
            parts.append(words.t("compared with {date}").format(date=formats.date(reading.before_on)))
        if reading.amended_at is not None:
            parts.append(words.t("corrected {date}").format(date=formats.date_time(reading.amended_at)))
        if reading.waiting:
            waiting = words.n("{count} correction waits", "{count} corrections wait", reading.waiting)
            parts.append(waiting.format(count=formats.number(reading.waiting)))
        if reading.hidden:
            parts.append(words.t("some answers are shown only to those whose work needs them"))
        return " · ".join(part for part in parts if part)
