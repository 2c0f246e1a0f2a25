"""Visits being recorded: every finished answer is kept at once, each in its own durable transaction.

Drafts are rows of this machine only; they travel when the visit is submitted. The id of a draft becomes the id of its
visit, so submitting twice cannot make two.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from tarahum_desktop.casework.attachments.pictures import draft_hashes, forget_pictures
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import DraftMissing, DraftRefused, RecordMissing
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.visit_start import first_answers
from tarahum_desktop.domain.forms.answers import LARGEST_ANSWERS, Answers, FieldPath
from tarahum_desktop.domain.forms.values import Row, Value, frozen, is_empty, thawed
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Draft, DraftField, Household, Person
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import canonical_json

VISIT_DRAFT: Final = "visit"
_DRAFT: Any = Draft.__table__
_FIELD: Any = DraftField.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_LONGEST_PATH: Final = 160
_WHOLE_ROW: Final = 2  # parts of a path that names a row of a group


@dataclass(frozen=True, slots=True)
class DraftVisit:
    """A visit as it was left; ``last_path`` is the answer kept last."""

    id: uuid.UUID
    household_id: uuid.UUID
    form_code: str
    form_version: int
    begun_at: dt.datetime
    changed_at: dt.datetime
    last_path: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in a list; ``answered`` counts the answers kept."""

    id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head_name: str
    begun_at: dt.datetime
    changed_at: dt.datetime
    last_path: str
    answered: int


def begin_visit(desk: Desk, household_id: uuid.UUID) -> uuid.UUID:
    """Begin a visit to a household with what is on record, or return the draft this person already has for it.

    Raises:
        RecordMissing: the household is not on this machine.
        NotAllowed: this person records no visits there.
    """
    with desk.replica.engine.begin() as connection:
        home = connection.execute(select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id)).one_or_none()
        if home is None:
            raise RecordMissing(entity="household")
        desk.require(Action.RECORD_VISIT, home.scope)
        begun: uuid.UUID | None = connection.scalar(
            select(_DRAFT.c.id).where(
                _DRAFT.c.subject_id == household_id,
                _DRAFT.c.user_id == desk.user.id,
                _DRAFT.c.kind == VISIT_DRAFT,
            )
        )
        if begun is not None:
            return begun
        document = desk.forms.latest(connection).document
        now, draft_id = desk.now(), new_id()
        values = {
            "id": draft_id, "kind": VISIT_DRAFT, "subject_id": household_id, "user_id": desk.user.id,
            "form_code": STUDY_FORM, "form_version": document.version, "begun_at": now, "changed_at": now,
        }  # fmt: skip
        connection.execute(insert(_DRAFT), values)
        put_answers(connection, draft_id, first_answers(desk, connection, home, document))
        _put(connection, draft_id, FieldPath("started_at"), now.isoformat(timespec="seconds"))
        return draft_id


def save_field(desk: Desk, draft_id: uuid.UUID, path: str, value: Value) -> None:
    """Keep one answer. It has survived a power cut once this returns.

    A path of two parts is a whole row: an empty mapping adds it, ``None`` removes it. ``None`` elsewhere empties
    the answer.

    Raises:
        DraftMissing: submitted, discarded or another person's.
        DraftRefused: not an answer, or larger than any answer may be.
    """
    save_fields(desk, draft_id, {path: value})


def save_fields(desk: Desk, draft_id: uuid.UUID, values: Mapping[str, Value]) -> None:
    """Keep several answers at once, such as those taken over from the last visit."""
    checked = [(FieldPath.parse(path), _checked(path, value)) for path, value in values.items()]
    if not checked:
        return
    with desk.replica.engine.begin() as connection:
        changed = connection.execute(
            update(_DRAFT)
            .where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
            .values(changed_at=desk.now(), last_path=str(checked[-1][0]))
        )
        if not changed.rowcount:
            raise DraftMissing
        for path, value in checked:
            if path.row_id and path.column:
                _add_row(connection, draft_id, path)
            _put(connection, draft_id, path, value)


def load_draft(desk: Desk, draft_id: uuid.UUID) -> DraftVisit:
    """Read a draft of this person; raises DraftMissing."""
    with desk.reading() as connection:
        return read_draft(connection, desk, draft_id)


def read_draft(connection: Connection, desk: Desk, draft_id: uuid.UUID) -> DraftVisit:
    """As ``load_draft``, within a transaction."""
    query = select(_DRAFT).where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise DraftMissing
    form = f"{row.form_code}-{row.form_version}"
    return DraftVisit(
        row.id, row.subject_id, row.form_code, row.form_version, row.begun_at, row.changed_at, row.last_path or "",
        _answers(connection, draft_id, form),
    )  # fmt: skip


def list_drafts(desk: Desk) -> list[DraftLine]:
    """This person's drafts, the one worked on last first."""
    answered = select(func.count()).where(_FIELD.c.draft_id == _DRAFT.c.id).scalar_subquery()
    query = (
        select(_DRAFT, _HOUSEHOLD.c.file_number, *NAME_COLUMNS, answered.label("answered"))
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _DRAFT.c.subject_id)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .where(_DRAFT.c.user_id == desk.user.id, _DRAFT.c.kind == VISIT_DRAFT)
        .order_by(_DRAFT.c.changed_at.desc())
    )
    with desk.reading() as connection:
        return [_line(row) for row in connection.execute(query)]


