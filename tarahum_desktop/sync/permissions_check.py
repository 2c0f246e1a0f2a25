"""The gate before a shared log, the centre's or an office's: each author must hold a role that allows what a batch does.

The same table of permissions is asked on entry; here it is asked again, because a desktop can be tampered with. The
days on which the changes were made count, not the day they arrive, so that work of a past posting is not refused.
Which cases are assigned to whom is checked on entry alone.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.domain.permissions import NATIONAL, Action, Grant, Role, may
from tarahum_desktop.models import Entitlement, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.clock import stamp_milliseconds
from tarahum_desktop.sync.errors import BadBatch, DeviceRevoked
from tarahum_desktop.sync.exchange.access import find_device, grants_of
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.scope_book import read_vector
from tarahum_desktop.sync.shapes import shapes

_USER: Any = User.__table__
_ENTITLEMENT: Any = Entitlement.__table__
_CLAIMS: Final = "entitlement"
_CENTRE: Final = "centre"
_RIYADH: Final = dt.timedelta(hours=3)
_LATEST_MS: Final = 250_000_000_000_000  # a stamp can name a year no calendar has
_REGISTER: Final = frozenset({Action.REGISTER_PERSON, Action.REGISTER_HOUSEHOLD, Action.REGISTER_CASE})
_VISIT: Final = frozenset({Action.SUBMIT_VISIT, Action.AMEND_VISIT})
_APPROVE: Final = frozenset({Action.APPROVE_L1, Action.APPROVE_L2, Action.APPROVE_L3, Action.APPROVE_L4})
_GIVE: Final = frozenset({Action.RECORD_DELIVERY, Action.MAKE_PAYMENTS})
_SETTLE: Final = frozenset({Action.RESOLVE_CONFLICT})
_MERGE: Final = frozenset({Action.MERGE_PEOPLE})
_SCOPE: Final = frozenset({Action.MANAGE_SCOPE})
_CATALOGUE: Final = frozenset({Action.MANAGE_CATALOGUE})

ALLOWING: Final[Mapping[str, frozenset[Action]]] = MappingProxyType(
    {
        "person": _REGISTER | {Action.HANDLE_RIGHTS, Action.RECORD_CUSTODY},
        "household": _REGISTER | {Action.HANDLE_RIGHTS},
        "membership": _REGISTER,
        "consent": _REGISTER | _VISIT | {Action.HANDLE_RIGHTS},
        "custody_episode": frozenset({Action.RECORD_CUSTODY}),
        "case_file": _REGISTER | {Action.MOVE_CASE},
        "case_move": frozenset({Action.MOVE_CASE}),
        "visit": _VISIT,
        "matrix_rating": _VISIT,
        "plan_item": _APPROVE | {Action.PROPOSE_PLAN, Action.RECORD_DELIVERY},
        "delivery": _GIVE,
        "follow_up": _VISIT | {Action.RECORD_DELIVERY, Action.MOVE_CASE},
        "custody_move": frozenset({Action.RECORD_CUSTODY}),
        "amendment": frozenset({Action.AMEND_VISIT, Action.DECIDE_AMENDMENT}),
        "questionnaire": _VISIT,
        "attachment": _VISIT | _GIVE | {Action.KEEP_MINUTE},
        "release_check": frozenset({Action.RECORD_CUSTODY, Action.MOVE_CASE}),
        "alert": _VISIT | {Action.RESTRICT_CASE, Action.RECORD_CUSTODY},
        "assignment": frozenset({Action.ASSIGN_CASE}),
        "minute": frozenset({Action.KEEP_MINUTE}) | _APPROVE,
        "minute_decision": frozenset({Action.KEEP_MINUTE}) | _APPROVE,
        "fund_entry": frozenset({Action.KEEP_FUNDS}),
        "payment_sheet": frozenset({Action.MAKE_PAYMENTS}),
        "payment": frozenset({Action.MAKE_PAYMENTS}),
        "entitlement": _GIVE | _APPROVE | {Action.PROPOSE_PLAN, Action.RESOLVE_CONFLICT},
        "course": frozenset({Action.RUN_COURSE}),
        "course_member": frozenset({Action.RUN_COURSE}),
        "course_session": frozenset({Action.RUN_COURSE}),
        "attendance": frozenset({Action.RUN_COURSE}),
        "inmate_request": frozenset({Action.ANSWER_REQUEST}),
        "ruling": frozenset({Action.RESOLVE_CONFLICT, Action.MERGE_PEOPLE}),
        "person_merge": frozenset({Action.MERGE_PEOPLE}),
        # Whoever raises an alert may have the case restricted; each kind is decided where it is carried out.
        "relocation": _VISIT
        | {Action.TRANSFER_CASE, Action.RESTRICT_CASE, Action.ASSIGN_CASE, Action.RECORD_CUSTODY},
        "addendum": frozenset({Action.RESOLVE_CONFLICT, Action.TRANSFER_CASE, Action.ASSIGN_CASE}),
        "referral": frozenset({Action.REFER_PERSON}),
        "import_run": frozenset({Action.IMPORT_REGISTER}),
        "agreement": frozenset({Action.MANAGE_AGREEMENTS}),
        "user_account": frozenset({Action.MANAGE_USERS}),
        "role_grant": frozenset({Action.MANAGE_USERS}),
        "device": frozenset({Action.MANAGE_DEVICES}),
        "device_order": frozenset({Action.MANAGE_DEVICES}),
        "region": _SCOPE,
        "committee": _SCOPE,
        "team": _SCOPE,
        "place": _SCOPE,
        "facility": _SCOPE,
        "scope": _SCOPE,
        "track": _CATALOGUE,
        "programme": _CATALOGUE,
        "approval_level": _CATALOGUE,
        "service": _CATALOGUE,
        "service_rules": _CATALOGUE,
        "form_version": _CATALOGUE | {Action.PUBLISH_FORM},
        "reference_item": _CATALOGUE,
    }
)
"""Any one of these actions allows writing rows of the table."""

_ANYTHING: Final = frozenset().union(*ALLOWING.values())

CENTRE_ONLY: Final = frozenset({"arrival", "departure"})
"""Rows that only the centre itself writes, when it moves a household between scopes."""

_MERGED: Final = frozenset(
    {
        "person",
        "household",
        "membership",
        "custody_episode",
        "case_file",
        "plan_item",
        "delivery",
        "payment",
        "consent",
    }
    | {"follow_up", "inmate_request", "course_member"}
)
"""Tables whose rows may be pointed at another person, by an update, by who may merge two records of one person."""

_CASEWORK: Final = frozenset(
    {"person", "household", "membership", "consent", "custody_episode", "case_file", "plan_item", "delivery"}
    | {"follow_up"}
)
"""Tables whose conflicts may be settled, by an update, by who may resolve conflicts."""

Written = tuple[bytes | None, str, bool, str]
"""Author, table, whether the rows are new, and the scope for which the author must answer."""


def centre_gate() -> Gate:
    """Who may put what into the centre's log. The signature is checked first, so nobody is held in another's name."""
    return Gate(
        lambda connection, number: find_device(connection, number).signing_key, check_batch, keeps_late=True
    )


def check_batch(connection: Connection, batch: Batch) -> None:
    """Refuse a batch of a revoked device, of a scope its device has not, or with an author who may not.

    Raises:
        DeviceRevoked: kept in quarantine.
        BadBatch: ``scope_denied``, or ``author_not_allowed``, which is kept in quarantine.
    """
    head = batch.header
    device = find_device(connection, head.device)
    if device.revoked:
        raise DeviceRevoked(device=head.device)
    if device.kind == _CENTRE:
        return  # its own word, which its replicas bring back to a centre that was set back to a backup
    if not device.may_send(head.scope):
        raise BadBatch("scope_denied", device=head.device)
    known: dict[bytes, list[Grant]] = {}
    # What is here already was decided about before, perhaps by an administrator who released it.
    here = read_vector(connection, head.scope).get(head.device, 0)
    for (author, entity, is_insert, scope), (first, last) in _written(connection, batch, here).items():
        if author is None:
            raise BadBatch("author_not_allowed", device=head.device)
        if author not in known:
            known[author] = _grants(connection, author)
        for day in {_day(first), _day(last)}:
            actions = _allowing(entity, is_insert=is_insert)
            if not any(may(known[author], action, scope, day, own=True) for action in actions):
                raise BadBatch("author_not_allowed", device=head.device, entity=entity)


def edit_allowing(entity: str) -> frozenset[Action]:
    """Any one of these lets somebody edit rows of a table; nobody may for a table not known."""
    return _allowing(entity, is_insert=False) if entity in ALLOWING else frozenset()


def _allowing(entity: str, *, is_insert: bool) -> frozenset[Action]:
    if entity not in shapes():
        # A table of a newer program: its rows lie aside unread until this one is as new, and whoever may write
        # anything in the scope may leave them there. Keeping them out would hold up all that follows.
        return _ANYTHING
    settles = not is_insert and entity in _CASEWORK
    merges = not is_insert and entity in _MERGED
    return (
        ALLOWING.get(entity, frozenset())
        | (_SETTLE if settles else frozenset())
        | (_MERGE if merges else frozenset())
    )


def _written(connection: Connection, batch: Batch, after: int) -> dict[Written, tuple[bytes, bytes]]:
    """First and last stamp of what each author wrote of each table, beyond a sequence."""
    found: dict[Written, tuple[bytes, bytes]] = {}
    for key, stamp in _each(connection, batch, after):
        first, last = found.get(key, (stamp, stamp))
        found[key] = (min(first, stamp), max(last, stamp))
    return found


def _each(connection: Connection, batch: Batch, after: int) -> Iterator[tuple[Written, bytes]]:
    scope = batch.header.scope
    claims = _claim_scopes(connection, batch) if scope == NATIONAL else {}
    for group in batch.inserts:
        rows = zip(group.sequences, group.authors, group.stamps, group.row_ids, strict=True)
        for sequence, author, stamp, row_id in rows:
            if sequence > after:
                where = claims.get(row_id, scope) if group.entity == _CLAIMS else scope
                yield (author, group.entity, True, where), stamp
    for change in batch.updates:
        if change.sequence > after:
            where = claims.get(change.row_id, scope) if change.entity == _CLAIMS else scope
            yield (change.author, change.entity, False, where), change.stamp


def _claim_scopes(connection: Connection, batch: Batch) -> dict[bytes, str]:
    """For each entitlement of a batch the committee that holds it, for which its author must answer.

    The ledger lies in the national scope, where every office reads it; who writes a committee's claim needs a role in
    that committee. An edit is held to the committee the row was made with, never to what the edit says; a claim of
    nobody known stays with the national scope, where no office may write.
    """
    ids = {change.row_id for change in batch.updates if change.entity == _CLAIMS}
    query = select(_ENTITLEMENT.c.id, _ENTITLEMENT.c.committee_code).where(
        _ENTITLEMENT.c.id.in_([UUID(bytes=row_id) for row_id in sorted(ids)])
    )
    found = {row.id.bytes: row.committee_code for row in connection.execute(query)} if ids else {}
    for group in batch.inserts:
        if group.entity == _CLAIMS and "committee_code" in group.names:
            told = group.columns[group.names.index("committee_code")]
            pairs = zip(group.row_ids, told, strict=True)
            found |= {row_id: str(code) for row_id, code in pairs if row_id not in found}
    return found


def _grants(connection: Connection, author: bytes) -> list[Grant]:
    query = select(_USER.c.active).where(_USER.c.id == UUID(bytes=author), _USER.c.removed_at.is_(None))
    if not connection.execute(query).scalar_one_or_none():
        return []
    roles = {role.value for role in Role}
    return [
        Grant(Role(row.role), row.scope_code, row.first_day or dt.date.min, row.last_day)
        for row in grants_of(connection, author)
        if row.role in roles
    ]


def author_grants(connection: Connection, author: bytes | None, stamp: bytes) -> tuple[list[Grant], dt.date]:
    """What the author of a stamp holds, and the day that counts for it."""
    return ([] if author is None else _grants(connection, author)), _day(stamp)


def _day(stamp: bytes) -> dt.date:
    return (from_milliseconds(min(stamp_milliseconds(stamp), _LATEST_MS)) + _RIYADH).date()
