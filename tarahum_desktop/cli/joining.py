"""`vault new` and `enrol`: making a vault, and joining a centre."""

from pathlib import Path
from typing import Annotated

import typer

from tarahum_desktop.casework.enrol_vault import enrol_vault
from tarahum_desktop.casework.vault_users import add_vault_user
from tarahum_desktop.casework.workplace import Joining, join_centre, open_workplace
from tarahum_desktop.cli.terminal import (
    Folder,
    Login,
    PassphraseFd,
    Terminal,
    login_for,
    plain_failures,
    wall_ms,
)
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.vault.passphrase_source import read_passphrase
from tarahum_desktop.vault.slots import SLOTS_FILE
from tarahum_desktop.vault.vault import UserSlot, create_vault


def vault_new(
    context: typer.Context,
    folder: Folder,
    login: Annotated[str, typer.Option("--login", help="The name its first user signs in with.")],
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Make an empty encrypted vault in FOLDER."""
    terminal: Terminal = context.obj
    with plain_failures(terminal):
        passphrase = terminal.passphrase(passphrase_fd, new=True)
        with create_vault(folder, UserSlot(login, new_id()), passphrase) as vault:
            upgrade(vault.engine)
    terminal.say(terminal.words.t("The vault is ready. Join a centre with: tarahum enrol"))


def enrol(
    context: typer.Context,
    folder: Folder,
    server: Annotated[str, typer.Option("--server", help="The centre's address, https://host:port.")],
    login: Login = "",
    code_fd: Annotated[
        int | None, typer.Option("--code-fd", help="Read the one-time code from this open file descriptor.")
    ] = None,
    passphrase_fd: PassphraseFd = None,
    device_name: Annotated[
        str, typer.Option("--device-name", help="What the centre calls this machine.")
    ] = "",
) -> None:
    """Join a centre with a one-time code; FOLDER may be a vault that joined none, or becomes a new one."""
    terminal: Terminal = context.obj
    there = (folder / SLOTS_FILE).exists()
    with plain_failures(terminal):
        name = login_for(folder, login) if there or not login else login
        code = read_passphrase(prompt=terminal.words.t("One-time code: "), descriptor=code_fd)
        passphrase = terminal.passphrase(passphrase_fd, new=not there)
        joining = Joining(server, code, name, device_name)
        _join(folder, joining, passphrase, there=there)
    terminal.say(terminal.words.t("This machine has joined. Fetch its records with: tarahum sync"))


def _join(folder: Path, joining: Joining, passphrase: str, *, there: bool) -> None:
    if there:
        enrol_vault(folder, joining, passphrase, wall_ms)
    else:
        join_centre(folder, joining, passphrase, wall_ms).lock()


def add_user(
    context: typer.Context,
    folder: Folder,
    new_login: Annotated[str, typer.Option("--new-login", help="The account's name at the centre.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    new_passphrase_fd: Annotated[
        int | None,
        typer.Option("--new-passphrase-fd", help="Read the new user's passphrase from this descriptor."),
    ] = None,
) -> None:
    """Let another member of staff open this machine with a passphrase of their own."""
    terminal: Terminal = context.obj
    with plain_failures(terminal):
        name = login_for(folder, login)
        place = open_workplace(folder, name, terminal.passphrase(passphrase_fd), wall_ms)
        try:
            terminal.say(terminal.words.t("Passphrase of the new user: "))
            add_vault_user(
                place.vault, place.desk, new_login, terminal.passphrase(new_passphrase_fd, new=True)
            )
        finally:
            place.lock()
    terminal.say(terminal.words.t("The new user can now open this machine."))
