"""`demo build`: the invented year in a centre of its own, so that figures and screens have something to show."""

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from tarahum_desktop.cli.terminal import Terminal, plain_failures
from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.period import LAST_DAY
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.world import read_world

_DAY = "%Y-%m-%d"


def demo_build(
    context: typer.Context,
    centre: Annotated[
        Path,
        typer.Option(
            "--centre", help="The centre's folder, made when missing; its settings choose the database."
        ),
    ],
    seed: Annotated[int, typer.Option(help="Equal seeds give equal years.")] = 2023,
    scale: Annotated[str, typer.Option(help="From 0.001 to 10; 1 is the full year.")] = "1",
    ends: Annotated[
        dt.datetime | None,
        typer.Option(formats=[_DAY], help="The last day of the twelve months; default: the end of 2023."),
    ] = None,
) -> None:
    """Build the invented year, without anybody real in it, and count it."""
    # Only the demonstration knows the centre's program, and machines without it have every other command.
    from tarahum_desktop.demo.build import build_centre  # noqa: PLC0415 - as above

    terminal: Terminal = context.obj
    words, formats = terminal.words, terminal.formats
    with plain_failures(terminal):
        plan = Plan(
            read_world(resource("catalogue")), seed, _fraction(scale), ends.date() if ends else LAST_DAY
        )
        built = build_centre(
            centre, plan, lambda scope, rows: terminal.say(f"{scope}\t{formats.number(rows)}")
        )
    totals = built.totals
    terminal.say(
        words.t("The invented year is ready. Rows: {rows} · seconds: {seconds} · rows a second: {speed}").format(
            rows=formats.number(built.rows), seconds=formats.number(round(built.seconds)),
            speed=formats.number(round(built.rows / built.seconds)),
        )
    )  # fmt: skip
    terminal.say(
        words.t("Counted in the database: {services} services to {people} people.").format(
            services=formats.number(totals.services), people=formats.number(totals.people)
        )
    )
    for track, count in sorted(totals.tracks.items()):
        terminal.say(f"{track}\t{formats.number(count)}")


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise typer.BadParameter(text, param_hint="--scale") from None
