"""The import screen without widgets: a file is chosen, its columns matched, its rows checked, the good ones saved."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from tarahum_desktop.casework.imports.checked import Checked, CheckedRow, Choices, Fate, Progress
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.casework.imports.runs import ImportLine
from tarahum_desktop.casework.imports.saving import Imported
from tarahum_desktop.casework.imports.undo import Undone
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.imports.ports import ImportBoard, ImportPorts
from tarahum_desktop.ui.imports.stepping import Stepping
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

WRITTEN = frozenset({"person", "household", "membership", "case_file", "custody_episode", "import_run"})


class ImportScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_start(self, board: ImportBoard) -> None:
        """The beginning."""

    def show_columns(self, file: RegisterFile, matching: Matching, board: ImportBoard) -> None:
        """The columns of a file."""

    def show_checked(self, checked: Checked) -> None:
        """What a check found."""

    def show_work(self, progress: Progress | None, left: float | None) -> None:
        """Long work; None before its first step."""

    def show_undone(self, undone: Undone) -> None:
        """The families that stay after an undoing."""

    def say(self, sentence: str, tone: Tone) -> None:
        """One sentence."""

    def show_error(self, sentence: str) -> None:
        """The beginning could not be read."""


class ImportPresenter:
    """One register at a time. Call ``open`` on each opening."""

    def __init__(
        self,
        ports: ImportPorts,
        background: Background,
        kit: Kit,
        screen: ImportScreen,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self._ports, self._background, self.kit, self._screen = ports, background, kit, screen
        self._changed = changed
        self.stepping = Stepping(background, ports.seconds, screen.show_work, self._work_failed)
        self.board: ImportBoard | None = None
        self.file: RegisterFile | None = None
        self.matching = Matching()
        self.choices: Choices | None = None
        self.checked: Checked | None = None
        self._saving = False
        self._busy = False

    def open(self) -> None:
        """Show where things stand; a register in work stays."""
        if self.file is None and not self.stepping.running:
            self.start()

    def start(self) -> None:
        """Back to the beginning."""
        self.file = self.checked = None
        self._background.query(self._ports.board, self._begun, self._board_failed, replaces="board")

    def choose(self) -> None:
        """Ask for a file and read it."""
        if self.stepping.running or self._busy:
            return
        path = self._ports.open_file()
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file."""
        self._busy = True
        self._screen.show_work(None, None)
        self._background.command(lambda: self._ports.read(path), self._was_read, self._read_failed)

    def check(self, matching: Matching, choices: Choices) -> None:
        """Check all rows with these columns."""
        file = self.file
        if file is None or self.stepping.running:
            return
        self.matching, self.choices = matching, choices
        self._saving = False
        self._screen.show_work(None, None)
        self.stepping.run(lambda: self._ports.check(file, matching, choices), self._was_checked)

    def check_again(self, *, hold_doubtful: bool) -> None:
        """The same with the other answer about doubtful rows."""
        if self.choices is not None and self.choices.hold_doubtful != hold_doubtful:
            self.check(self.matching, replace(self.choices, hold_doubtful=hold_doubtful))

    def accept(self, row: CheckedRow) -> None:
        """Save a row that was held back all the same: somebody compared the two."""
        if self.choices is not None and row.fate is Fate.HELD:
            accepted = self.choices.accepted | {row.row.number}
            self.check(self.matching, replace(self.choices, accepted=accepted))

    def columns(self) -> None:
        """Back to the columns."""
        if self.file is not None and self.board is not None and not self.stepping.running:
            self._screen.show_columns(self.file, self.matching, self.board)

    def save(self, *, all_or_nothing: bool) -> None:
        """Save the good rows."""
        checked = self.checked
        if checked is None or self.stepping.running or self._busy:
            return
        self._busy = True
        self._background.command(
            lambda: self._ports.begin(checked, all_or_nothing), lambda _plan: self.go_on(), self._failed
        )

    def go_on(self) -> None:
        """Save what is left of the import that was begun."""
        self._busy = False
        if not self.stepping.running:
            self._saving = True
            self._screen.show_work(None, None)
            self.stepping.run(self._ports.go_on, self._was_saved)

    def cancel(self) -> None:
        """End the work that runs: a check is forgotten, an import ends where it is."""
        if self.stepping.running:
            self.stepping.cancel(self.stop if self._saving else self.columns)

    def stop(self) -> None:
        """End the import that was begun; what was saved stays and can be undone."""
        self._background.command(self._ports.stop, self._was_saved, self._failed)

    def undo(self, line: ImportLine) -> None:
        """Undo a whole import."""
        if not self.stepping.running:
            self._saving = False
            self._screen.show_work(None, None)
            self.stepping.run(lambda: self._ports.undo(line.id), self._was_undone)

    def write_back(self, *, only_bad: bool) -> None:
        """Save the sheet with what is wrong beside each row."""
        checked = self.checked
        if checked is not None:
            work = lambda: self._ports.written_back(checked, only_bad)  # noqa: E731 - one errand
            self._background.query(work, self._was_written, self._failed, replaces="sheet")

    def rows(self, which: str) -> list[CheckedRow]:
        """The rows of a filter: ``all``, ``bad``, ``doubtful`` or ``good``."""
        rows = self.checked.rows if self.checked else ()
        wanted: dict[str, Callable[[CheckedRow], bool]] = {
            "all": lambda _row: True,
            "bad": lambda row: row.fate in {Fate.REFUSED, Fate.HELD},
            "doubtful": lambda row: row.fate is Fate.SAVE and bool(row.row.warnings),
            "good": lambda row: row.fate in {Fate.SAVE, Fate.ON_RECORD},
        }
        return [row for row in rows if wanted[which](row)]

    def _begun(self, board: ImportBoard) -> None:
        self.board = board
        if self.file is None:
            self._screen.show_start(board)

    def _was_read(self, found: tuple[RegisterFile, Matching]) -> None:
        self._busy = False
        self.file, self.matching = found
        self.columns()

    def _was_checked(self, checked: Checked) -> None:
        self.checked = checked
        self._screen.show_checked(checked)

    def _was_saved(self, done: Imported) -> None:
        words, number = self.kit.words, self.kit.formats.number
        saved = words.n("{count} row was saved.", "{count} rows were saved.", done.accepted)
        left = words.n("{count} row was not.", "{count} rows were not.", done.refused)
        said = [saved.format(count=number(done.accepted))]
        if done.refused:
            said.append(left.format(count=number(done.refused)))
        self._screen.say(" ".join(said), "attention" if done.stopped else "accent")
        self._changed(WRITTEN)
        self.start()

    def _was_undone(self, undone: Undone) -> None:
        words, number = self.kit.words, self.kit.formats.number
        told = words.t("The import was undone.")
        if undone.kept:
            stay = words.n(
                "The import was undone, but {count} family stays because work has gone on.",
                "The import was undone, but {count} families stay because work has gone on.", len(undone.kept),
            )  # fmt: skip
            told = stay.format(count=number(len(undone.kept)))
        self._screen.say(told, "attention" if undone.kept else "accent")
        self._screen.show_undone(undone)
        self._changed(WRITTEN)
        self.start()

    def _was_written(self, content: bytes) -> None:
        title = self.checked.file.title if self.checked else ""
        name = self.kit.words.t("{file} with errors").format(file=title)
        try:
            saved = self._ports.save_file(f"{name}.xlsx", content)
        except TarahumError as error:
            self._failed(error)
            return
        if saved:
            self._screen.say(
                self.kit.words.t("The sheet was saved. Mend it there and choose it again."), "accent"
            )

    def _work_failed(self, error: TarahumError) -> None:
        self._screen.say(error_sentence(self.kit.words, error), "danger")
        if self.checked is not None and not self._saving:
            self._screen.show_checked(self.checked)
        elif self.file is not None and not self._saving:
            self.columns()
        else:
            self.start()

    def _read_failed(self, error: TarahumError) -> None:
        self._failed(error)
        self.start()

    def _failed(self, error: TarahumError) -> None:
        self._busy = False
        self._screen.say(error_sentence(self.kit.words, error), "danger")

    def _board_failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self.kit.words, error))
