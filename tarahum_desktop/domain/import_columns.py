"""Which column of an existing register is which field: by its heading in either language, else by how its cells look.

Pure: headings and cells in, fields out. People correct what is guessed, so a guess prefers leaving a column out to
putting it in the wrong place.
"""

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.identifiers import check_iban, check_mobile
from tarahum_desktop.domain.import_words import WORDS, read_word
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits, clean

MOST_HEADING_ROWS: Final = 15
"""Rows that may stand above the headings: a title, a date, the name of the office."""
_LOOKED_AT: Final = 60
_FEWEST_NAMED: Final = 2
_ID: Final = re.compile(r"[12][0-9]{9}")
_DATE: Final = re.compile(r"[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,4}.{0,4}")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FEWEST_WORDS: Final = 3


class Column(StrEnum):
    """A field that a register can bring."""

    HOUSEHOLD_KEY = "household_key"
    HEAD_ID = "head_id"
    RELATION = "relation"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    FATHER_NAME = "father_name"
    GRANDFATHER_NAME = "grandfather_name"
    FAMILY_NAME = "family_name"
    MOTHER_NAME = "mother_name"
    ID_NUMBER = "id_number"
    ID_KIND = "id_kind"
    NO_ID_REASON = "no_id_reason"
    BIRTH = "birth"
    BIRTH_HIJRI = "birth_hijri"
    AGE = "age"
    GENDER = "gender"
    NATIONALITY = "nationality"
    MARITAL = "marital"
    MOBILE = "mobile"
    MOBILE_ALT = "mobile_alt"
    IBAN = "iban"
    EDUCATION = "education"
    ENROLMENT = "enrolment"
    WORK = "work"
    PLACE = "place"
    DISTRICT = "district"
    DIRECTIONS = "directions"
    SHORT_ADDRESS = "short_address"
    TENURE = "tenure"
    HOUSE_TYPE = "house_type"
    ROOMS = "rooms"
    ANNUAL_RENT = "annual_rent"
    MONTHLY_RENT = "monthly_rent"
    OPENED_ON = "opened_on"
    FACILITY = "facility"
    INMATE_NUMBER = "inmate_number"
    CUSTODY_STATUS = "custody_status"
    ENTRY = "entry"
    EXPECTED_RELEASE = "expected_release"
    RELEASE = "release"
    CLAIMS = "claims"
    PRISONER_NAME = "prisoner_name"
    PRISONER_ID = "prisoner_id"
    PRISONER_RELATION = "prisoner_relation"


