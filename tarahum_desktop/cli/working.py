"""`sync`, `status`, `find` and `report visit`: the daily work of a machine that has joined."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.search.find import MOST_HITS, find
from tarahum_desktop.casework.sync_state import SyncState, sync_state
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.workplace import Workplace, open_workplace
from tarahum_desktop.cli.terminal import (
    AsJson,
    Folder,
    Login,
    PassphraseFd,
    Terminal,
    login_for,
    plain_failures,
    progress_line,
    wall_ms,
)
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.sync.exchange.outcome import Progress, refuse_disputed


@contextmanager
def unlocked(terminal: Terminal, folder: Path, login: str, descriptor: int | None) -> Iterator[Workplace]:
    """Open a machine's store for one command, and lock it again."""
    with plain_failures(terminal):
        name = login_for(folder, login)
        place = open_workplace(folder, name, terminal.passphrase(descriptor), wall_ms)
        try:
            yield place
        finally:
            place.lock()


def sync(
    context: typer.Context, folder: Folder, login: Login = "", passphrase_fd: PassphraseFd = None
) -> None:
    """Exchange with the centre until both sides are proven equal."""
    terminal: Terminal = context.obj
    words, number = terminal.words, terminal.formats.number
    show = progress_line(terminal)

    def report(progress: Progress) -> None:
        show(progress.phase, progress.pushed, progress.pulled)

    with unlocked(terminal, folder, login, passphrase_fd) as place:
        with place.line() as line:
            outcome = exchange_now(place.replica, line, place.enrolment, report)
        refuse_disputed(outcome)
        terminal.say(
            words.t("Sent {sent}, received {received}, scopes proven equal: {proven}.").format(
                sent=number(outcome.pushed),
                received=number(outcome.pulled),
                proven=number(len(outcome.proven)),
            )
        )


def status(
    context: typer.Context,
    folder: Folder,
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    as_json: AsJson = False,
) -> None:
    """Show what is kept here, sent and confirmed, and each scope with its digest."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        state = sync_state(place.desk)
        if as_json:
            device = {"device": place.replica.device, "name": place.enrolment.device_name}
            terminal.say(json.dumps(device | asdict(state), default=_plain, ensure_ascii=False))
        else:
            _show_status(terminal, state)


def _show_status(terminal: Terminal, state: SyncState) -> None:
    words, formats = terminal.words, terminal.formats
    last = formats.date_time(state.last_complete_at) if state.last_complete_at else words.t("never")
    terminal.say(
        words.t("Kept here {kept} · sent {sent} · confirmed {confirmed} · last complete {last}").format(
            kept=formats.number(state.kept_here), sent=formats.number(state.sent),
            confirmed=formats.number(state.confirmed), last=last,
        )
    )  # fmt: skip
    for line in state.scopes:
        whole = words.t("whole") if line.complete else words.t("still arriving")
        terminal.say(f"  {line.scope}\t{formats.number(line.rows)}\t{whole}\t{line.digest}")


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def find_families(
    context: typer.Context,
    folder: Folder,
    text: Annotated[str, typer.Argument(help="A name as heard, an id, a phone or a file number.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_HITS)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find families."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        hits = find(place.desk, text, limit)
        if as_json:
            terminal.say(json.dumps([asdict(hit) for hit in hits], default=_plain, ensure_ascii=False))
            return
        for hit in hits:
            where = hit.place_en if terminal.words.language == "en" else hit.place_ar
            terminal.say(f"{hit.file_number}\t{hit.head_name}\t{where}\t{hit.person_name}\t{hit.why.value}")
        if not hits:
            terminal.say(terminal.words.t("No family fits."))


def report_visit(
    context: typer.Context,
    folder: Folder,
    visit: Annotated[uuid.UUID, typer.Argument(help="The visit's id.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF file to write.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Write the report of a visit as a PDF file."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        write_file(out, print_visit_report(place.desk, visit, terminal.words, terminal.formats))
        terminal.say(terminal.words.t("Written: {file}").format(file=out))
