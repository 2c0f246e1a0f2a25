"""Which approved money can be paid now, to whom, and what stands against it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving import waiting
from tarahum_desktop.casework.giving.waiting import WaitingFilter, WaitingLine, head_name_of
from tarahum_desktop.casework.person_names import full_name
from tarahum_desktop.domain.identifiers import check_iban
from tarahum_desktop.domain.payee import Payee, PayeeKind, blocks, payee_issues, shared_accounts
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Membership, Payment, Person

MOST: Final = 500
SHARED: Final = "iban_shared"
FAILED: Final = "failed"
_PAYMENT: Any = Payment.__table__
_PERSON: Any = Person.__table__
_MEMBER: Any = Membership.__table__
_AT_ONCE: Final = 400


@dataclass(frozen=True, slots=True)
class ProxyPayee:
    """Who receives in the beneficiary's place: name and account as on the document (وكالة), and its number."""

    name: str
    iban: str
    document: str


@dataclass(frozen=True, slots=True)
class PayableLine:
    """One payment that may be listed.

    Attributes:
        line: the approved service and the part that is due.
        issues: codes against it; some stop it, others need a justification.
        failed_before: what finance said when it last could not be paid; empty if it never failed.
    """

    line: WaitingLine
    scope: str
    id_number: str
    payee: Payee
    issues: tuple[str, ...]
    failed_before: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing stops it."""
        return not any(blocks(issue) for issue in self.issues)

    @property
    def warned(self) -> bool:
        """Whether a justification is needed."""
        return any(not blocks(issue) for issue in self.issues)


@dataclass(frozen=True, slots=True)
class PayableFilter:
    """The money of one fund in one committee, perhaps of one service."""

    committee_code: str
    fund: str
    service_code: str = ""
    proxies: Mapping[uuid.UUID, ProxyPayee] = field(default_factory=dict)


def payable(desk: Desk, only: PayableFilter, limit: int = MOST) -> list[PayableLine]:
    """Approved money of a fund that is on no sheet yet, with its payees checked; raises NotAllowed."""
    desk.require(Action.MAKE_PAYMENTS, only.committee_code)
    with desk.reading() as connection:
        return read_payable(desk, connection, only, limit)


def read_payable(
    desk: Desk, connection: Connection, only: PayableFilter, limit: int = MOST
) -> list[PayableLine]:
    """The same on a connection that is open already."""
    scopes = [
        scope
        for scope in desk.scopes_for(Action.MAKE_PAYMENTS, connection)
        if committee_of(scope) == only.committee_code
    ]
    wanted = WaitingFilter(only.service_code, money=True, fund=only.fund, unlisted=True)
    rows = waiting.open_items(connection, scopes, wanted, (desk.today(), limit))
    states = _states(connection, [row.id for row in rows])
    lines = {line.item_id: line for line in waiting.lines_of(connection, rows, desk.today())}
    made = [
        PayableLine(
            lines[row.id], row.scope, row.id_number or "", payee := _payee(row, only.proxies.get(row.id)),
            payee_issues(payee), states.get(row.id, {}).get(FAILED, ""),
        )
        for row in rows
        if row.id in lines and lines[row.id].due_amount > 0
    ]  # fmt: skip
    return _with_shared(connection, made)[:limit]


def _with_shared(connection: Connection, lines: list[PayableLine]) -> list[PayableLine]:
    payees = [one.payee for one in lines]
    shared = shared_accounts(payees, _known_accounts(connection, {payee.iban for payee in payees}))
    return [replace(one, issues=(*one.issues, SHARED)) if one.payee.key in shared else one for one in lines]


def _payee(row: Any, proxy: ProxyPayee | None) -> Payee:
    """The beneficiary's own account, else the head's for whoever lives there, else the proxy's where there is one."""
    name = full_name(row)
    if proxy is not None:
        return Payee(
            row.id, row.household_id, clean(proxy.name), name, check_iban(proxy.iban).value, PayeeKind.PROXY,
            clean(proxy.document),
        )  # fmt: skip
    if not row.iban and row.head_iban and row.head_person_id != row.person_id:
        head = head_name_of(row)
        return Payee(row.id, row.household_id, head, head, row.head_iban, PayeeKind.HEAD)
    return Payee(row.id, row.household_id, name, name, row.iban or "")


def _states(connection: Connection, item_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """For each item the states its payments had, with the last failure."""
    found: dict[uuid.UUID, dict[str, str]] = {}
    for at in range(0, len(item_ids), _AT_ONCE):
        query = (
            select(_PAYMENT.c.plan_item_id, _PAYMENT.c.state, _PAYMENT.c.failure)
            .where(_PAYMENT.c.plan_item_id.in_(item_ids[at : at + _AT_ONCE]), _PAYMENT.c.removed_at.is_(None))
            .order_by(_PAYMENT.c.id)
        )
        for row in connection.execute(query):
            found.setdefault(row.plan_item_id, {})[row.state] = row.failure or ""
    return found


def _known_accounts(connection: Connection, ibans: Iterable[str]) -> dict[str, set[object]]:
    """The households of everybody on record with these accounts; who is in none counts as a household of one."""
    known: dict[str, set[object]] = {}
    listed = sorted(iban for iban in ibans if iban)
    for at in range(0, len(listed), _AT_ONCE):
        query = (
            select(_PERSON.c.id, _PERSON.c.iban, _MEMBER.c.household_id)
            .outerjoin(
                _MEMBER,
                (_MEMBER.c.person_id == _PERSON.c.id)
                & _MEMBER.c.removed_at.is_(None)
                & _MEMBER.c.last_day.is_(None),
            )
            .where(
                _PERSON.c.iban.in_(listed[at : at + _AT_ONCE]), _PERSON.c.removed_at.is_(None),
                _PERSON.c.merged_into.is_(None),
            )
        )  # fmt: skip
        for row in connection.execute(query):
            known.setdefault(row.iban, set()).add(row.household_id or row.id)
    return known
