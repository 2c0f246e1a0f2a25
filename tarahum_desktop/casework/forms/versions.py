"""The forms of this machine and their versions: since when, by whom, and how often each was filled here."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import FormMissing
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.domain.forms.model import Text
from tarahum_desktop.domain.forms.versions import VersionChange, version_changes
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.models import FormVersion, Questionnaire, User, Visit
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_milliseconds

_FORM: Any = FormVersion.__table__
_USER: Any = User.__table__
_FILLED: tuple[Any, ...] = (Visit.__table__, Questionnaire.__table__)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One version of one form.

    Attributes:
        published_at: None for a version that came with the program.
        filled: submitted visits or questionnaires of this version on this machine.
        newest: whether new visits begin with it.
        twice: two versions were published under this number; the one published first counts.
    """

    id: uuid.UUID
    code: str
    version: int
    title: Text
    questions: int
    published_at: dt.datetime | None
    by_ar: str
    by_en: str
    filled: int
    newest: bool
    twice: bool = False


@dataclass(frozen=True, slots=True)
class FormsDesk:
    """All versions, the newest of each form first, the social study before the rest."""

    lines: tuple[FormLine, ...]
    may_publish: bool


def list_forms(desk: Desk) -> FormsDesk:
    """Read all forms; everybody may look, who holds ``PUBLISH_FORM`` may add."""
    with desk.reading() as connection:
        filled = _filled(connection)
        rows = list(connection.execute(_query()))
    seen: dict[str, int] = {}
    counted: set[tuple[str, int]] = set()
    twice = _twice(rows)
    lines = []
    for row in rows:
        key = (row.code, row.version)
        if key in counted:
            continue
        counted.add(key)
        newest = seen.setdefault(row.code, row.version) == row.version
        lines.append(_line(row, filled.get(key, 0), newest=newest, twice=key in twice))
    return FormsDesk(tuple(lines), desk.may(Action.PUBLISH_FORM, NATIONAL))


def differences_to_before(desk: Desk, code: str, version: int) -> tuple[int, tuple[VersionChange, ...]]:
    """The number of the version before (0 for a first one) and what this one changed.

    Raises:
        FormMissing: no such version here.
    """
    with desk.reading() as connection:
        found = raw_document(connection, code, version)
        earlier = connection.scalar(
            select(func.max(_FORM.c.version)).where(
                _FORM.c.code == code, _FORM.c.version < version, _FORM.c.removed_at.is_(None)
            )
        )
        before = raw_document(connection, code, earlier) if earlier else None
    return (earlier or 0, version_changes(before, found) if before is not None else ())


def raw_document(connection: Connection, code: str, version: int) -> Mapping[str, Any]:
    """A version's JSON as it was published; of two under one number the first. Raises FormMissing."""
    query = (
        select(_FORM.c.document)
        .where(_FORM.c.code == code, _FORM.c.version == version, _FORM.c.removed_at.is_(None))
        .order_by(_FORM.c.id)
        .limit(1)
    )
    found: Mapping[str, Any] | None = connection.scalar(query)
    if found is None:
        raise FormMissing(form=code, version=version)
    return found


def _query() -> Any:
    return (
        select(_FORM, _USER.c.name_ar, _USER.c.name_en)
        .outerjoin(_USER, _USER.c.id == _FORM.c.author)
        .where(_FORM.c.removed_at.is_(None))
        .order_by(_FORM.c.code != STUDY_FORM, _FORM.c.code, _FORM.c.version.desc(), _FORM.c.id)
    )


def _filled(connection: Connection) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for table in _FILLED:
        query = (
            select(table.c.form_code, table.c.form_version, func.count())
            .where(table.c.removed_at.is_(None))
            .group_by(table.c.form_code, table.c.form_version)
        )
        for code, version, count in connection.execute(query):
            found[code, version] = found.get((code, version), 0) + count
    return found


def _twice(rows: list[Any]) -> set[tuple[str, int]]:
    keys = [(row.code, row.version) for row in rows]
    return {key for key in keys if keys.count(key) > 1}


def _line(row: Any, filled: int, *, newest: bool, twice: bool) -> FormLine:
    document = row.document
    title = Text(document["title"]["ar"], document["title"]["en"])
    questions = sum(
        1 + len(one.get("row_fields", ())) for section in document["sections"] for one in section["fields"]
    )
    published = from_milliseconds(stamp_milliseconds(row.stamp)) if row.author is not None else None
    return FormLine(
        row.id, row.code, row.version, title, questions, published, row.name_ar or "", row.name_en or "", filled,
        newest, twice,
    )  # fmt: skip
