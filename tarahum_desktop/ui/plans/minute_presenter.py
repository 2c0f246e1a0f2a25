"""A sitting without widgets: every decision is kept as it is typed, the rest is approved together, then it is signed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from tarahum_desktop.casework.attachments.errors import ContentNotHere
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.decide import ItemDecision
from tarahum_desktop.casework.plans.minute_sign import SignedMinute
from tarahum_desktop.casework.plans.minute_view import AgendaLine, MinuteFile
from tarahum_desktop.casework.plans.minutes import MinuteHead
from tarahum_desktop.casework.plans.states import NEEDS_REASON, Verdict
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.ports import MinutePorts
from tarahum_desktop.ui.worker import Background

CHANGED = frozenset({"plan_item", "case_file", "case_move", "minute", "minute_decision"})


class MinuteScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The minute is being read."""

    def show_minute(self, minute: MinuteFile) -> None:
        """The whole minute is here."""

    def show_line(self, at: int, line: AgendaLine) -> None:
        """One case changed."""

    def show_counts(self, minute: MinuteFile) -> None:
        """How far the sitting is."""

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""

    def show_trouble(self, sentence: str) -> None:
        """Something was refused; what was typed stays."""

    def ask_reason(self, at: int, line: AgendaLine) -> None:
        """This decision needs words."""

    def go_on(self, after: int) -> None:
        """Stand on the case after this one."""

    def show_signing(self) -> None:
        """The pages are being made and signed."""

    def show_signed(self, signed: SignedMinute) -> None:
        """It is signed."""

    def show_fetching(self) -> None:
        """Its paper is being fetched from the centre."""

    def show_saved(self) -> None:
        """Its paper was written to a file."""

    def show_cancelled(self) -> None:
        """It was given up."""


