"""`demo build`: the invented year in a database of its own, so that figures and screens have something to show."""

import time
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from tarahum_desktop.cli.terminal import Terminal, plain_failures, wall_ms
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.engine import open_postgres, open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.synthetic.load import load_national, load_year
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.world import read_world

_DEVICE = 1


class TargetTaken(TarahumError):
    """There is a file already where the invented year was to be written."""

    code = "target_taken"


def demo_build(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            help="A new database file, or postgresql://… of an empty database (no password in it)."
        ),
    ],
    seed: Annotated[int, typer.Option(help="Equal seeds give equal years.")] = 2023,
    scale: Annotated[str, typer.Option(help="From 0.001 to 10; 1 is the full year.")] = "1",
) -> None:
    """Build the invented year, without anybody real in it."""
    terminal: Terminal = context.obj
    begun = time.monotonic()
    with plain_failures(terminal):
        try:
            fraction = Fraction(scale)
        except (ValueError, ZeroDivisionError):
            raise typer.BadParameter(scale, param_hint="--scale") from None
        engine = _open(target)
        try:
            rows = _load(terminal, engine, seed, fraction)
        finally:
            engine.dispose()
    terminal.say(
        terminal.words.t("The invented year is ready: {rows} rows in {time}.").format(
            rows=terminal.formats.number(rows), time=terminal.formats.duration(time.monotonic() - begun)
        )
    )


def _open(target: str) -> Engine:
    if target.startswith("postgresql://"):
        return open_postgres(target)
    path = Path(target)
    if path.exists():
        raise TargetTaken
    path.parent.mkdir(parents=True, exist_ok=True)
    return open_sqlite(path)


def _load(terminal: Terminal, engine: Engine, seed: int, scale: Fraction) -> int:
    upgrade(engine)
    replica = Replica(engine, _DEVICE, SigningKey.generate(), wall_ms).load()
    folder = resource("catalogue")
    plan = Plan(read_world(folder), seed, scale)
    with BulkWriter(replica) as writer:
        load_national(folder, writer.write)
        load_year(
            plan, writer.write,
            progress=lambda scope, rows: terminal.say(f"{scope}\t{terminal.formats.number(rows)}"),
        )  # fmt: skip
        return writer.written