def discard_draft(desk: Desk, draft_id: uuid.UUID) -> None:
    """Throw a draft of this person away for good; the screen has asked once."""
    with desk.replica.engine.begin() as connection:
        own = select(_DRAFT.c.id).where(_DRAFT.c.id == draft_id, _DRAFT.c.user_id == desk.user.id)
        if connection.scalar(own) is None:
            raise DraftMissing
        pictures = draft_hashes(connection, draft_id)
        drop_draft(connection, draft_id)
        forget_pictures(connection, pictures)


def drop_draft(connection: Connection, draft_id: uuid.UUID) -> None:
    """Remove a draft and its answers in the caller's transaction."""
    connection.execute(delete(_FIELD).where(_FIELD.c.draft_id == draft_id))
    connection.execute(delete(_DRAFT).where(_DRAFT.c.id == draft_id))


def flatten(answers: Answers) -> dict[str, Value]:
    """Answers as ``save_fields`` takes them: one path for each answer and each row."""
    found: dict[str, Value] = {}
    for code, value in answers.values.items():
        rows = answers.rows(code)
        if not rows:
            found[code] = value
        for row in rows:
            found[f"{code}/{row.id}"] = {}
            found |= {f"{code}/{row.id}/{column}": item for column, item in row.values.items()}
    return found


def _line(row: Any) -> DraftLine:
    return DraftLine(
        row.id, row.subject_id, row.file_number or "", full_name(row), row.begun_at, row.changed_at,
        row.last_path or "", row.answered,
    )  # fmt: skip


def _checked(path: str, value: Value) -> object:
    if len(path) > _LONGEST_PATH:
        raise DraftRefused
    try:
        plain = thawed(frozen(value))
    except ValueError:
        raise DraftRefused from None
    if len(canonical_json(plain)) > LARGEST_ANSWERS:
        raise DraftRefused
    return plain


def _put(connection: Connection, draft_id: uuid.UUID, path: FieldPath, value: Any) -> None:
    if path.row_id and not path.column:
        _remove(connection, draft_id, path)
        if value is not None:
            _add_row(connection, draft_id, path)
        return
    if is_empty(value):
        _remove(connection, draft_id, path)
        return
    statement = sqlite.insert(_FIELD).values(draft_id=draft_id, path=str(path), value=value)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["draft_id", "path"], set_={"value": statement.excluded.value}
        )
    )


def put_answers(connection: Connection, draft_id: uuid.UUID, answers: Answers) -> None:
    """Fill a draft that is still empty, in the caller's transaction."""
    kept = {path: thawed(value) for path, value in flatten(answers).items()}
    for code in answers.values:
        kept |= {f"{code}/{row.id}": place for place, row in enumerate(answers.rows(code), start=1)}
    rows = [{"draft_id": draft_id, "path": path, "value": value} for path, value in kept.items()]
    if rows:
        connection.execute(insert(_FIELD), rows)


def _add_row(connection: Connection, draft_id: uuid.UUID, path: FieldPath) -> None:
    """Note the row with its place, unless it is there: rows keep the order they were added in."""
    prefix = f"{path.code}/"
    places = select(_FIELD.c.path, _FIELD.c.value).where(*_below(draft_id, prefix))
    taken = {
        row.path: row.value for row in connection.execute(places) if len(row.path.split("/")) == _WHOLE_ROW
    }
    row_path = f"{path.code}/{path.row_id}"
    if row_path not in taken:
        place = max(taken.values(), default=0) + 1
        connection.execute(insert(_FIELD), {"draft_id": draft_id, "path": row_path, "value": place})


def _remove(connection: Connection, draft_id: uuid.UUID, path: FieldPath) -> None:
    connection.execute(delete(_FIELD).where(_FIELD.c.draft_id == draft_id, _FIELD.c.path == str(path)))
    if path.row_id and not path.column:
        connection.execute(delete(_FIELD).where(*_below(draft_id, f"{path}/")))


def _below(draft_id: uuid.UUID, prefix: str) -> tuple[Any, ...]:
    return (_FIELD.c.draft_id == draft_id, _FIELD.c.path >= prefix, _FIELD.c.path < prefix[:-1] + "0")


def _answers(connection: Connection, draft_id: uuid.UUID, form: str) -> Answers:
    found = connection.execute(_fields_query(), {"draft": draft_id})
    stored = [(FieldPath.parse(path), value) for path, value in found]
    values = {path.code: frozen(value) for path, value in stored if not path.row_id}
    places = sorted(
        (value, path.code, path.row_id) for path, value in stored if path.row_id and not path.column
    )
    groups: dict[str, dict[str, dict[str, Value]]] = {}
    for _place, code, row_id in places:
        groups.setdefault(code, {})[row_id] = {}
    for path, value in stored:
        if path.column:
            groups.setdefault(path.code, {}).setdefault(path.row_id, {})[path.column] = frozen(value)
    for code, rows in groups.items():
        values[code] = tuple(Row(row_id, columns) for row_id, columns in rows.items())
    return Answers(form, values)


@functools.cache
def _fields_query() -> Any:
    return (
        select(_FIELD.c.path, _FIELD.c.value)
        .where(_FIELD.c.draft_id == bindparam("draft"))
        .order_by(_FIELD.c.path)
    )
