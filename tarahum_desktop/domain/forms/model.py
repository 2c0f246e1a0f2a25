"""A form document after reading: typed, checked and with its rules compiled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tarahum_desktop.domain.forms.expressions import Expression


class FieldType(StrEnum):
    """Every kind of question the engine and the screen know."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NAME = "name"
    NAME4 = "name4"
    CHOICE = "choice"
    MULTI = "multi"
    CHECKLIST = "checklist"
    BOOL = "bool"
    INT = "int"
    MONEY = "money"
    DIGITS = "digits"
    DATE = "date"
    DATE_PARTIAL = "date_partial"
    DURATION = "duration"
    NATIONAL_ID = "national_id"
    MOBILE = "mobile"
    SHORT_ADDRESS = "short_address"
    LOOKUP = "lookup"
    MULTI_LOOKUP = "multi_lookup"
    CONSENT = "consent"
    GPS = "gps"
    SIGNATURE = "signature"
    PHOTO = "photo"
    MATRIX = "matrix"
    ROWS = "rows"
    COMPUTED = "computed"
    TIMESTAMP = "timestamp"
    NOTE = "note"


# Filled by the program, never asked for.
AUTOMATIC = frozenset({FieldType.COMPUTED, FieldType.TIMESTAMP, FieldType.NOTE})


class DataClass(StrEnum):
    """How sensitive an answer is; the document says which consent opens which class."""

    NORMAL = "normal"
    HEALTH = "health"
    CRIMINAL = "criminal"
    CREDIT = "credit"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; English is complete, never a fallback hole."""

    ar: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in ``ar`` or ``en``."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: a code that never changes and the words for it."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with the sentence a person reads when it holds."""

    code: str
    when: Expression
    words: Text


@dataclass(frozen=True, slots=True)
class MatrixDomain:
    """One domain of the self-sufficiency matrix with the words for each score from 1 up."""

    code: str
    words: Text
    not_applicable: bool
    anchors: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one answer; ``least``/``most`` in the field's own unit, lengths in characters, bounds in microdegrees."""

    least: int | None = None
    most: int | None = None
    min_length: int = 0
    max_length: int = 200
    length: int = 0
    arabic_only: bool = False
    max_rows: int = 0
    bounds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or with ``columns`` one repeating group of questions."""

    code: str
    source: str
    type: FieldType
    label: Text
    help: Text | None
    required: bool
    data_class: DataClass
    restricted: bool
    options: tuple[Option, ...]
    states: tuple[Option, ...]
    domains: tuple[MatrixDomain, ...]
    levels: tuple[Option, ...]
    lookup: str
    unit: str
    limits: Limits
    columns: tuple["Field", ...]
    visible_when: Expression | None
    required_when: Expression | None
    compute: Expression | None
    default: Expression | None
    refuse_when: tuple[Rule, ...]
    warn_when: tuple[Rule, ...]

    @property
    def automatic(self) -> bool:
        """Whether the program answers this field itself."""
        return self.type in AUTOMATIC

    def option(self, code: str) -> Option | None:
        """Return the option with this code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before answers of one data class may be asked for or kept."""

    data_class: DataClass
    consent: str
    when: Expression
    closed_because: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form. ``carry`` says its answers may be taken over from the last visit."""

    code: str
    title: Text
    repeats: bool
    data_class: DataClass
    carry: bool
    open_when: Expression | None
    closed_because: Text | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormDocument:
    """One version of one form."""

    form: str
    version: int
    title: Text
    gates: Mapping[DataClass, Gate]
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        """The name submitted answers carry, such as ``social-study-1``."""
        return f"{self.form}-{self.version}"

    def fields(self) -> Iterator[Field]:
        """Yield the top-level fields in the order of the form."""
        for section in self.sections:
            yield from section.fields

    def every_field(self) -> Iterator[Field]:
        """Yield fields and the columns of groups."""
        for one in self.fields():
            yield one
            yield from one.columns
