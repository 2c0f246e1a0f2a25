"""Funds and payments: what a fund received, what was sent to finance, and what came back."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Code,
    Day,
    Halalas,
    Key,
    KeyDay,
    OptionalBytes,
    OptionalDay,
    OptionalLink,
    OptionalReference,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class FundEntry(Replicated):
    """Money into or out of a fund other than by a delivery; halalas, negative for a correction downwards."""

    __tablename__ = "fund_entry"
    committee_code: Mapped[Code]
    fund: Mapped[Words]
    kind: Mapped[Words]
    entered_on: Mapped[KeyDay]
    amount_halalas: Mapped[Halalas]
    reference: Mapped[OptionalWords]
    note: Mapped[OptionalWords]


class PaymentSheet(Replicated):
    """One list of payments sent to finance; ``file_hash`` is the SHA-256 of the workbook as it left.

    ``justification`` says why the sheet was made in spite of a warning, such as a balance that does not suffice.
    """

    __tablename__ = "payment_sheet"
    committee_code: Mapped[Code]
    number: Mapped[Key]
    fund: Mapped[Words]
    made_on: Mapped[KeyDay]
    made_by: Mapped[OptionalLink]
    state: Mapped[Words]
    total_halalas: Mapped[Halalas]
    file_hash: Mapped[OptionalBytes]
    closed_on: Mapped[OptionalDay]
    justification: Mapped[OptionalWords]


class Payment(Replicated):
    """One payee on a sheet and how it went; a confirmed payment names the delivery it became."""

    __tablename__ = "payment"
    sheet_id: Mapped[Reference]
    plan_item_id: Mapped[Reference]
    person_id: Mapped[Reference]
    household_id: Mapped[OptionalReference]
    position: Mapped[Whole]
    amount_halalas: Mapped[Halalas]
    iban: Mapped[OptionalWords]
    payee_name: Mapped[Words]
    payee_kind: Mapped[Words]
    proxy_document: Mapped[OptionalWords]
    state: Mapped[Words]
    paid_on: Mapped[OptionalDay]
    bank_reference: Mapped[OptionalWords]
    failure: Mapped[OptionalWords]
    delivery_id: Mapped[OptionalLink]
    settled_by: Mapped[OptionalLink]


class Entitlement(Replicated):
    """A claim on what may be granted once, in the national scope so that two offices can see they both granted it.

    ``claim`` is a digest of person (or household) and service: no identity leaves the committee in clear.
    """

    __tablename__ = "entitlement"
    claim: Mapped[Key]
    committee_code: Mapped[Code]
    service_code: Mapped[Code]
    plan_item_id: Mapped[Reference]
    first_day: Mapped[Day]
    last_day: Mapped[OptionalDay]
    state: Mapped[Words]
    settled_by: Mapped[OptionalLink]
    settled_reason: Mapped[OptionalWords]
