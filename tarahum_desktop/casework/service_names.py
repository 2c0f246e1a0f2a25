"""Services by code in the reader's language."""

from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import Service

_SERVICE: Any = Service.__table__


def service_names(desk: Desk, language: str) -> dict[str, str]:
    """Service code → name, of every service ever listed: old records name old services."""
    shown = _SERVICE.c.name_en if language == "en" else _SERVICE.c.name_ar
    with desk.reading() as connection:
        return {
            row.code: row.shown for row in connection.execute(select(_SERVICE.c.code, shown.label("shown")))
        }
