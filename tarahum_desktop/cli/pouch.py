"""`pouch …`: the same registered stick, read and written by scripts."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.history import pouch_history
from tarahum_desktop.casework.pouches.joining import finish_joining, request_to_join
from tarahum_desktop.casework.pouches.read import (
    CARRIED,
    FOREIGN,
    REFUSED,
    REPEATED,
    REQUEST,
    PouchSummary,
    read_pouches,
)
from tarahum_desktop.casework.pouches.slip import print_pouch_slip
from tarahum_desktop.casework.pouches.sticks import register_stick
from tarahum_desktop.casework.pouches.tidy import tidy_stick
from tarahum_desktop.casework.pouches.write import PouchWritten, write_pouch
from tarahum_desktop.casework.workplace import Joining, Workplace
from tarahum_desktop.cli.terminal import (
    AsJson,
    Folder,
    Login,
    PassphraseFd,
    Terminal,
    login_for,
    plain_failures,
    wall_ms,
)
from tarahum_desktop.cli.working import unlocked
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.vault.passphrase_source import read_passphrase
from tarahum_desktop.vault.slots import SLOTS_FILE

Stick = Annotated[Path, typer.Argument(help="The folder of the stick.", show_default=False)]
_WENT_WRONG: Final = 1


def pouch_write(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    to: Annotated[
        int | None, typer.Option("--to", help="The receiving device's number; default: the office.")
    ] = None,
    slip: Annotated[
        Path | None, typer.Option("--slip", help="Also write the paper that goes with it, as PDF.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the next pouch to a registered stick."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        written = write_pouch(place.desk, stick, _silent, to)
        if slip is not None:
            write_file(slip, _slip(terminal, place, written))
        _tell_written(terminal, written, as_json=as_json)


def _slip(terminal: Terminal, place: Workplace, written: PouchWritten) -> bytes:
    line = next(one for one in pouch_history(place.desk) if one.fingerprint == written.fingerprint)
    return print_pouch_slip(place.desk, line.id, terminal.words, terminal.formats)


def pouch_read(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    answer: Annotated[
        bool, typer.Option("--answer", help="At an office: write the answers to the stick at once.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read every pouch on a stick; ends with status 1 when one was refused."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        found = read_pouches(place.desk, stick, _silent)
        place.reseat()
        answers = answer_pouches(place.desk, stick, found, _silent) if answer else ()
    if as_json:
        told = {"read": [asdict(one) for one in found], "answered": [asdict(one) for one in answers]}
        terminal.say(json.dumps(told, default=_plain, ensure_ascii=False))
    else:
        for sentence in _sentences(terminal, found):
            terminal.say(sentence)
        for one in answers:
            _tell_written(terminal, one, as_json=False)
    if any(one.state == REFUSED for one in found):
        raise typer.Exit(_WENT_WRONG)


def _sentences(terminal: Terminal, found: tuple[PouchSummary, ...]) -> Iterator[str]:
    words, number = terminal.words, terminal.formats.number
    if not found:
        yield words.t("There is nothing to read on this stick.")
    for one in found:
        yield _sentence(terminal, one)
        for missing in one.missing:
            yield words.t(
                "Pouch {number} has not come here. Nothing is lacking because of it, for each pouch brings again what was not confirmed."
            ).format(number=number(missing))
        if one.clock_ahead:
            yield words.t(
                "Some changes carry a time in the future: the clock of that machine is wrong. They come again once it has read your answer."
            )
        if one.clock_set:
            yield words.t("The clock of this machine was wrong. Please set date and time.")


def _sentence(terminal: Terminal, one: PouchSummary) -> str:
    words, number = terminal.words, terminal.formats.number
    names = {"number": number(one.number), "maker": one.maker_name or number(one.maker)}
    if one.state in {REFUSED, FOREIGN}:
        reason = code_sentence(words, one.code, one.facts)
        return words.t("{file}: {reason}").format(file=one.file, reason=reason)
    if one.state == REQUEST:
        return words.t("A machine asks to join; the centre is asked with the next exchange.")
    if one.state == REPEATED:
        return words.t("Pouch {number} from {maker} was read before; nothing was doubled.").format(**names)
    if one.state == CARRIED:
        return words.t(
            "Pouch {number} from {maker} is kept as it is for the centre and goes there with the next exchange."
        ).format(**names)
    return words.t(
        "Pouch {number} from {maker}: changes {changes}, conflicts {conflicts}, files {files}, confirmed {confirmed}."
    ).format(
        **names,
        changes=number(one.changes + one.rows),
        conflicts=number(one.conflicts),
        files=number(one.files),
        confirmed=number(one.confirmed),
    )


def pouch_tidy(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Remove from a stick what is at its goal; nothing that somebody still waits for."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        removed = tidy_stick(place.desk, stick)
    terminal.say(
        terminal.words.t("Files removed from the stick: {count}.").format(
            count=terminal.formats.number(removed)
        )
    )


def pouch_list(
    context: typer.Context,
    folder: Folder,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    as_json: AsJson = False,
) -> None:
    """List the pouches of this machine, newest first."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        lines = pouch_history(place.desk)
    if as_json:
        terminal.say(json.dumps([asdict(line) for line in lines], default=_plain, ensure_ascii=False))
        return
    formats = terminal.formats
    for line in lines:
        when = formats.date_time(line.handled_at)
        terminal.say(
            f"{line.direction}\t{line.other_name}\t{line.number}\t{line.state}\t{line.fingerprint}\t{when}"
        )


