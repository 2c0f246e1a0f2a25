"""Fields that follow from another one: whoever decides on a birth decides on its days, and on nothing twice."""

from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.casework.person_facts import birth_values
from tarahum_desktop.casework.register import first_day, last_day
from tarahum_desktop.domain.identifiers import check_person_id

FOLLOWERS: Final = MappingProxyType(
    {
        ("person", "birth"): ("birth_first", "birth_last"),
        ("person", "id_number"): ("id_warning",),
        ("custody_episode", "entry"): ("entry_day",),
        ("custody_episode", "expected_release"): ("expected_release_day",),
        ("custody_episode", "release"): ("release_day",),
    }
)


def followers_of(row: Any, field: str, value: Any) -> dict[str, Any]:
    """What the following fields of a row become when one of its fields gets a value."""
    entity = row.__tablename__
    if (entity, field) == ("person", "birth"):
        return {"birth_first": None, "birth_last": None} | (birth_values(value) if value else {})
    if (entity, field) == ("person", "id_number"):
        numbered = value and row.id_kind in {"national_id", "iqama"}
        return {"id_warning": check_person_id(value).warning if numbered else None}
    if entity == "custody_episode" and (entity, field) in FOLLOWERS:
        day = first_day(value) if field == "entry" else last_day(value)
        return {FOLLOWERS[entity, field][0]: day}
    return {}