HEADINGS: Final[Mapping[Column, str]] = MappingProxyType({
    Column.HOUSEHOLD_KEY: "رقم الملف|رقم ملف الأسرة|رقم الأسرة|رقم الحالة|الملف|رقم الاستمارة|كود الأسرة|file number|file no|file|household|household id|family number|family no|case number",
    Column.HEAD_ID: "هوية رب الأسرة|رقم هوية رب الأسرة|سجل رب الأسرة|هوية العائل|رقم هوية العائل|هوية ولي الأمر|head id|head national id|id of head",
    Column.RELATION: "صلة القرابة|القرابة|الصلة|صلته برب الأسرة|الصلة برب الأسرة|صلة القرابة برب الأسرة|relation|relationship|relation to head",
    Column.FULL_NAME: "الاسم|الاسم الكامل|الاسم الرباعي|الاسم رباعيا|اسم المستفيد|اسم المستفيدة|اسم رب الأسرة|اسم الفرد|اسم العائل|اسم|name|full name|beneficiary|beneficiary name|head name",
    Column.FIRST_NAME: "الاسم الأول|الأول|first name|first|given name",
    Column.FATHER_NAME: "اسم الأب|الأب|الاسم الثاني|father name|father|second name",
    Column.GRANDFATHER_NAME: "اسم الجد|الجد|الاسم الثالث|grandfather name|grandfather|third name",
    Column.FAMILY_NAME: "العائلة|اسم العائلة|اللقب|القبيلة|الاسم الأخير|family name|family|surname|last name",
    Column.MOTHER_NAME: "اسم الأم|الأم|اسم الوالدة|mother name|mother",
    Column.ID_NUMBER: "رقم الهوية|الهوية|هوية|رقم الهوية الوطنية|الهوية الوطنية|السجل المدني|رقم السجل المدني|رقم السجل|رقم الإقامة|الإقامة|رقم الهوية أو الإقامة|هوية المستفيد|رقم الاثبات|id|id number|id no|national id|national id number|iqama|civil id",
    Column.ID_KIND: "نوع الهوية|نوع الوثيقة|نوع الإثبات|id type|id kind|document type",
    Column.NO_ID_REASON: "سبب عدم وجود هوية|سبب عدم وجود الهوية|سبب عدم الهوية|reason without id|no id reason",
    Column.BIRTH: "تاريخ الميلاد|الميلاد|تاريخ الميلاد ميلادي|تاريخ الميلاد الميلادي|سنة الميلاد|المواليد|birth|birth date|date of birth|dob|born|year of birth",
    Column.BIRTH_HIJRI: "تاريخ الميلاد هجري|تاريخ الميلاد الهجري|الميلاد هجري|تاريخ الميلاد بالهجري|birth hijri|hijri birth date|hijri date of birth",
    Column.AGE: "العمر|السن|عمر|العمر بالسنوات|age",
    Column.GENDER: "الجنس|النوع|ذكر أنثى|gender|sex",
    Column.NATIONALITY: "الجنسية|nationality",
    Column.MARITAL: "الحالة الاجتماعية|الحالة الزوجية|marital status|marital",
    Column.MOBILE: "الجوال|رقم الجوال|جوال|رقم الهاتف|الهاتف|هاتف|رقم التواصل|رقم الاتصال|جوال المستفيد|mobile|mobile number|phone|phone number|telephone",
    Column.MOBILE_ALT: "جوال آخر|جوال بديل|رقم بديل|جوال 2|هاتف آخر|رقم آخر|mobile 2|alternative mobile|second phone|phone 2",
    Column.IBAN: "الآيبان|آيبان|رقم الآيبان|الايبان|رقم الحساب|الحساب البنكي|رقم الحساب البنكي|iban|bank account|account",
    Column.EDUCATION: "المؤهل|المؤهل العلمي|المستوى التعليمي|المؤهل الدراسي|education|qualification",
    Column.ENROLMENT: "القيد|القيد الدراسي|الحالة الدراسية|حالة الدراسة|enrolment|enrollment|school status",
    Column.WORK: "العمل|المهنة|الوظيفة|الحالة الوظيفية|work|job|occupation",
    Column.PLACE: "المدينة|المدينة القرية|المحافظة|القرية|مكان السكن|مدينة السكن|city|town|village|place",
    Column.DISTRICT: "الحي|حي|district|neighbourhood|neighborhood",
    Column.DIRECTIONS: "العنوان|وصف العنوان|وصف المنزل|وصف السكن|عنوان السكن|address|directions",
    Column.SHORT_ADDRESS: "العنوان المختصر|العنوان الوطني|العنوان الوطني المختصر|short address|national address",
    Column.TENURE: "ملكية السكن|نوع الحيازة|الحيازة|حيازة السكن|tenure|ownership",
    Column.HOUSE_TYPE: "نوع السكن|نوع المسكن|house type|dwelling type|dwelling",
    Column.ROOMS: "عدد الغرف|الغرف|rooms|number of rooms",
    Column.ANNUAL_RENT: "الإيجار السنوي|الإيجار|قيمة الإيجار|مبلغ الإيجار|إيجار السكن|annual rent|rent|yearly rent",
    Column.MONTHLY_RENT: "الإيجار الشهري|monthly rent",
    Column.OPENED_ON: "تاريخ التسجيل|تاريخ فتح الملف|تاريخ القيد|تاريخ الالتحاق|registered|registration date|registered on|date opened",
    Column.FACILITY: "السجن|المنشأة|الإصلاحية|اسم السجن|مكان السجن|prison|facility",
    Column.INMATE_NUMBER: "رقم النزيل|رقم السجين|inmate number|inmate no|prisoner number",
    Column.CUSTODY_STATUS: "وضع النزيل|حالة النزيل|وضع السجين|حالة السجين|الوضع|الحالة القضائية|custody status|prisoner status",
    Column.ENTRY: "تاريخ الدخول|تاريخ السجن|تاريخ دخول السجن|تاريخ الإيقاف|تاريخ التوقيف|entry|entry date|date of entry",
    Column.EXPECTED_RELEASE: "الإفراج المتوقع|تاريخ الإفراج المتوقع|تاريخ الخروج المتوقع|expected release|expected release date",
    Column.RELEASE: "تاريخ الإفراج|تاريخ الخروج|الإفراج|release|release date",
    Column.CLAIMS: "المطالبات|مبلغ المطالبة|المطالبة المالية|إجمالي المطالبات|قيمة المطالبة|claims|claims total",
    Column.PRISONER_NAME: "اسم النزيل|اسم السجين|النزيل|السجين|اسم السجين رباعيا|prisoner|prisoner name|inmate|inmate name",
    Column.PRISONER_ID: "هوية النزيل|رقم هوية النزيل|هوية السجين|رقم هوية السجين|سجل السجين|prisoner id|inmate id|prisoner national id",
    Column.PRISONER_RELATION: "صلة النزيل|صلة السجين|قرابة النزيل|قرابة السجين|صلة القرابة بالنزيل|صلة القرابة بالسجين|prisoner relation|relation of prisoner",
})  # fmt: skip
"""How registers head their columns; compared folded, without the article."""


