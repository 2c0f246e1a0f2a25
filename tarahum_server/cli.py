"""`tarahum-server`: prepare, run and administer a centre. Speaks English: its readers administer machines."""

import datetime as dt
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.blobs.sweep import sweep_centre
from tarahum_server import devices as device_desk
from tarahum_server import people, quarantine
from tarahum_server.app import serve
from tarahum_server.centre import Centre, open_centre, prepare
from tarahum_server.cli_backup import add_commands
from tarahum_server.compaction import compact_by_age
from tarahum_server.figures import centre_figures
from tarahum_server.pouch_commands import pouch_group
from tarahum_server.seeds import seed
from tarahum_server.settings import Settings, read_settings
from tarahum_server.status import centre_status
from tarahum_server.tls import fingerprint

Folder = Annotated[
    Path, typer.Option("--folder", envvar="TARAHUM_SERVER_FOLDER", help="Where the centre keeps its files.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]
OptionalDay = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])]
HERE = Path("centre")


def run() -> None:
    """Run the command line."""
    make_app()()


def make_app() -> typer.Typer:
    """The commands; locals are never shown in a traceback, because they could hold personal data."""
    app = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
    )
    for name, command in (
        ("init", init), ("run", serve_folder), ("status", status), ("invite", invite), ("devices", devices),
        ("figures", figures), ("widen", widen), ("narrow", narrow), ("revoke", revoke), ("held", held), ("release", release), ("compact", compact), ("sweep", sweep), ("add-user", add_user), ("grant", grant),
    ):  # fmt: skip
        app.command(name)(command)
    add_commands(app)
    app.add_typer(pouch_group(), name="pouch")
    return app


@contextmanager
def _plain_failures() -> Iterator[None]:
    try:
        yield
    except TarahumError as error:
        facts = "".join(f" {name}={value}" for name, value in sorted(error.facts.items()))
        typer.echo(f"refused: {error.code}{facts}", err=True)
        raise typer.Exit(1) from error


@contextmanager
def _opened(folder: Path) -> Iterator[Centre]:
    with _plain_failures():
        centre = open_centre(_settings(folder))
        try:
            yield centre
        finally:
            centre.close()


def _settings(folder: Path) -> Settings:
    return read_settings(folder.absolute(), os.environ)


def init(
    folder: Folder = HERE,
    host_name: Annotated[list[str] | None, typer.Option(help="A name or address devices will call.")] = None,
) -> None:
    """Prepare a centre, or bring it up to this program: folder, key, certificates, tables, catalogue."""
    with _plain_failures():
        settings = _settings(folder)
        centre = prepare(settings, ["localhost", "127.0.0.1", "::1", *(host_name or [])])
        try:
            rows = seed(centre)
        finally:
            centre.close()
    typer.echo(f"{rows} rows of organisation and catalogue added to {centre.engine.dialect.name}")
    if not settings.plain_http:
        typer.echo(f"certificate SHA-256 {fingerprint(settings.path(settings.certificate)).hex()}")


def serve_folder(folder: Folder = HERE) -> None:
    """Serve until interrupted."""
    with _plain_failures():
        settings = _settings(folder)
        open_centre(settings).close()
        scheme = "http" if settings.plain_http else "https"
        typer.echo(f"serving {scheme}://{settings.host}:{settings.port}")
        serve(settings)