class MinutePresenter:
    """Holds the sitting that is open, with the decisions as typed."""

    def __init__(self, screen: MinuteScreen, ports: MinutePorts, background: Background, kit: Kit) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self.minute: MinuteFile | None = None
        self.minute_id: uuid.UUID | None = None
        self.signing = False

    def open(self, minute: str) -> None:
        """Open a sitting by its id; an open one takes up what has come to wait since."""
        try:
            self.minute_id = uuid.UUID(minute)
        except ValueError:
            self._screen.show_error(error_sentence(self._kit.words, RecordMissing(entity="minute")))
            return
        self.minute = None
        self._screen.show_loading()
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        wanted = self.minute_id
        if wanted is not None:
            self._background.query(
                lambda: self._ports.load(wanted), self._loaded, self._failed, replaces="minute"
            )

    def refresh_agenda(self) -> None:
        """Take up what has come to wait since, then read it again."""
        wanted = self.minute_id
        if wanted is not None and self.minute is not None and self.minute.open:
            self._background.command(
                lambda: self._ports.refresh(wanted), lambda _done: self.reload(), self._tell
            )

    def decide(self, at: int, verdict: Verdict | None) -> None:
        """One key on a case: keep the decision and go on, or ask for the words it needs."""
        line = self._line(at)
        if line is None:
            return
        amount = line.asked if verdict is not Verdict.APPROVE else line.amount
        changed = replace(
            line, verdict=verdict, amount=amount, reason=line.reason if verdict in NEEDS_REASON else ""
        )
        self._put(at, changed)
        if verdict in NEEDS_REASON and not changed.reason:
            self._screen.ask_reason(at, changed)
        else:
            self._screen.go_on(at)

    def give_reason(self, at: int, reason: str) -> None:
        """Keep the words of a case's decision and go on."""
        line = self._line(at)
        if line is not None:
            self._put(at, replace(line, reason=reason))
            self._screen.go_on(at)

    def give_amount(self, at: int, halalas: int | None) -> None:
        """Keep another amount for a case, which approves it; the level's limit is checked at once."""
        line = self._line(at)
        if line is not None and halalas is not None and halalas != line.amount:
            self._put(at, replace(line, verdict=Verdict.APPROVE, amount=halalas, reason=""))

    def approve_rest(self) -> None:
        """Approve every case that has no decision yet."""
        minute = self.minute
        if minute is None or not minute.open:
            return
        rest = {line.line_id: ItemDecision(Verdict.APPROVE) for line in minute.lines if line.verdict is None}
        if rest:
            lines = tuple(
                replace(line, verdict=Verdict.APPROVE) if line.verdict is None else line
                for line in minute.lines
            )
            self.minute = replace(minute, lines=lines)
            for at, line in enumerate(lines):
                if line.line_id in rest:
                    self._screen.show_line(at, line)
            self._screen.show_counts(self.minute)
            self._keep(rest)

    def describe(self, head: MinuteHead) -> None:
        """Keep the head."""
        minute = self.minute
        if minute is not None and minute.open and head != minute.head:
            self.minute = replace(minute, head=head)
            self._background.command(
                lambda: self._ports.describe(minute.minute_id, head), lambda _done: None, self._tell
            )

    def sign(self) -> None:
        """Sign once, however often the key is pressed."""
        minute = self.minute
        if minute is None or not minute.open or self.signing:
            return
        self.signing = True
        self._screen.show_signing()
        self._background.command(lambda: self._ports.sign(minute.minute_id), self._signed, self._not_signed)

    def save_paper(self) -> None:
        """Ask where to put the signed paper; when it has not arrived here it is fetched first."""
        minute = self.minute
        if minute is not None and not minute.open:
            self._read_paper(minute, self._fetch_paper)

    def _read_paper(self, minute: MinuteFile, failed: Callable[[TarahumError], None]) -> None:
        self._background.query(
            lambda: self._ports.paper(minute.minute_id),
            lambda content: self._save(minute.number, content), failed, replaces="paper",
        )  # fmt: skip

    def _fetch_paper(self, error: TarahumError) -> None:
        minute = self.minute
        if minute is None or not isinstance(error, ContentNotHere):
            self._tell(error)
            return
        self._screen.show_fetching()
        self._ports.fetch(error.sha256, lambda: self._read_paper(minute, self._tell), self._tell)

    def cancel(self) -> None:
        """Give the sitting up; its cases go on waiting."""
        minute = self.minute
        if minute is not None and minute.open:
            self._background.command(
                lambda: self._ports.cancel(minute.minute_id),
                lambda _done: self._screen.show_cancelled(),
                self._tell,
            )

    def _save(self, number: str, content: bytes) -> None:
        try:
            saved = self._ports.save_file(f"{number}.pdf", content)
        except TarahumError as error:
            self._tell(error)
        else:
            if saved:
                self._screen.show_saved()

    def _line(self, at: int) -> AgendaLine | None:
        minute = self.minute
        return (
            minute.lines[at] if minute is not None and minute.open and 0 <= at < len(minute.lines) else None
        )

    def _put(self, at: int, line: AgendaLine) -> None:
        minute = self.minute
        if minute is None:
            return
        lines = (*minute.lines[:at], line, *minute.lines[at + 1 :])
        self.minute = replace(minute, lines=lines)
        self._screen.show_line(at, line)
        self._screen.show_counts(self.minute)
        changed = line.amount if line.verdict is Verdict.APPROVE and line.amount != line.asked else None
        self._keep({line.line_id: ItemDecision(line.verdict, line.reason, changed) if line.verdict else None})

    def _keep(self, decisions: Mapping[uuid.UUID, ItemDecision | None]) -> None:
        minute_id = self.minute_id
        if minute_id is not None:
            self._background.command(
                lambda: self._ports.keep(minute_id, decisions), lambda _done: None, self._not_kept
            )

    def _not_kept(self, error: TarahumError) -> None:
        self._tell(error)
        self.reload()  # what is shown must be what is kept

    def _loaded(self, minute: MinuteFile) -> None:
        self.minute = minute
        self._screen.show_minute(minute)

    def _signed(self, signed: SignedMinute) -> None:
        self.signing = False
        self._screen.show_signed(signed)

    def _not_signed(self, error: TarahumError) -> None:
        self.signing = False
        self._tell(error)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _tell(self, error: TarahumError) -> None:
        self._screen.show_trouble(error_sentence(self._kit.words, error))
