"""The values that met in a field, and whether there is anything in them for a person to decide."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.conflicts.about import about_rows
from tarahum_desktop.casework.conflicts.followers import FOLLOWERS
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Device, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_device, stamp_milliseconds

_USER: Any = User.__table__
_DEVICE: Any = Device.__table__

FOLLOWING: Final = frozenset(
    {
        ("person", "birth_first"),
        ("person", "birth_last"),
        ("custody_episode", "entry_day"),
        ("custody_episode", "expected_release_day"),
        ("custody_episode", "release_day"),
        ("delivery", "confirmed_at"),
        ("delivery", "confirmed_by"),
        ("plan_item", "decided_by"),
        ("plan_item", "decided_on"),
    }
)
"""Fields that follow from another field or say only who pressed the button: the later value may be taken in one go."""
SPELT: Final = MappingProxyType(
    {
        "person": frozenset({"first_name", "father_name", "grandfather_name", "family_name"}),
        "payment": frozenset({"payee_name"}),
        "plan_item": frozenset({"decision_reason"}),
        "minute_decision": frozenset({"reason"}),
    }
)
"""Fields of free words, where another spelling of the same word says nothing else."""


@dataclass(frozen=True, slots=True)
class Written:
    """One of the values that met: the value as the row would hold it, who wrote it when, and on which machine.

    ``author`` is None, names and ``machine`` are empty, when they are not known here.
    """

    value: Any
    stamp: bytes
    author: uuid.UUID | None
    by_ar: str
    by_en: str
    at: dt.datetime
    machine: str = ""
    device: int = 0


def same_value(field: str, values: Iterable[Any]) -> bool:
    """Whether all say the same, so that nobody has anything to decide: equal, all empty, or all removed."""
    every = [_plain(value) for value in values]
    if field == "removed_at" and all(value is not None for value in every):
        return True
    return all(value == every[0] for value in every)


def harmless(entity: str, field: str, values: Sequence[Any]) -> bool:
    """Whether the latest may be taken with others in one go: nothing depends on it, or all say it in other words.

    Other words are another spelling of a name, and the same day in the other calendar.
    """
    if (entity, field) in FOLLOWING:
        return True
    if (entity, field) in FOLLOWERS:
        days = {date_range(value) if isinstance(value, str) else None for value in values}
        return len(days) == 1 and None not in days
    if field not in SPELT.get(entity, ()) or not all(isinstance(value, str) for value in values):
        return False
    return len({fold(value) for value in values}) == 1


def _plain(value: Any) -> Any:
    return (clean(value) or None) if isinstance(value, str) else value


def written_values(
    connection: Connection, values: Sequence[tuple[Any, bytes, bytes | None]]
) -> list[Written]:
    """``(value, stamp, author)`` with what people know authors and machines by."""
    names = user_names(connection, {uuid.UUID(bytes=author) for _, _, author in values if author})
    machines = _machines(connection, {stamp_device(stamp) for _, stamp, _ in values})
    made = []
    for value, stamp, author in values:
        who, device = uuid.UUID(bytes=author) if author else None, stamp_device(stamp)
        arabic, english = names.get(who, ("", "")) if who else ("", "")
        at = from_milliseconds(stamp_milliseconds(stamp))
        made.append(Written(value, stamp, who, arabic, english, at, machines.get(device, ""), device))
    return made


def named_people(connection: Connection, values: Iterable[Any]) -> dict[uuid.UUID, str]:
    """Names of the staff and the persons that values name by their id."""
    ids = [value for value in values if isinstance(value, uuid.UUID)]
    if not ids:
        return {}
    staff = {one: names[0] for one, names in user_names(connection, ids).items()}
    found = about_rows(connection, {("person", one) for one in ids})
    return staff | {one: about.name for (_, one), about in found.items() if about.name}


def user_names(connection: Connection, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Arabic and English names of staff known on this machine."""
    query = select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(list(ids)))
    return {row.id: (row.name_ar, row.name_en) for row in connection.execute(query)}


def _machines(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    query = select(_DEVICE.c.number, _DEVICE.c.name).where(_DEVICE.c.number.in_(list(numbers)))
    return {row.number: row.name for row in connection.execute(query)}