class Layout(StrEnum):
    """How rows make households."""

    BY_KEY = "by_key"
    """Rows with one file number, or one head's identity number, are one household."""
    BY_ORDER = "by_order"
    """Each head is followed by the members of the household."""
    BY_ROW = "by_row"
    """Each row is a household."""


Mapped = Mapping[Column, int]
"""Field to zero-based column."""


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row of headings: one with two that are known, or a first row of words above columns of figures."""
    known = _known()
    best, found = None, _FEWEST_NAMED - 1
    for at, row in enumerate(rows[:MOST_HEADING_ROWS]):
        named = len({known[key] for cell in row if (key := _plain(cell)) in known})
        if named > found:
            best, found = at, named
    return 0 if best is None and _heads_figures(rows) else best


def _heads_figures(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < _FEWEST_NAMED:
        return False
    first, below = rows[0], rows[1 : _LOOKED_AT + 1]
    if not all(first) or len(set(first)) < len(first) or any(map(_has_digit, first)):
        return False
    return any(all(_has_digit(row[at]) for row in below if at < len(row)) for at in range(len(first)))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Column, int]:
    """Fields by their columns: exact headings first, then headings that hold one, then what the cells look like."""
    found: dict[Column, int] = {}
    known = _known()
    plain = [_plain(text) for text in headings]
    for at, text in enumerate(plain):
        if (column := known.get(text)) is not None:
            found.setdefault(column, at)
    taken = set(found.values())
    for at, text in enumerate(plain):
        if at not in taken and (inner := _longest_inside(text, known)) is not None and inner not in found:
            found[inner] = at
            taken.add(at)
    for at in range(max((len(row) for row in rows[:_LOOKED_AT]), default=0)):
        looks = (
            None
            if at in taken
            else _look([row[at] for row in rows[:_LOOKED_AT] if at < len(row) and row[at]])
        )
        if (
            looks is not None
            and looks not in found
            and not (looks is Column.FULL_NAME and Column.FIRST_NAME in found)
        ):
            found[looks] = at
    return found


def guess_layout(columns: Mapped) -> Layout:
    """By a key if there is one; else a column of relations says that members follow their head."""
    if Column.HOUSEHOLD_KEY in columns or Column.HEAD_ID in columns:
        return Layout.BY_KEY
    return Layout.BY_ORDER if Column.RELATION in columns else Layout.BY_ROW


def missing_columns(columns: Mapped) -> tuple[Column, ...]:
    """What no import can do without and is not matched: a name."""
    return () if {Column.FULL_NAME, Column.FIRST_NAME} & columns.keys() else (Column.FULL_NAME,)


def fingerprint(headings: Sequence[str]) -> bytes:
    """SHA-256 that says whether two sheets have the same headings in the same order, however they are spelt."""
    return hashlib.sha256("\n".join(_plain(text) for text in headings).encode()).digest()


@functools.cache
def _known() -> Mapping[str, Column]:
    return {_plain(text): column for column, texts in HEADINGS.items() for text in texts.split("|")}


def _plain(text: str) -> str:
    return " ".join(word.removeprefix("ال") for word in fold(text[:200]).split())


def _longest_inside(text: str, known: Mapping[str, Column]) -> Column | None:
    """The field whose heading stands whole inside a longer one; a word alone is too little to go by."""
    words = f" {text} "
    inside = [one for one in known if " " in one and f" {one} " in words]
    return known[max(inside, key=len)] if inside else None


def _look(cells: Sequence[str]) -> Column | None:
    """What two thirds of the cells of a column look like."""
    if not cells:
        return None
    counts: dict[Column, int] = {}
    for cell in cells:
        for column in _looks(cell):
            counts[column] = counts.get(column, 0) + 1
    best = max(counts, key=lambda column: counts[column], default=None)
    return best if best is not None and 3 * counts[best] >= 2 * len(cells) else None


def _looks(cell: str) -> Iterator[Column]:
    plain = ascii_digits(clean(cell))
    if _ID.fullmatch(plain):
        yield Column.ID_NUMBER
    elif check_mobile(plain).warning is None:
        yield Column.MOBILE
    elif plain.upper().startswith("SA") and check_iban(plain).warning is None:
        yield Column.IBAN
    elif _DATE.fullmatch(plain):
        yield Column.BIRTH
    elif len(plain.split()) >= _FEWEST_WORDS and not _has_digit(plain) and _LETTER.match(plain):
        yield Column.FULL_NAME
    else:
        yield from (
            column for column in (Column.GENDER, Column.MARITAL, Column.RELATION) if _is_word(column, cell)
        )


def _is_word(column: Column, cell: str) -> bool:
    return column.value in WORDS and read_word(column.value, cell) is not None
