"""The frames of a pouch, read from the database while they are written: head, scopes, receipts, files, tail."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from tarahum_desktop.models import BatchLog
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.codec.page import seal_page
from tarahum_desktop.sync.pouch.files import file_parts
from tarahum_desktop.sync.pouch.frames import Kind, Part
from tarahum_desktop.sync.pouch.layout import Layout, ScopeLayout
from tarahum_desktop.sync.pouch.manifest import Head, ScopeCount, Tail, sign_head, sign_tail
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.snapshot import next_page

ROWS_A_PAGE: Final = 2_000
_LOG: Any = BatchLog.__table__


@dataclass(slots=True)
class Counts:
    """What went into a pouch so far."""

    scopes: dict[str, ScopeCount] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    receipts: int = 0
    parts: int = 0
    bytes: int = 0

    @property
    def changes(self) -> int:
        """Changes in batches."""
        return sum(count.changes for count in self.scopes.values())

    @property
    def rows(self) -> int:
        """Rows in snapshot pages."""
        return sum(count.rows for count in self.scopes.values())

    def told(self) -> dict[str, Any]:
        """As a row keeps them."""
        scopes = {scope: [count.changes, count.rows] for scope, count in self.scopes.items()}
        return {
            "scopes": scopes,
            "files": self.files,
            "file_bytes": self.file_bytes,
            "receipts": self.receipts,
        }

    def add(self, part: Part) -> None:
        """Count a part."""
        self.parts += 1
        self.bytes += len(part.content)
        count = self.scopes.get(part.scope, ScopeCount())
        if part.kind == Kind.BATCH:
            self.scopes[part.scope] = ScopeCount(count.changes + part.rows, count.rows)
        elif part.kind == Kind.PAGE:
            self.scopes[part.scope] = ScopeCount(count.changes, count.rows + part.rows)
        elif part.kind == Kind.FILE:
            self.files += part.at == 0
            self.file_bytes += len(part.content)
        elif part.kind == Kind.RECEIPT:
            self.receipts += 1


def frames_of(
    connection: Connection, replica: Replica, head: Head, layout: Layout, counts: Counts
) -> Iterator[bytes]:
    """Every frame of a pouch in order; ``counts`` grows while they are made."""
    signer: Signer = replica.signer
    digest = hashlib.sha256()
    first = Part(Kind.HEAD, sign_head(head, signer)).frame()
    digest.update(first)
    yield first
    for part in _parts(connection, replica, layout):
        counts.add(part)
        frame = part.frame()
        digest.update(frame)
        yield frame
    tail = Tail(
        digest.digest(), counts.parts, counts.scopes, counts.files, counts.file_bytes, counts.receipts
    )
    yield Part(Kind.TAIL, sign_tail(tail, signer)).frame()


def _parts(connection: Connection, replica: Replica, layout: Layout) -> Iterator[Part]:
    for receipt in layout.receipts:
        yield Part(Kind.RECEIPT, msgspec.msgpack.encode(receipt), receipt.scope)
    if layout.words:
        yield Part(Kind.FILE_WORDS, msgspec.msgpack.encode(layout.words))
    for scope in layout.scopes:
        yield from _pages(connection, replica, scope.scope) if scope.pages else _batches(connection, scope)
    for one in layout.files:
        yield from file_parts(connection, one, replica.at_rest)


def _batches(connection: Connection, scope: ScopeLayout) -> Iterator[Part]:
    for entry in scope.batches:
        query = select(_LOG.c.payload).where(_LOG.c.scope == scope.scope, _LOG.c.position == entry.position)
        yield Part(Kind.BATCH, connection.scalars(query).one(), scope.scope, rows=entry.rows)


def _pages(connection: Connection, replica: Replica, scope: str) -> Iterator[Part]:
    cursor = b""
    while True:
        page, cursor = next_page(connection, scope, cursor, ROWS_A_PAGE)
        if page is not None:
            yield Part(Kind.PAGE, seal_page(page, replica.signer), scope, rows=len(page.group.row_ids))
        if not cursor:
            return
