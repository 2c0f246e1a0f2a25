"""The partner agreements: what each covers, until when, and what was done under it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.partners.errors import SharingRefused, TermBackwards
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.sharing import SHAREABLE, Refusal, Terms
from tarahum_desktop.models import Agreement, Committee, Delivery, Referral, Service

EXPIRING_DAYS: Final = 60
_AGREEMENT: Any = Agreement.__table__
_COMMITTEE: Any = Committee.__table__
_DELIVERY: Any = Delivery.__table__
_REFERRAL: Any = Referral.__table__
_SERVICE: Any = Service.__table__


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement on a day; ``days_left`` is negative once it ended, None without an end.

    ``services`` are ``(code, name_ar, name_en)``; counts are of what this machine holds.
    """

    id: uuid.UUID
    number: str
    field_code: str
    partner_ar: str
    partner_en: str
    purpose_ar: str
    purpose_en: str
    committee_code: str | None
    committee_ar: str
    committee_en: str
    first_day: dt.date | None
    last_day: dt.date | None
    in_force: bool
    days_left: int | None
    fields: tuple[str, ...]
    services: tuple[tuple[str, str, str], ...]
    referrals: int
    deliveries: int

    @property
    def expiring(self) -> bool:
        """Whether it ends within two months."""
        return self.in_force and self.days_left is not None and self.days_left <= EXPIRING_DAYS


def list_agreements(desk: Desk) -> tuple[AgreementLine, ...]:
    """All agreements by number; whoever works with cases may know them."""
    with desk.reading() as connection:
        names = {
            row.code: (row.code, row.name_ar, row.name_en)
            for row in connection.execute(select(_SERVICE.c.code, _SERVICE.c.name_ar, _SERVICE.c.name_en))
        }
        referrals = _counts(connection, _REFERRAL)
        deliveries = _counts(connection, _DELIVERY)
        committees = {
            row.code: (row.name_ar, row.name_en)
            for row in connection.execute(
                select(_COMMITTEE.c.code, _COMMITTEE.c.name_ar, _COMMITTEE.c.name_en)
            )
        }
        rows = connection.execute(
            select(_AGREEMENT).where(_AGREEMENT.c.removed_at.is_(None)).order_by(_AGREEMENT.c.number)
        ).all()
    today = desk.today()
    return tuple(_line(row, today, names, committees, referrals, deliveries) for row in rows)


def _counts(connection: Connection, table: Any) -> dict[uuid.UUID, int]:
    query = (
        select(table.c.agreement_id, func.count())
        .where(table.c.agreement_id.is_not(None), table.c.removed_at.is_(None))
        .group_by(table.c.agreement_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _line(
    row: Any,
    today: dt.date,
    names: dict[str, tuple[str, str, str]],
    committees: dict[str, tuple[str, str]],
    referrals: dict[uuid.UUID, int],
    deliveries: dict[uuid.UUID, int],
) -> AgreementLine:
    return AgreementLine(
        row.id, row.number, row.field_code, row.partner_ar, row.partner_en, row.purpose_ar or "",
        row.purpose_en or "", row.committee_code, *committees.get(row.committee_code, ("", "")), row.first_day, row.last_day, terms_of(row).holds_on(today),
        (row.last_day - today).days if row.last_day else None,
        tuple(code for code in SHAREABLE if code in row.shared_fields),
        tuple(names.get(code, (code, code, code)) for code in row.services or ()),
        referrals.get(row.id, 0), deliveries.get(row.id, 0),
    )  # fmt: skip


def terms_of(row: Any) -> Terms:
    """An agreement's row as the rule of sharing sees it; a consent may name the partner in either language."""
    return Terms(
        frozenset(name.strip() for name in (row.partner_ar, row.partner_en) if name.strip()),
        frozenset(row.shared_fields), None if row.services is None else frozenset(row.services),
        row.first_day, row.last_day, row.committee_code,
    )  # fmt: skip


def change_agreement(
    desk: Desk,
    agreement_id: uuid.UUID,
    *,
    first_day: dt.date | None,
    last_day: dt.date | None,
    fields: Sequence[str],
) -> ChangeSummary:
    """Set an agreement's term and what may be shared under it.

    Raises:
        NotAllowed, RecordMissing.
        TermBackwards: the end lies before the beginning.
        SharingRefused: a field nobody may share.
    """
    with UnitOfWork(desk) as work:
        row = work.session.get(Agreement, agreement_id)
        if row is None:
            raise RecordMissing(entity="agreement")
        desk.require(Action.MANAGE_AGREEMENTS, row.scope)
        if last_day is not None and first_day is not None and last_day < first_day:
            raise TermBackwards
        strange = tuple(Refusal("field_not_shareable", code) for code in fields if code not in SHAREABLE)
        if strange:
            raise SharingRefused(strange)
        row.first_day, row.last_day = first_day, last_day
        row.shared_fields = [code for code in SHAREABLE if code in fields]
    return work.summary
