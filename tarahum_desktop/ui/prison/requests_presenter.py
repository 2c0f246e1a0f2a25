"""Prisoners' requests, without widgets: one row writes a new one down, each waiting row takes its answer."""

import uuid
from collections.abc import Sequence
from typing import Final, Protocol

from tarahum_desktop.casework.prison.leaving import InsideLine
from tarahum_desktop.casework.prison.requests import ANSWERED, IN_HAND, REFUSED, NewRequest, RequestLine
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import ascii_digits, clean
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.ports import RequestPorts
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.worker import Background

CHANGED: Final = frozenset({"inmate_request"})
KIND_WORDS: Final = (
    ("visit", msgid("A visit")), ("family_contact", msgid("Contact with the family")),
    ("legal", msgid("Legal help")), ("other", msgid("Another thing")),
)  # fmt: skip
STATE_WORDS: Final = (
    (ANSWERED, msgid("Answered")), (REFUSED, msgid("Refused")), (IN_HAND, msgid("In hand")), ("open", msgid("Waiting")),
)  # fmt: skip
_SHORTEST_NUMBER = 3


class RequestsScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_new(self, row: GridRow, *, fresh: bool) -> None:
        """The row in which a new request is written; ``fresh`` for the next one."""

    def show_lines(self, rows: Sequence[GridRow], *, settled: bool) -> None:
        """These requests wait, or were settled."""

    def show_line(self, row: GridRow) -> None:
        """One request as it is now."""

    def say(self, note: Note | None) -> None:
        """A sentence under the lists."""

    def show_error(self, sentence: str) -> None:
        """The list could not be read."""


class RequestsPresenter:
    """The new request and the list."""

    def __init__(self, ports: RequestPorts, background: Background, kit: Kit, screen: RequestsScreen) -> None:
        self._ports, self._background, self._kit, self._screen = ports, background, kit, screen
        self._around: Surroundings | None = None
        self._new_id = new_id()
        self._new: dict[str, str] = {}
        self._person: InsideLine | None = None
        self._sending = False
        self._lines: dict[str, RequestLine] = {}
        self._answers: dict[str, dict[str, str]] = {}
        self.settled = False

    def open(self, around: Surroundings) -> None:
        """Read what waits."""
        self._around = around
        self._show_new(fresh=not self._new)
        self.read()

    def read(self) -> None:
        """Read the list again."""
        ask = self._ports.settled if self.settled else self._ports.waiting
        self._background.query(ask, self._read, self._failed, replaces="requests")

    def turn(self) -> None:
        """Show the settled ones, or those that wait."""
        self.settled = not self.settled
        self.read()

    def new_edited(self, _row: str, key: str, text: str) -> None:
        """The new request was written in."""
        self._new[key] = text
        if key == "number":
            self._person = None
            self._new["name"] = ""
            number = ascii_digits(clean(text))
            if len(number) >= _SHORTEST_NUMBER:
                self._background.query(
                    lambda: self._ports.inside(number), lambda found: self._found(number, found), self._failed,
                    replaces="inside",
                )  # fmt: skip
        self._show_new(fresh=False)

    def new_finished(self, _row: str) -> None:
        """Write the new request down, or say what is missing."""
        words, person = self._kit.words, self._person
        if self._sending:
            return
        if person is None or not self._new.get("kind"):
            missing = (
                words.t("Please write the number of somebody inside.")
                if person is None
                else words.t("Please choose what is asked for: one key from 1 to 4.")
            )
            self._screen.say(Note(missing, "attention"))
            return
        facility = self._around.place.facility if self._around else None
        wanted = NewRequest(
            person.person_id,
            self._new["kind"],
            self._new.get("wording", ""),
            facility.code if facility else "",
        )
        request_id, self._sending = self._new_id, True
        self._background.command(lambda: self._ports.make(wanted, request_id), self._made, self._refused)

    def edited(self, row_id: str, key: str, text: str) -> None:
        """An answer or a verdict was written."""
        self._answers.setdefault(row_id, {})[key] = text
        self._screen.show_line(self._grid_row(self._lines[row_id]))

    def finished(self, row_id: str) -> None:
        """Settle a request by its verdict."""
        given = self._answers.get(row_id, {})
        verdict, answer = given.get("verdict", ""), given.get("answer", "")
        if not verdict:
            return
        if verdict == REFUSED and not clean(answer):
            given["verdict"] = ""
            self._screen.show_line(self._grid_row(self._lines[row_id]))
            self._screen.say(Note(code_sentence(self._kit.words, "reason_missing"), "attention"))
            return
        request = uuid.UUID(row_id)
        self._background.command(
            lambda: self._ports.settle(request, verdict, answer),
            lambda _summary: self._settled(row_id),
            self._refused,
        )

    def household_of(self, row_id: str) -> str:
        """The family a request concerns, empty when it is not known here."""
        line = self._lines.get(row_id)
        return str(line.household_id) if line and line.household_id else ""

    def _found(self, number: str, found: Sequence[InsideLine]) -> None:
        exact = [line for line in found if number in {line.inmate_number, line.id_number}]
        chosen = exact if len(exact) == 1 else [] if exact else list(found)
        if len(chosen) == 1 and (exact or len(number) > _SHORTEST_NUMBER):
            self._person = chosen[0]
            self._new["name"] = self._person.person_name
            self._show_new(fresh=False)
            self._screen.say(None)

    def _made(self, _request: uuid.UUID) -> None:
        self._sending = False
        self._new_id, self._new, self._person = new_id(), {}, None
        self._screen.say(Note(self._kit.words.t("The request is written down."), "accent"))
        self._show_new(fresh=True)
        self._tell()

    def _settled(self, row_id: str) -> None:
        self._answers.pop(row_id, None)
        self._screen.say(Note(self._kit.words.t("Saved"), "accent"))
        self._tell()

    def _tell(self) -> None:
        self.read()
        if self._around:
            self._around.changed(CHANGED)

    def _refused(self, error: TarahumError) -> None:
        self._sending = False
        self._screen.say(Note(error_sentence(self._kit.words, error), "danger"))

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _read(self, lines: Sequence[RequestLine]) -> None:
        self._lines = {str(line.id): line for line in lines}
        self._screen.show_lines([self._grid_row(line) for line in lines], settled=self.settled)

    def _show_new(self, *, fresh: bool) -> None:
        self._screen.show_new(GridRow(str(self._new_id), dict(self._new)), fresh=fresh)

    def _grid_row(self, line: RequestLine) -> GridRow:
        words, formats = self._kit.words, self._kit.formats
        by = line.handled_by_en if words.language == "en" else line.handled_by_ar
        age = words.n("{count} day", "{count} days", line.days).format(count=formats.number(line.days))
        given = self._answers.get(str(line.id), {})
        cells = {
            "age": age if line.days else words.t("Today"), "name": line.person_name, "file": line.file_number,
            "kind": line.kind, "wording": line.wording, "answer": given.get("answer", line.answer),
            "verdict": given.get("verdict", line.state if self.settled else ""), "by": by,
        }  # fmt: skip
        return GridRow(str(line.id), cells, {}, not self.settled)
