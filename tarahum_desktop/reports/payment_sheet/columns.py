"""The columns of a payment sheet: a form between two offices, so its headings stay Arabic in any language of the program."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What a column holds."""

    SHEET = "sheet"
    POSITION = "position"
    BENEFICIARY = "beneficiary"
    ID_NUMBER = "id_number"
    FILE_NUMBER = "file_number"
    SERVICE = "service"
    PAYEE = "payee"
    PROXY = "proxy"
    IBAN = "iban"
    AMOUNT = "amount"
    OUTCOME = "outcome"
    REFERENCE = "reference"
    PAID_ON = "paid_on"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its heading, other headings it is known by when the file comes back, and its width in letters."""

    field: Field
    heading: str
    aliases: tuple[str, ...] = ()
    width: int = 16


COLUMNS: Final = (
    SheetColumn(Field.SHEET, "رقم الكشف", ("sheet number", "sheet", "رقم كشف الصرف"), 22),
    SheetColumn(Field.POSITION, "م", ("#", "no", "position", "الرقم", "تسلسل", "التسلسل"), 6),
    SheetColumn(Field.BENEFICIARY, "المستفيد", ("beneficiary",), 30),
    SheetColumn(Field.ID_NUMBER, "رقم الهوية", ("id number",), 14),
    SheetColumn(Field.FILE_NUMBER, "رقم الملف", ("file number",), 22),
    SheetColumn(Field.SERVICE, "الخدمة", ("service",), 26),
    SheetColumn(Field.PAYEE, "اسم صاحب الحساب", ("payee", "account name"), 30),
    SheetColumn(Field.PROXY, "رقم الوكالة", ("proxy document",), 16),
    SheetColumn(Field.IBAN, "الآيبان", ("iban", "رقم الآيبان", "ايبان", "رقم الحساب"), 30),
    SheetColumn(Field.AMOUNT, "المبلغ", ("amount", "مبلغ", "المبلغ بالريال"), 14),
    SheetColumn(Field.OUTCOME, "حالة الصرف", ("status", "outcome", "الحالة", "حالة التحويل"), 14),
    SheetColumn(Field.REFERENCE, "الرقم المرجعي للحوالة", ("reference", "الرقم المرجعي", "رقم الحوالة"), 24),
    SheetColumn(Field.PAID_ON, "تاريخ التنفيذ", ("date", "paid on", "التاريخ", "تاريخ الصرف"), 14),
    SheetColumn(Field.REASON, "سبب التعذر", ("reason", "السبب", "سبب الرفض"), 30),
)
"""In the order they are written; finance fills the last four."""

NEEDED_BACK: Final = (Field.SHEET, Field.POSITION, Field.IBAN, Field.AMOUNT, Field.OUTCOME)
PAID_WORD: Final = "صُرف"
FAILED_WORD: Final = "تعذر"
