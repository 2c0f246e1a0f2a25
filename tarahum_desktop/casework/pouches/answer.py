"""Answers the machines whose pouches were read: one return pouch each, with what they lack and what was confirmed."""

from pathlib import Path

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.parties import party
from tarahum_desktop.casework.pouches.read import PouchSummary
from tarahum_desktop.casework.pouches.write import PouchWritten, Progress, answer_newcomers, write_pouch


def answer_pouches(
    desk: Desk, folder: Path, read: tuple[PouchSummary, ...], progress: Progress
) -> tuple[PouchWritten, ...]:
    """Write a return pouch to each machine that a pouch was read from, and to newcomers that were admitted.

    Only an office has something to answer; elsewhere nothing is written. Raises as ``write_pouch``.
    """
    with desk.reading() as connection:
        if not party(connection, desk).is_office:
            return ()
    makers = sorted({one.maker for one in read if one.maker and one.state in {"read", "repeated", "carried"}})
    able = [maker for maker in makers if not any(one.code for one in read if one.maker == maker)]
    written = tuple(write_pouch(desk, folder, progress, maker) for maker in able)
    return (*written, *answer_newcomers(desk, folder, progress))
