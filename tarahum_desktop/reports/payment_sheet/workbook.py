"""Writes the payment sheet: right to left, account and identity numbers as text, the total a plain number.

No cell is merged and none is a formula, so that what comes back can be read by the guarded reader. The same sheet gives
the same bytes: its SHA-256 is kept, to know later which file it was.
"""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from tarahum_desktop.domain.money import SAR
from tarahum_desktop.reports.payment_sheet.columns import COLUMNS, FAILED_WORD, PAID_WORD, Field

_TITLE: Final = "كشف صرف مستحقات"
_TOTAL: Final = "الإجمالي"
_HEAD_ROW: Final = 6
_FILLED: Final = frozenset({Field.OUTCOME, Field.REFERENCE, Field.PAID_ON, Field.REASON})


@dataclass(frozen=True, slots=True)
class PayLine:
    """One payment; ``amount_halalas`` is whole halalas."""

    position: int
    beneficiary: str
    id_number: str
    file_number: str
    service: str
    payee: str
    proxy_document: str
    iban: str
    amount_halalas: int


@dataclass(frozen=True, slots=True)
class PayPage:
    """One sheet to finance, with names as they are to be printed."""

    number: str
    committee: str
    fund: str
    made_on: dt.date
    lines: tuple[PayLine, ...]

    @property
    def total_halalas(self) -> int:
        """The sum of all lines."""
        return sum(line.amount_halalas for line in self.lines)


def payment_workbook(page: PayPage) -> bytes:
    """The XLSX of a sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": page.number, "created": dt.datetime.combine(page.made_on, dt.time(), dt.UTC)}
    )
    formats = _Formats(book)
    sheet = book.add_worksheet(_TITLE)
    sheet.right_to_left()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    _write_heading(sheet, formats, page)
    for at, line in enumerate(page.lines, start=_HEAD_ROW + 1):
        _write_line(sheet, formats, page.number, at, line)
    end = _HEAD_ROW + 1 + len(page.lines)
    amount = next(at for at, column in enumerate(COLUMNS) if column.field is Field.AMOUNT)
    sheet.write_string(end, amount - 1, _TOTAL, formats.head)
    sheet.write_number(end, amount, riyals(page.total_halalas), formats.total)
    _offer_outcomes(sheet, end)
    book.close()
    return made.getvalue()


def riyals(halalas: int) -> float:
    """Riyals for a number cell; exact to the halala up to the largest amount there is."""
    return float(Decimal(halalas) / SAR)


class _Formats:
    def __init__(self, book: Any) -> None:
        box = {
            "border": 1,
            "border_color": "#B5BBC4",
            "valign": "vcenter",
            "font_name": "Arial",
            "font_size": 11,
        }
        self.title = book.add_format({"bold": True, "font_size": 16, "font_name": "Arial"})
        self.note = book.add_format({"font_name": "Arial", "font_size": 11})
        self.head = book.add_format({**box, "bold": True, "bg_color": "#E7F3ED", "text_wrap": True})
        self.text = book.add_format({**box, "num_format": "@"})
        self.code = book.add_format({**box, "num_format": "@", "reading_order": 1, "align": "right"})
        self.money = book.add_format({**box, "num_format": "#,##0.00"})
        self.total = book.add_format({**box, "num_format": "#,##0.00", "bold": True, "bg_color": "#E7F3ED"})
        self.open = book.add_format({**box, "num_format": "@", "bg_color": "#FFF8E5"})


def _write_heading(sheet: Any, formats: _Formats, page: PayPage) -> None:
    sheet.write_string(0, 0, _TITLE, formats.title)
    facts = (
        f"رقم الكشف: {page.number}",
        f"اللجنة: {page.committee}   ·   مصدر التمويل: {page.fund}   ·   التاريخ: {page.made_on.isoformat()}",
        f"عدد المستفيدين: {len(page.lines)}",
        f"يعبأ من الإدارة المالية: حالة الصرف ({PAID_WORD} أو {FAILED_WORD})، والرقم المرجعي، والتاريخ، وسبب التعذر.",
    )
    for at, fact in enumerate(facts, start=1):
        sheet.write_string(at, 0, fact, formats.note)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(_HEAD_ROW, at, column.heading, formats.head)


def _write_line(sheet: Any, formats: _Formats, number: str, row: int, line: PayLine) -> None:
    texts = {
        Field.SHEET: (number, formats.code), Field.BENEFICIARY: (line.beneficiary, formats.text),
        Field.ID_NUMBER: (line.id_number, formats.code), Field.FILE_NUMBER: (line.file_number, formats.code),
        Field.SERVICE: (line.service, formats.text), Field.PAYEE: (line.payee, formats.text),
        Field.PROXY: (line.proxy_document, formats.code), Field.IBAN: (line.iban, formats.code),
    }  # fmt: skip
    for at, column in enumerate(COLUMNS):
        if column.field in texts:
            text, style = texts[column.field]
            sheet.write_string(row, at, text, style)
        elif column.field is Field.POSITION:
            sheet.write_number(row, at, line.position, formats.text)
        elif column.field is Field.AMOUNT:
            sheet.write_number(row, at, riyals(line.amount_halalas), formats.money)
        elif column.field in _FILLED:
            sheet.write_blank(row, at, None, formats.open)


def _offer_outcomes(sheet: Any, end: int) -> None:
    at = next(at for at, column in enumerate(COLUMNS) if column.field is Field.OUTCOME)
    if end > _HEAD_ROW + 1:
        sheet.data_validation(
            _HEAD_ROW + 1, at, end - 1, at,
            {"validate": "list", "source": [PAID_WORD, FAILED_WORD], "error_type": "information"},
        )  # fmt: skip