def pouch_stick(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    name: Annotated[str, typer.Option("--name", help="What the stick is called.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Register a stick at an office."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        line = register_stick(place.desk, stick, name)
    terminal.say(terminal.words.t("The stick is registered: {name}.").format(name=line.name))


def pouch_request(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    login: Annotated[str, typer.Option("--login", help="Who will open this machine first.")],
    code_fd: Annotated[
        int | None, typer.Option("--code-fd", help="Read the one-time code from this open file descriptor.")
    ] = None,
    passphrase_fd: PassphraseFd = None,
    device_name: Annotated[
        str, typer.Option("--device-name", help="What the centre calls this machine.")
    ] = "",
) -> None:
    """Ask to join by a stick, on a machine that has no network."""
    terminal: Terminal = context.obj
    there = (folder / SLOTS_FILE).exists()
    with plain_failures(terminal):
        code = read_passphrase(prompt=terminal.words.t("One-time code: "), descriptor=code_fd)
        passphrase = terminal.passphrase(passphrase_fd, new=not there)
        joining = Joining("", code, login, device_name)
        path = request_to_join(folder, stick, joining, passphrase, wall_ms)
    words = terminal.words
    terminal.say(
        words.t("The request was written: {file}. Please bring the stick to your office.").format(file=path)
    )


def pouch_join(
    context: typer.Context,
    folder: Folder,
    stick: Stick,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Take the welcome and the first records from a stick."""
    terminal: Terminal = context.obj
    with plain_failures(terminal):
        name = login_for(folder, login)
        joined = finish_joining(folder, stick, name, terminal.passphrase(passphrase_fd), wall_ms, _silent)
    terminal.say(
        terminal.words.t("This machine has joined. Records received: {rows}.").format(
            rows=terminal.formats.number(joined.rows)
        )
    )


def _tell_written(terminal: Terminal, written: PouchWritten, *, as_json: bool) -> None:
    if as_json:
        terminal.say(json.dumps(asdict(written), default=_plain, ensure_ascii=False))
        return
    words, formats = terminal.words, terminal.formats
    terminal.say(
        words.t("Written: {file}. Pouch {number}, fingerprint {fingerprint}.").format(
            file=written.file,
            number=formats.number(written.number),
            fingerprint=formats.code(written.fingerprint),
        )
    )
    terminal.say(
        words.t("Changes {changes} · whole records {rows} · files {files} · {size}").format(
            changes=formats.number(written.changes),
            rows=formats.number(written.rows),
            files=formats.number(written.files),
            size=formats.bytes(written.bytes),
        )
    )


def _silent(_told: object) -> None:
    """Scripts wait for the end."""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else str(value)
