"""`backup`, `restore`, `resume` and `verify`: the commands for the day on which the machine is gone.

Exit codes: 0 done and whole; 1 refused, nothing was changed; 2 read, and something in it does not fit.
"""

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from tarahum_desktop.domain.errors import TarahumError
from tarahum_server.backup import back_up
from tarahum_server.centre import open_centre
from tarahum_server.check_backup import check_backup
from tarahum_server.devices import BadRequest
from tarahum_server.restore import RESUME_DAYS, restore
from tarahum_server.resume import resume, wait, who_is_back
from tarahum_server.sealed_file import Secret
from tarahum_server.settings import FOLDER_VARIABLE, Settings, read_settings
from tarahum_server.verify import Fault, verify_centre

Folder = Annotated[
    Path, typer.Option("--folder", envvar=FOLDER_VARIABLE, help="Where the centre keeps its files.")
]
SecretFile = Annotated[
    Path | None, typer.Option(help="A file whose first line is the passphrase, or an age key or recipient.")
]
SecretDescriptor = Annotated[int, typer.Option("--secret-fd", help="The same from an open file descriptor.")]
HERE: Final = Path("centre")
FAULTY: Final = 2
_MOST_SECRET: Final = 4096
_LEAST_LETTERS: Final = 12
_MOST_SHOWN: Final = 200


def add_commands(app: typer.Typer) -> None:
    """Put the commands on an application."""
    for name, command in (
        ("backup", backup), ("restore", restore_folder), ("resume", resume_folder), ("verify", verify),
    ):  # fmt: skip
        app.command(name)(command)


@contextmanager
def _plain_failures() -> Iterator[None]:
    try:
        yield
    except TarahumError as error:
        facts = "".join(f" {name}={value}" for name, value in sorted(error.facts.items()))
        typer.echo(f"refused: {error.code}{facts}", err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(f"refused: disk_failed errno={error.errno}", err=True)
        raise typer.Exit(1) from error


def _settings(folder: Path) -> Settings:
    return read_settings(folder.absolute(), os.environ)


def _secret(file: Path | None, descriptor: int) -> Secret:
    """Never an argument, which every user of the machine could read."""
    if file is not None:
        with file.open("rb") as opened:
            read = opened.read(_MOST_SECRET)
    elif descriptor >= 0:
        with os.fdopen(descriptor, "rb") as opened:
            read = opened.read(_MOST_SECRET)
    elif sys.stdin.isatty():
        read = typer.prompt("Passphrase", hide_input=True).encode()
    else:
        raise BadRequest(what="secret")
    text = read.splitlines()[0].decode("utf-8", "replace").strip() if read else ""
    secret = Secret(text)
    if not secret.is_key and len(text) < _LEAST_LETTERS:
        raise BadRequest(what="secret")
    return secret


def backup(
    file: Path,
    folder: Folder = HERE,
    secret_file: SecretFile = None,
    secret_fd: SecretDescriptor = -1,
) -> None:
    """Write the whole centre to one encrypted file while it serves."""
    with _plain_failures():
        secret = _secret(secret_file, secret_fd)
        centre = open_centre(_settings(folder))
        try:
            size = back_up(centre, file, secret)
        finally:
            centre.close()
    typer.echo(f"{size} bytes")


def restore_folder(
    file: Path,
    folder: Folder = HERE,
    secret_file: SecretFile = None,
    secret_fd: SecretDescriptor = -1,
    resume_days: Annotated[
        int, typer.Option(min=0, max=365, help="How long it waits for its devices at most; 0 not at all.")
    ] = RESUME_DAYS,
) -> None:
    """Bring a centre back, into an empty folder and, for PostgreSQL, an empty database."""
    with _plain_failures():
        secret = _secret(secret_file, secret_fd)
        about = restore(file, folder.absolute(), _settings(folder).database, secret, resume_days)
    taken = dt.datetime.fromtimestamp(about.taken_at / 1000, dt.UTC)
    typer.echo(f"restored {about.database} at revision {about.revision}, as of {taken:%Y-%m-%d %H:%M:%S} UTC")
    if resume_days:
        typer.echo(
            f"it waits up to {resume_days} days for its devices before it changes anything by itself; see resume"
        )


def resume_folder(
    folder: Folder = HERE,
    anyway: Annotated[bool, typer.Option("--anyway", help="Although some have not come back.")] = False,
    wait_days: Annotated[
        int, typer.Option(min=0, max=365, help="Begin to wait, for a database put back by other means.")
    ] = 0,
) -> None:
    """Say who has come back to a restored centre, and let it write by itself again once all have."""
    with _plain_failures():
        centre = open_centre(_settings(folder))
        try:
            if wait_days:
                wait(centre, wait_days)
            found = who_is_back(centre)
            lacking = [one for one in found or () if one.seen_at is None]
            if found is not None and (anyway or not lacking):
                resume(centre)
        finally:
            centre.close()
    if found is None:
        typer.echo("it does not wait")
        return
    for one in found:
        seen = f"{one.seen_at:%Y-%m-%d %H:%M:%S} UTC" if one.seen_at else "not yet"
        typer.echo(f"{one.number:5} {one.name:24} {seen}")
    if lacking and not anyway:
        typer.echo(f"{len(lacking)} have not come back; it waits on", err=True)
        raise typer.Exit(FAULTY)
    typer.echo("it writes by itself again")


def verify(
    file: Annotated[
        Path | None, typer.Argument(help="A backup; without one, the centre in the folder.")
    ] = None,
    folder: Folder = HERE,
    secret_file: SecretFile = None,
    secret_fd: SecretDescriptor = -1,
) -> None:
    """Recompute digests, counts, signatures and positions; says what does not fit, and where."""
    with _plain_failures():
        if file is not None:
            found = _show(check_backup(file, _secret(secret_file, secret_fd)))
        else:
            centre = open_centre(_settings(folder))
            try:
                found = _show(verify_centre(centre))
            finally:
                centre.close()
    if found:
        typer.echo(f"{found} faults", err=True)
        raise typer.Exit(FAULTY)
    typer.echo("whole")


def _show(faults: Iterable[Fault]) -> int:
    count = 0
    for fault in faults:
        count += 1
        if count <= _MOST_SHOWN:
            typer.echo(str(fault))
    return count
