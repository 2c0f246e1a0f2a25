"""Reads the workbook that finance sends back: which row says what, and what in it cannot be read."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tarahum_desktop.domain.date_reading import parse_partial_date
from tarahum_desktop.domain.dates import DateError
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.identifiers import check_iban
from tarahum_desktop.domain.money import AmountError, parse_amount
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.reports.payment_sheet.columns import COLUMNS, NEEDED_BACK, Field
from tarahum_desktop.reports.sheets.limits import STANDARD, SheetLimits
from tarahum_desktop.reports.sheets.read import SheetRow, read_sheet

_HEADING_WITHIN: Final = 25
_LONGEST_TEXT: Final = 200
_PAID: Final = (
    "صرف", "تم الصرف", "تم", "مدفوع", "تم التحويل", "منفذ", "نفذ", "تم التنفيذ", "paid", "done", "success", "ok",
)  # fmt: skip
_FAILED: Final = (
    "تعذر", "تعذر الصرف", "لم يصرف", "مرفوض", "مرتجع", "فشل", "معاد", "failed", "rejected", "returned", "error",
)  # fmt: skip


class Outcome(StrEnum):
    """What finance says of a payment; ``WAITING`` when nothing was filled in yet."""

    PAID = "paid"
    FAILED = "failed"
    WAITING = "waiting"


class ConfirmationsRefused(TarahumError):
    """The file has no row of headings with sheet, number, account, amount and outcome."""

    code = "confirmations_not_recognised"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as it came back.

    Attributes:
        row: its number in the file, from 1.
        amount_halalas: none where it could not be read.
        problem: the code of what is wrong in the row itself; empty when it can be used.
    """

    row: int
    sheet: str
    position: int
    iban: str
    amount_halalas: int | None
    outcome: Outcome
    reference: str
    paid_on: dt.date | None
    reason: str
    problem: str = ""


def read_returned(
    source: Path | bytes, today: dt.date, limits: SheetLimits = STANDARD
) -> tuple[ReturnedRow, ...]:
    """Rows below the headings, the total and blank rows left out.

    Raises:
        SheetRefused: the file itself.
        ConfirmationsRefused: it is no payment sheet.
    """
    sheet = read_sheet(source, limits)
    for at, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
        places = _headings(row.cells)
        if all(field in places for field in NEEDED_BACK):
            rows = sheet.rows[at + 1 :]
            return tuple(_returned(one, places, today) for one in rows if _is_line(one, places))
    raise ConfirmationsRefused


def _headings(cells: Sequence[str]) -> dict[Field, int]:
    known = {_folded(word): column.field for column in COLUMNS for word in (column.heading, *column.aliases)}
    places: dict[Field, int] = {}
    for at, cell in enumerate(cells):
        field = known.get(_folded(cell))
        if field is not None:
            places.setdefault(field, at)
    return places


def _folded(text: str) -> str:
    return "#" if text.strip() == "#" else fold(text)


def _is_line(row: SheetRow, places: Mapping[Field, int]) -> bool:
    """Whether the row is about a payment: the total has neither sheet nor position nor account."""
    told = row.cells[places[Field.SHEET]] or row.cells[places[Field.POSITION]]
    return bool(told) or check_iban(row.cells[places[Field.IBAN]]).warning is None


def _returned(row: SheetRow, places: Mapping[Field, int], today: dt.date) -> ReturnedRow:
    text = {field: row.cells[at] for field, at in places.items()}
    problems: list[str] = []
    if row.formulas & {places[field] for field in NEEDED_BACK}:
        problems.append("confirmation_formula")
    outcome = _outcome(text[Field.OUTCOME], problems)
    position = _whole(text[Field.POSITION], problems)
    amount = _amount(text[Field.AMOUNT], problems)
    paid_on = _day(text.get(Field.PAID_ON, ""), today, problems) if outcome is not Outcome.WAITING else None
    reference = text.get(Field.REFERENCE, "")[:_LONGEST_TEXT]
    reason = text.get(Field.REASON, "")[:_LONGEST_TEXT]
    if outcome is Outcome.PAID:
        problems += [] if reference else ["confirmation_reference_missing"]
        problems += [] if paid_on or problems else ["confirmation_day_missing"]
    if outcome is Outcome.FAILED and not reason:
        problems.append("confirmation_reason_missing")
    return ReturnedRow(
        row.number, ascii_digits(text[Field.SHEET]).upper()[:_LONGEST_TEXT], position,
        check_iban(text[Field.IBAN]).value, amount, outcome, reference, paid_on, reason,
        problems[0] if problems else "",
    )  # fmt: skip


def _outcome(text: str, problems: list[str]) -> Outcome:
    folded = fold(text)
    if not folded:
        return Outcome.WAITING
    if folded in {fold(word) for word in _PAID}:
        return Outcome.PAID
    if folded in {fold(word) for word in _FAILED}:
        return Outcome.FAILED
    problems.append("confirmation_outcome_unknown")
    return Outcome.WAITING


def _whole(text: str, problems: list[str]) -> int:
    digits = ascii_digits(text).strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 7:
        return int(digits)
    problems.append("confirmation_position_unknown")
    return 0


def _amount(text: str, problems: list[str]) -> int | None:
    try:
        return parse_amount(text)
    except AmountError as error:
        problems.append(error.code)
        return None


def _day(text: str, today: dt.date, problems: list[str]) -> dt.date | None:
    if not text:
        return None
    try:
        read = parse_partial_date(text, today).range()
    except DateError as error:
        problems.append(error.code)
        return None
    if read.first != read.last:
        problems.append("confirmation_day_missing")
        return None
    if read.first > today:
        problems.append("date_in_future")
        return None
    return read.first
