"""`form check` and `form publish`: a form's document or workbook, with every fault by its line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tarahum_desktop.casework.forms.errors import FormNotPublished
from tarahum_desktop.casework.forms.file_kinds import check_file, preview_file
from tarahum_desktop.casework.forms.publish import publish_form
from tarahum_desktop.cli.terminal import REFUSED, Folder, Login, PassphraseFd, Terminal, plain_failures
from tarahum_desktop.cli.working import unlocked
from tarahum_desktop.domain.forms.publishing import Problem
from tarahum_desktop.i18n.sentences_forms import problem_sentence

FormFile = Annotated[Path, typer.Argument(help="A form document (JSON) or an XLSForm workbook.")]


def form_check(context: typer.Context, file: FormFile) -> None:
    """Say everything that is wrong with a file, without a vault and without the versions before it."""
    terminal: Terminal = context.obj
    with plain_failures(terminal):
        problems, notes = check_file(file)
    _say(terminal, notes)
    _say(terminal, problems)
    if problems:
        raise typer.Exit(REFUSED)
    terminal.say(terminal.words.t("The document has no fault."))


def form_publish(
    context: typer.Context,
    folder: Folder,
    file: FormFile,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Publish a file as the next version of its form; it reaches the offices with the next exchange."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        preview = preview_file(place.desk, file)
        _say(terminal, preview.problems)
        if preview.document is None:
            raise FormNotPublished(preview.problems)
        made = publish_form(place.desk, preview.content)
    terminal.say(
        terminal.words.t("Published: {form}, version {version}.").format(
            form=made.code, version=terminal.formats.number(made.version)
        )
    )


def _say(terminal: Terminal, problems: Iterable[Problem]) -> None:
    """One line each, ``sheet:line:column: sentence``, as editors read it."""
    for one in problems:
        place = ":".join(filter(None, (one.sheet, str(one.line or ""), str(one.column or ""))))
        terminal.say(f"{place}: {problem_sentence(terminal.words, one.code, one.facts)}")
