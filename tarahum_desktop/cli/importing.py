"""`import`: an existing register checked, and unless it is a dry run its good rows saved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from tarahum_desktop.casework.imports.check import check_register, finished
from tarahum_desktop.casework.imports.checked import Checked, Choices, Fate, Progress
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.register_file import open_register
from tarahum_desktop.casework.imports.runs import import_scopes
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on
from tarahum_desktop.casework.imports.written_back import note_sentence, write_back
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.cli.terminal import Folder, Login, PassphraseFd, Terminal
from tarahum_desktop.cli.working import unlocked
from tarahum_desktop.i18n.import_words import fate_words, field_words
from tarahum_desktop.reports.write_file import write_file


def import_file(
    context: typer.Context,
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The register, XLSX or CSV.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; nothing is saved.")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Save only if every row is ready.")
    ] = False,
    reason: Annotated[
        str, typer.Option(help="Why persons without a number have none: not_available, lost, …")
    ] = "",
    scope: Annotated[
        str, typer.Option(help="Where the families are saved; needed when there are several.")
    ] = "",
    errors: Annotated[Path | None, typer.Option(help="Write the sheet with its errors here.")] = None,
) -> None:
    """Bring in an existing register."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        register = open_register(file)
        found = suggest_matching(place.desk, register)
        matching = Matching(found.columns, found.layout, reason or found.reason)
        for column, at in sorted(matching.columns.items(), key=lambda one: one[1]):
            terminal.say(f"{register.headings[at] or at + 1}\t{field_words(terminal.words, column.value)}")
        checked = finished(check_register(place.desk, register, matching, Choices(_scope(place, scope))))
        _show(terminal, checked)
        if errors is not None:
            write_file(errors, write_back(terminal.words, terminal.formats, checked))
        if dry_run:
            terminal.say(terminal.words.t("Nothing was saved: this was a dry run."))
            return
        begin_import(place.desk, checked, all_or_nothing=all_or_nothing)
        done = _last(go_on(place.desk))
        words, number = terminal.words, terminal.formats.number
        saved = words.n("{count} row was saved.", "{count} rows were saved.", done.accepted)
        terminal.say(saved.format(count=number(done.accepted)))


def _scope(place: Workplace, wanted: str) -> str:
    scopes = import_scopes(place.desk)
    if wanted:
        return wanted
    own = place.desk.user.committee_code
    return own if own in scopes else next(iter(scopes), own or "")


def _show(terminal: Terminal, checked: Checked) -> None:
    words, number = terminal.words, terminal.formats.number
    for one in checked.rows:
        for note in (*one.row.errors, *one.row.warnings):
            sentence = note_sentence(words, terminal.formats, checked, note)
            terminal.say(f"{one.row.number}\t{fate_words(words, one.fate)}\t{sentence}")
    counts = (f"{fate_words(words, fate)}: {number(checked.count(fate))}" for fate in Fate)
    terminal.say(" · ".join(counts))


def _last(steps: Iterator[Progress | Imported]) -> Imported:
    done: Any = None
    for found in steps:
        done = found
    if not isinstance(done, Imported):
        raise ImportRefused
    return done
