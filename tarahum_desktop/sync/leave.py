"""Lets a scope go when the centre says so: only after everything written here has arrived, and then without a trace.

Nothing is let go on the strength of a missing answer, nor while a form somebody began for one of its families lies
unfinished here. The scope's own numbering stays, so that a device which is given the scope again goes on counting
where it stopped and none of its new changes is taken for an old one.
"""

from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, or_, select, update

from tarahum_desktop.models import (
    AppliedVector,
    Attachment,
    BatchLog,
    CentreReceipt,
    Conflict,
    Draft,
    FieldHistory,
    Finding,
    HeldBatch,
    ImportMade,
    PeerPosition,
    ScopeState,
)
from tarahum_desktop.models.engine import rewrite_file
from tarahum_desktop.sync.blobs.store import drop_blob
from tarahum_desktop.sync.blobs.wanted import unsent_files
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_fit import reindex
from tarahum_desktop.sync.scope_book import EMPTY_DIGEST, read_scopes
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.shapes import shape_of, shapes
from tarahum_desktop.sync.snapshot import tables_here

FULL: Final = "full"
LEAVE: Final = "leave"
LEFT: Final = "left"
_TRACES_KEY: Final = "traces_of_a_scope"
_STATE: Any = ScopeState.__table__
_DRAFT: Any = Draft.__table__
_ATTACHMENT: Any = Attachment.__table__
_BY_SCOPE: Final[tuple[Any, ...]] = (
    Conflict.__table__,
    Finding.__table__,
    HeldBatch.__table__,
    BatchLog.__table__,
    AppliedVector.__table__,
    PeerPosition.__table__,
    CentreReceipt.__table__,
)
_BY_ROW: Final[tuple[Any, ...]] = (FieldHistory.__table__, ImportMade.__table__)
_SUBJECTS: Final = ("household", "person", "case_file")
_IDS_A_STEP: Final = 1_000


def scopes_to_leave(connection: Connection, replica: Replica) -> list[str]:
    """What this device's own entry among the devices says it is to let go; for carriers that bring no offers."""
    try:
        own = find_device(connection, replica.device)
    except SyncError:
        return []
    held = read_scopes(connection)
    return sorted(scope for scope in own.leaving if scope in held and held[scope].mode != LEFT)


def keep_modes(connection: Connection, modes: dict[str, str]) -> None:
    """Remember what the centre says this device may do with each scope; a scope that was left begins anew."""
    for scope, mode in modes.items():
        changed = update(_STATE).where(_STATE.c.scope == scope, _STATE.c.mode != mode)
        connection.execute(
            changed.values(mode=mode)
            if mode != LEAVE
            else changed.where(_STATE.c.mode != LEFT).values(mode=mode)
        )


def waits_for(connection: Connection, scope: str) -> int:
    """How many changes, contents of attachments and begun forms still keep a scope here."""
    book = read_scopes(connection).get(scope)
    unsent = 0 if book is None else book.next_sequence - 1 - book.acknowledged
    ids = [
        select(shapes()[name].table.c.id).where(shapes()[name].table.c.scope == scope) for name in _SUBJECTS
    ]
    begun = (
        select(func.count()).select_from(_DRAFT).where(or_(*(_DRAFT.c.subject_id.in_(some) for some in ids)))
    )
    return unsent + unsent_files(connection, scope) + int(connection.scalar(begun) or 0)


def leave_scope(replica: Replica, scope: str) -> bool:
    """Let a scope go with everything that is kept about it; False while something still waits to be sent or finished.

    The file keeps traces of what was deleted until ``forget_traces`` has rewritten it; that is remembered here, so a
    power cut in between forgets nothing of it.
    """
    with replica.engine.begin() as connection:
        if waits_for(connection, scope):
            return False
        files = _files_of(connection, scope)
        for entity in tables_here(connection, scope):
            _let_rows_go(connection, replica, scope, entity)
        for table in _BY_SCOPE:
            connection.execute(delete(table).where(table.c.scope == scope))
        for sha256 in files - _files_of(connection):
            drop_blob(connection, sha256)
        connection.execute(
            update(_STATE)
            .where(_STATE.c.scope == scope)
            .values(
                mode=LEFT, complete=False, digest=EMPTY_DIGEST, row_count=0, remote_position=0, horizon=_STATE.c.head,
                snapshot_cursor=None, proven_at=None, disputed_at=None,
            )
        )  # fmt: skip
        write_setting(connection, _TRACES_KEY, True)
    return True


def _let_rows_go(connection: Connection, replica: Replica, scope: str, entity: str) -> None:
    table = shape_of(entity).table
    mine = table.c.scope == scope
    if entity not in shapes():
        mine &= table.c.entity == entity
    ids = [found.bytes for found in connection.execute(select(table.c.id).where(mine)).scalars()]
    for kept in _BY_ROW:
        connection.execute(delete(kept).where(kept.c.row_id.in_(select(table.c.id).where(mine))))
    connection.execute(delete(table).where(mine))
    for at in range(0, len(ids), _IDS_A_STEP):
        reindex(connection, replica, entity, ids[at : at + _IDS_A_STEP])


def _files_of(connection: Connection, scope: str | None = None) -> set[bytes]:
    found: set[bytes] = set()
    for column in (_ATTACHMENT.c.sha256, _ATTACHMENT.c.thumb_sha256):
        query = select(column).where(column.is_not(None))
        found.update(
            connection.scalars(query if scope is None else query.where(_ATTACHMENT.c.scope == scope))
        )
    return found


def ask_to_forget_traces(connection: Connection) -> None:
    """Rows were deleted that must not stay readable in unused pages of the file."""
    write_setting(connection, _TRACES_KEY, True)


def forget_traces(engine: Engine) -> bool:
    """Rewrite the file where rows were let go; False when somebody else has it open and it must be tried again."""
    with engine.execution_options(read_only=True).connect() as connection:
        if not read_setting(connection, _TRACES_KEY):
            return True
    if not rewrite_file(engine):
        return False
    with engine.begin() as connection:
        write_setting(connection, _TRACES_KEY, None)
    return True
