"""`tarahum-server pouch`: read, answer and admit by files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.pouch.header import fingerprint_digits
from tarahum_desktop.sync.pouch.write import Written
from tarahum_server.centre import Centre, open_centre
from tarahum_server.pouches import admit_newcomer, answer_device, read_file
from tarahum_server.settings import read_settings

Folder = Annotated[
    Path, typer.Option("--folder", envvar="TARAHUM_SERVER_FOLDER", help="Where the centre keeps its files.")
]
HERE = Path("centre")


def pouch_group() -> typer.Typer:
    """The commands about pouches."""
    group = typer.Typer(no_args_is_help=True, help="Exchange by files.", pretty_exceptions_enable=False)
    for name, command in (("read", read), ("answer", answer), ("admit", admit)):
        group.command(name)(command)
    return group


@contextmanager
def _opened(folder: Path) -> Iterator[Centre]:
    try:
        centre = open_centre(read_settings(folder.absolute(), os.environ))
        try:
            yield centre
        finally:
            centre.close()
    except TarahumError as error:
        facts = "".join(f" {name}={value}" for name, value in sorted(error.facts.items()))
        typer.echo(f"refused: {error.code}{facts}", err=True)
        raise typer.Exit(1) from error


def read(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], folder: Folder = HERE) -> None:
    """Take a pouch in."""
    with _opened(folder) as centre:
        found = read_file(centre, file)
    taken = found.taken
    again = " (read before)" if found.repeated else ""
    typer.echo(
        f"pouch {found.header.number} of device {found.header.maker}: {taken.changes} changes, "
        f"{taken.held} batches held, {taken.files} files{again}"
    )
    for number in found.missing:
        typer.echo(f"pouch {number} of device {found.header.maker} has not come here")


def answer(
    device: int,
    out: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder to write to.")],
    folder: Folder = HERE,
) -> None:
    """Write a device its next pouch."""
    with _opened(folder) as centre:
        _tell(answer_device(centre, device, out))


def admit(
    request: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder to write to.")],
    folder: Folder = HERE,
) -> None:
    """Admit the machine of a request file and write its welcome."""
    with _opened(folder) as centre:
        _tell(admit_newcomer(centre, request, out))


def _tell(written: Written) -> None:
    counts, header = written.counts, written.header
    typer.echo(
        f"{header.file_name} {fingerprint_digits(header.fingerprint)}: {counts.changes} changes, "
        f"{counts.rows} rows, {counts.files} files"
    )
