"""Where the places of an office lie, roughly: enough to find a village again without a receiver."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import Place

_PLACE: Any = Place.__table__


def known_positions(desk: Desk) -> Mapping[str, tuple[int, int]]:
    """Latitude and longitude in millionths of a degree, by place code; places without them are left out."""
    query = select(_PLACE.c.code, _PLACE.c.latitude_e6, _PLACE.c.longitude_e6).where(
        _PLACE.c.latitude_e6.is_not(None), _PLACE.c.longitude_e6.is_not(None), _PLACE.c.removed_at.is_(None)
    )
    with desk.reading() as connection:
        return {row.code: (row.latitude_e6, row.longitude_e6) for row in connection.execute(query)}
