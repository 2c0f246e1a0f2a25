"""What only a person can decide."""

from tarahum_desktop.bootstrap.looker import Looker
from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.conflicts.lists import decision_lists
from tarahum_desktop.casework.conflicts.restore import put_back_lost
from tarahum_desktop.casework.conflicts.settle import settle_conflict, settle_harmless, take_back_decision
from tarahum_desktop.casework.conflicts.told import mark_seen, settled_conflicts
from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.queue import (
    open_pairs,
    put_off,
    read_pair,
    rule_different,
    take_back_ruling,
)
from tarahum_desktop.casework.duplicates.undo import undo_merge
from tarahum_desktop.casework.exceptions.double import grant_sides, keep_grant
from tarahum_desktop.casework.exceptions.queue import correct_exception, open_exceptions, settle_exception
from tarahum_desktop.casework.service_names import service_names
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import ReviewBoard, ReviewPorts
from tarahum_desktop.ui.review.spec import spec
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit, looker: Looker) -> list[ScreenSpec]:
    """The review desk."""
    ports = ReviewPorts(
        board=lambda: _board(place, kit.words.language),
        pair=lambda first, second: read_pair(place.desk, first, second),
        settle=lambda conflict, value, reason: settle_conflict(place.desk, conflict, value, reason),
        settle_harmless=lambda some: settle_harmless(place.desk, some),
        take_back_decision=lambda rulings: take_back_decision(place.desk, rulings),
        mark_seen=lambda rulings: mark_seen(place.desk, rulings),
        put_back=lambda ruling: put_back_lost(place.desk, ruling),
        merge=lambda kept, gone, choices, reason: merge_people(place.desk, kept, gone, choices, reason),
        undo_merge=lambda merge: undo_merge(place.desk, merge),
        different=lambda first, second: rule_different(place.desk, first, second),
        take_back=lambda first, second: take_back_ruling(place.desk, first, second),
        later=lambda subject: put_off(place.desk, subject),
        settle_exception=lambda line, reason: settle_exception(place.desk, line, reason),
        keep=lambda line, side, reason: keep_grant(place.desk, line, side, reason),
        correct=lambda line: correct_exception(place.desk, line),
        look=lambda: looker.look(whole=True),
        looking=lambda: (looker.doing, looker.rows),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )
    return [spec(ports)]


def _board(place: Workplace, language: str) -> ReviewBoard:
    desk = place.desk
    exceptions = tuple(open_exceptions(desk))
    return ReviewBoard(
        tuple(open_conflicts(desk)),
        tuple(open_pairs(desk)),
        exceptions,
        decision_lists(desk, language),
        service_names(desk, language),
        grant_sides(desk, exceptions),
        tuple(settled_conflicts(desk)),
    )
