"""The imports that were made, newest first."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import exists, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import ImportMade, ImportRun, Scope, User

_RUN: Any = ImportRun.__table__
_MADE: Any = ImportMade.__table__
_USER: Any = User.__table__
_SCOPE: Any = Scope.__table__
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import; ``here`` when it was made on this machine and can be undone here."""

    id: uuid.UUID
    title: str
    made_at: dt.datetime
    made_by_ar: str
    made_by_en: str
    rows: int
    accepted: int
    refused: int
    undone_at: dt.datetime | None
    here: bool


def import_scopes(desk: Desk) -> tuple[str, ...]:
    """Where this person may import."""
    with desk.reading() as connection:
        return desk.scopes_for(Action.IMPORT_REGISTER, connection)


def scope_names(desk: Desk, language: str) -> list[tuple[str, str]]:
    """The scopes where this person may import with their names, the own committee first."""
    shown = _SCOPE.c.name_en if language == "en" else _SCOPE.c.name_ar
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.IMPORT_REGISTER, connection)
        query = select(_SCOPE.c.code, shown).where(_SCOPE.c.code.in_(scopes), _SCOPE.c.removed_at.is_(None))
        names = {row[0]: row[1] for row in connection.execute(query)}
    ordered = sorted(scopes, key=lambda code: (code != desk.user.committee_code, code))
    return [(code, names.get(code) or code) for code in ordered]


def import_lines(desk: Desk) -> list[ImportLine]:
    """Imports of the scopes where this person may import."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.IMPORT_REGISTER, connection)
        here = exists().where(_MADE.c.run_id == _RUN.c.id).label("here")
        query = (
            select(
                _RUN.c.id, _RUN.c.title, _RUN.c.made_at, _USER.c.name_ar, _USER.c.name_en, _RUN.c.rows,
                _RUN.c.accepted, _RUN.c.refused, _RUN.c.undone_at, here,
            )
            .outerjoin(_USER, _USER.c.id == _RUN.c.made_by)
            .where(_RUN.c.scope.in_(scopes), _RUN.c.removed_at.is_(None))
            .order_by(_RUN.c.made_at.desc(), _RUN.c.id.desc())
            .limit(_MOST)
        )  # fmt: skip
        return [
            ImportLine(
                row.id, row.title, row.made_at, row.name_ar or "", row.name_en or "", row.rows, row.accepted,
                row.refused, row.undone_at, bool(row.here),
            )
            for row in connection.execute(query)
        ]  # fmt: skip
