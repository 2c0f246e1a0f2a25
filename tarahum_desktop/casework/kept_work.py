"""What each user of a shared machine has left on it: counted for everybody to see, readable only by its owner."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import Draft, DraftField, Outbox, ScopeState, User

_DRAFT: Any = Draft.__table__
_FIELD: Any = DraftField.__table__
_OUTBOX: Any = Outbox.__table__
_STATE: Any = ScopeState.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class KeptWork:
    """One user's drafts with something in them, and changes no receipt covers yet."""

    user_id: uuid.UUID
    login: str
    name_ar: str
    name_en: str
    drafts: int
    unsent: int


def kept_work(desk: Desk) -> tuple[KeptWork, ...]:
    """Everybody's kept work, the person at the desk first; needs no permission, for nothing of its content is told."""
    begun = (
        select(_DRAFT.c.user_id, func.count())
        .where(exists().where(_FIELD.c.draft_id == _DRAFT.c.id), _DRAFT.c.user_id.is_not(None))
        .group_by(_DRAFT.c.user_id)
    )
    waiting = (
        select(_OUTBOX.c.author, func.count())
        .join(_STATE, _STATE.c.scope == _OUTBOX.c.scope)
        .where(_OUTBOX.c.sequence > _STATE.c.acknowledged, _OUTBOX.c.author.is_not(None))
        .group_by(_OUTBOX.c.author)
    )
    with desk.reading() as connection:
        drafts = {row[0]: row[1] for row in connection.execute(begun)}
        unsent = {row[0]: row[1] for row in connection.execute(waiting)}
        people = drafts.keys() | unsent.keys()
        known = {row.id: row for row in connection.execute(select(_USER).where(_USER.c.id.in_(people)))}
    found = [
        KeptWork(
            user, known[user].login if user in known else "", known[user].name_ar if user in known else "",
            known[user].name_en if user in known else "", drafts.get(user, 0), unsent.get(user, 0),
        )
        for user in people
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.user_id != desk.user.id, one.login, one.user_id)))