def status(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """Rows, scopes, digests, log heads and held batches."""
    with _opened(folder) as centre:
        found = centre_status(centre)
    if as_json:
        typer.echo(json.dumps(found, sort_keys=True))
        return
    for name in ("database", "revision", "rows", "batches", "devices"):
        typer.echo(f"{name:10} {found[name]}")
    if found["resuming"]:
        typer.echo(f"resuming   restored {found['resuming']}; waits for its devices (see resume)")
    for reason, count in sorted(found["held"].items()):
        typer.echo(f"held       {count} ({reason})")
    for scope, book in found["scopes"].items():
        typer.echo(f"{scope:24} rows {book['rows']:9} head {book['head']:7} digest {book['digest']}")


def invite(
    device: Annotated[str, typer.Option(help="What to call the device.")],
    kind: Annotated[str, typer.Option(help=", ".join(sorted(device_desk.KINDS)))],
    scopes: Annotated[
        str, typer.Option(help="Codes with commas, besides national; default: the committee.")
    ] = "",
    committee: str = "",
    hours: Annotated[int, typer.Option(min=1, max=24 * 30, help="How long the code is good for.")] = 72,
    by_stick: Annotated[bool, typer.Option(help="For a machine that joins by files on a stick.")] = False,
    folder: Folder = HERE,
) -> None:
    """Print a one-time code with which a device joins."""
    wanted = tuple(part.strip() for part in (scopes or committee).split(",") if part.strip())
    with _opened(folder) as centre:
        invitee = device_desk.Invitee(device, kind, committee, wanted)
        typer.echo(device_desk.invite(centre, invitee, dt.timedelta(hours=hours), by_stick=by_stick))


def figures(
    year: Annotated[int, typer.Option(help="A Gregorian year; default: this one.")] = 0,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """The published figures of a year, as the reports count them."""
    with _opened(folder) as centre:
        found = centre_figures(centre, year or dt.datetime.now(dt.UTC).year)
    if as_json:
        typer.echo(json.dumps(found, sort_keys=True))
        return
    for name, value in found.items():
        typer.echo(f"{name:24} {value}")


def devices(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """List the devices."""
    with _opened(folder) as centre:
        found: list[dict[str, Any]] = [
            {
                "number": one.number,
                "name": one.name,
                "kind": one.kind,
                "committee": one.committee_code,
                "scopes": one.scopes,
                "enrolled_at": one.enrolled_at.isoformat(),
                "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
            }
            for one in device_desk.list_devices(centre)
        ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, sort_keys=True))
        return
    for one in found:
        mark = "revoked" if one["revoked_at"] else ",".join(one["scopes"])
        typer.echo(f"{one['number']:5} {one['kind']:12} {one['name']:24} {mark}")


def widen(
    number: int,
    scopes: Annotated[str, typer.Option(help="Codes with commas, such as a restricted scope or a caseload.")],
    folder: Folder = HERE,
) -> None:
    """Let a device hold more scopes from its next exchange on."""
    wanted = [part.strip() for part in scopes.split(",") if part.strip()]
    with _opened(folder) as centre:
        typer.echo(",".join(device_desk.widen(centre, number, wanted)))


def narrow(
    number: int,
    scopes: Annotated[str, typer.Option(help="Codes with commas of what the device is to let go.")],
    keeps_sending: Annotated[
        bool, typer.Option("--keeps-sending", help="It may go on writing to them without reading.")
    ] = False,
    folder: Folder = HERE,
) -> None:
    """Let a device leave scopes: it sends what it has, then lets go of them without a trace."""
    wanted = [part.strip() for part in scopes.split(",") if part.strip()]
    with _opened(folder) as centre:
        typer.echo(",".join(device_desk.narrow(centre, number, wanted, keeps_sending=keeps_sending)))


def revoke(number: int, folder: Folder = HERE) -> None:
    """Take a device's right to exchange away; what it still sends is kept in quarantine."""
    with _opened(folder) as centre:
        device_desk.revoke(centre, number)


def held(folder: Folder = HERE) -> None:
    """List the batches in quarantine."""
    with _opened(folder) as centre:
        for one in quarantine.list_held(centre):
            span = f"{one.first_sequence}-{one.last_sequence}"
            typer.echo(f"{one.id} device {one.device} {one.scope} {span} {one.reason} {one.held_at:%Y-%m-%d}")


def release(held_id: uuid.UUID, folder: Folder = HERE) -> None:
    """Let a held batch in, after deciding that what its author did may stand."""
    with _opened(folder) as centre:
        typer.echo(f"{quarantine.release(centre, held_id)} changes")


def compact(
    folder: Folder = HERE,
    older_than: Annotated[int | None, typer.Option(min=1, help="Days; default: as set up.")] = None,
    drop_older_than: Annotated[
        int | None, typer.Option(min=0, help="Days, 0 for never; default: as set up.")
    ] = None,
) -> None:
    """Pack old entries of the log together, and let go of the oldest if wished; may run while the centre serves."""
    with _opened(folder) as centre:
        pack_days = centre.settings.pack_days if older_than is None else older_than
        drop_days = centre.settings.drop_days if drop_older_than is None else drop_older_than
        done = compact_by_age(centre.replica, pack_days, drop_days)
    typer.echo(
        f"{done.entries} entries of {done.bytes_before} bytes in {done.packs} packs of {done.bytes_after} bytes,"
        f" {done.dropped} entries dropped"
    )


def sweep(folder: Folder = HERE) -> None:
    """Let go of contents of attachments that no record has named for long; may run while the centre serves."""
    with _opened(folder) as centre:
        done = sweep_centre(centre.replica)
    typer.echo(f"{done.contents} contents of {done.bytes} bytes let go, {done.sealed} chunks sealed")


def add_user(
    login: Annotated[str, typer.Option()],
    name_ar: Annotated[str, typer.Option()],
    name_en: Annotated[str, typer.Option()],
    committee: str = "",
    folder: Folder = HERE,
) -> None:
    """Add a user and print the id."""
    with _opened(folder) as centre:
        typer.echo(str(people.add_user(centre, login, name_ar, name_en, committee)))


def grant(
    login: Annotated[str, typer.Option()],
    role: Annotated[str, typer.Option()],
    scope: Annotated[str, typer.Option()],
    first_day: OptionalDay = None,
    last_day: OptionalDay = None,
    folder: Folder = HERE,
) -> None:
    """Give a user a role in a scope, for ever or from one day to another."""
    with _opened(folder) as centre:
        first, last = (day.date() if day else None for day in (first_day, last_day))
        people.grant(centre, login, role, scope, first, last)
