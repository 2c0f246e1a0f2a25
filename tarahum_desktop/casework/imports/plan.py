"""An import that was begun: what is left to be saved, kept in this replica, so that a kill in between doubles nothing.

The plan names the id of each person beforehand, and how far it got is raised in the transaction that saves.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.casework.imports.checked import Checked, CheckedHome
from tarahum_desktop.casework.imports.homes_on_record import kept_file_number
from tarahum_desktop.domain.permissions import committee_of
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.settings import read_setting, write_setting

_PLAN: Final = "import/plan"
_REACHED: Final = "import/reached"


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person to be put into a household; ``is_new`` False joins the record ``person_id``."""

    person_id: uuid.UUID
    is_new: bool
    relation: str
    resident: bool
    entered: dict[str, Any]
    stay: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PlannedHome:
    """A household to be registered, or one on record (``household_id``) that persons join. ``rows`` of the sheet.

    ``scope`` is that of the household: whoever joins it travels with it.
    """

    scope: str
    rows: int
    people: tuple[PlannedPerson, ...]
    file_number: str = ""
    home: dict[str, Any] = field(default_factory=dict)
    household_id: uuid.UUID | None = None
    opened_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to be saved by one import."""

    run_id: uuid.UUID
    scope: str
    title: str
    file_hash: bytes
    matching: dict[str, Any]
    rows: int
    homes: tuple[PlannedHome, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a plan got."""

    homes: int = 0
    rows: int = 0


def plan_of(checked: Checked) -> Plan:
    """The plan of what a check found good."""
    file = checked.file
    by_number: dict[str, uuid.UUID] = {}
    scope = checked.choices.scope
    homes = tuple(_home(home, scope, by_number) for home in checked.homes if home.to_save)
    return Plan(
        new_id(),
        scope,
        file.title,
        file.sha256,
        checked.matching.to_document(),
        len(checked.rows),
        homes,
    )


def _home(home: CheckedHome, scope: str, by_number: dict[str, uuid.UUID]) -> PlannedHome:
    household = home.household
    people = tuple(_people(home, by_number))
    rows = sum(1 for one in home.to_save if one.member.main)
    opened = next((row.opened_on for row in household.rows if row.opened_on), None)
    if home.known is not None:
        return PlannedHome(home.known.scope, rows, people, household_id=home.known.id)
    return PlannedHome(
        scope,
        rows,
        people,
        kept_file_number(committee_of(scope), household.file_key),
        household.home,
        None,
        opened,
    )


def _people(home: CheckedHome, by_number: dict[str, uuid.UUID]) -> Iterator[PlannedPerson]:
    """The head first. A number that comes again, such as a prisoner of two households, is one person."""
    ordered = sorted(home.to_save, key=lambda one: one.member is not home.household.head)
    for one in ordered:
        person, number = one.member.person, one.member.id_number
        known = one.person_id or (by_number.get(number) if number else None)
        person_id = known or new_id()
        if number:
            by_number.setdefault(number, person_id)
        yield PlannedPerson(
            person_id, known is None, person.relation, person.resident, dict(person.entered),
            None if person.stay is None or (known is not None and one.person_id is None) else dict(person.stay),
        )  # fmt: skip


def keep_plan(connection: Connection, plan: Plan) -> None:
    """Keep a plan that is being begun."""
    write_setting(connection, _PLAN, msgspec.msgpack.encode(plan))
    write_setting(connection, _REACHED, [0, 0])


def kept_plan(connection: Connection) -> Plan | None:
    """The plan that was begun and not ended, None for none."""
    packed = read_setting(connection, _PLAN)
    return None if packed is None else msgspec.msgpack.decode(packed, type=Plan)


def reached(connection: Connection) -> Reached:
    """How far the kept plan got."""
    homes, rows = read_setting(connection, _REACHED, lock=True) or (0, 0)
    return Reached(homes, rows)


def note_reached(connection: Connection, at: Reached) -> None:
    """Raise it, in the transaction that saves."""
    write_setting(connection, _REACHED, [at.homes, at.rows])


def forget_plan(connection: Connection) -> None:
    """The import ended."""
    write_setting(connection, _PLAN, None)
    write_setting(connection, _REACHED, None)
