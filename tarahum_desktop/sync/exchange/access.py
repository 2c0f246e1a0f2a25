"""Whom the answering side knows: devices with their keys and scopes, and what their users may write."""

import functools
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from tarahum_desktop.models import Device, RoleGrant
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.errors import DeviceRevoked, UnknownDevice

_DEVICE: Any = Device.__table__
_GRANT: Any = RoleGrant.__table__


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """An enrolled device; ``scopes`` it may read and write, ``write_scopes`` it may only send to.

    Those of ``scopes`` that are ``leaving`` it may no longer read, but send what it still has for them.
    """

    number: int
    name: str
    signing_key: bytes
    scopes: frozenset[str]
    revoked: bool
    write_scopes: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()
    kind: str = ""
    committee: str = ""
    sealing_key: bytes = b""

    def may_send(self, scope: str) -> bool:
        """Whether it may write to a scope."""
        return scope in self.scopes or scope in self.write_scopes

    def may_read(self, scope: str) -> bool:
        """Whether it may be given the rows of a scope."""
        return scope in self.scopes and scope not in self.leaving

    def mode(self, scope: str) -> str:
        """What it may do with one of its scopes: ``full``, ``write`` or ``leave``."""
        if scope in self.leaving:
            return "leave"
        return "full" if scope in self.scopes else "write"


@functools.cache
def _device_query() -> Any:
    return select(_DEVICE).where(_DEVICE.c.number == bindparam("of_number"))


def find_device(connection: Connection, number: int) -> KnownDevice:
    """The device of a number; raises UnknownDevice."""
    row = connection.execute(_device_query(), {"of_number": number}).one_or_none()
    if row is None:
        raise UnknownDevice(device=number)
    return KnownDevice(
        number=number,
        name=row.name,
        signing_key=row.signing_key,
        scopes=_names(row.scopes),
        revoked=row.revoked_at is not None,
        write_scopes=_names(row.write_scopes),
        leaving=_names(row.leaving),
        kind=row.kind,
        committee=row.committee_code or "",
        sealing_key=row.sealing_key,
    )


def _names(kept: Any) -> frozenset[str]:
    return frozenset(kept if isinstance(kept, list) else json.loads(kept or "[]"))


def current_device(connection: Connection, number: int) -> KnownDevice:
    """The device of a number if it may exchange; raises UnknownDevice or DeviceRevoked."""
    device = find_device(connection, number)
    if device.revoked:
        raise DeviceRevoked(device=number)
    return device


def authors_of(batch: Batch) -> Iterator[tuple[bytes | None, str]]:
    """Each author with each kind of row they wrote, once."""
    seen: set[tuple[bytes | None, str]] = set()
    for group in batch.inserts:
        seen.update((author, group.entity) for author in set(group.authors))
    seen.update((change.author, change.entity) for change in batch.updates)
    yield from sorted(seen, key=lambda pair: (pair[0] or b"", pair[1]))


def grants_of(connection: Connection, user_id: bytes) -> list[Any]:
    """The role grants of a user that were not removed."""
    query = select(_GRANT).where(_GRANT.c.user_id == uuid.UUID(bytes=user_id), _GRANT.c.removed_at.is_(None))
    return list(connection.execute(query))
