"""The parts of one question in a form document: its kind, words, limits, data class, matrix."""

from typing import Final

from tarahum_desktop.domain.forms.model import DataClass, Field, FieldType, Limits, MatrixDomain, Option, Text
from tarahum_desktop.domain.forms.reading import Reader

_NEEDS_OPTIONS: Final = frozenset({FieldType.CHOICE, FieldType.MULTI, FieldType.CHECKLIST, FieldType.PHOTO})
NO_WORDS: Final = Text("", "")
_NEEDS_LOOKUP: Final = frozenset({FieldType.LOOKUP, FieldType.MULTI_LOOKUP})


def field_type(reader: Reader, group: str | None) -> FieldType:
    """Return the kind of a question; plain text after a fault."""
    kind = reader.raw("type")
    try:
        found = FieldType(kind)
    except ValueError:
        reader.refuse("unknown_field_type", reader.place("type"), type=str(kind)[:60])
        return FieldType.TEXT
    if group is not None and found in (FieldType.ROWS, FieldType.COMPUTED):
        reader.refuse("not_inside_a_group", reader.place("type"), type=found.value)
    return found


def check_parts(field: Field, reader: Reader) -> None:
    """Refuse a question that lacks a part its kind needs."""
    missing = {
        "options": field.type in _NEEDS_OPTIONS and not field.options,
        "lookup": field.type in _NEEDS_LOOKUP and not field.lookup,
        "domains": field.type is FieldType.MATRIX and not (field.domains and field.levels),
        "row_fields": field.type is FieldType.ROWS and not (field.columns and field.limits.max_rows),
        "compute": field.type is FieldType.COMPUTED and not reader.has("compute"),
        "max_rows": field.type is FieldType.PHOTO and not field.limits.max_rows,
        "length": field.type is FieldType.DIGITS and not field.limits.length,
        "states": field.type is FieldType.CHECKLIST and not field.states,
    }
    for key, absent in missing.items():
        if absent:
            reader.refuse("part_missing", reader.place(key), key=key)


def words(reader: Reader, key: str) -> Text:
    """Return the words under a key, which must be there."""
    words = reader.words_at(key)
    if words is None:
        reader.refuse("words_expected", reader.place(key))
        return NO_WORDS
    return words


def option_codes(items: object) -> frozenset[str]:
    """Return the codes of choices as they stand, for rules that name them."""
    found = items if isinstance(items, list) else []
    codes = (one.get("code") for one in found if isinstance(one, dict))
    return frozenset(code for code in codes if isinstance(code, str))


def data_class(reader: Reader) -> DataClass:
    """Return the data class, the normal one when absent."""
    value = reader.raw("data_class") if reader.has("data_class") else DataClass.NORMAL
    try:
        return DataClass(value)
    except ValueError:
        reader.refuse("unknown_data_class", reader.place("data_class"))
        return DataClass.NORMAL


def limits(reader: Reader) -> Limits:
    """Return the bounds on the answer."""
    script = reader.raw("script")
    if script not in (None, "arabic"):
        reader.refuse("unknown_script", reader.place("script"))
    default = Limits()
    return Limits(
        least=reader.number("min"),
        most=reader.number("max"),
        min_length=reader.number("min_length") or default.min_length,
        max_length=reader.number("max_length") or default.max_length,
        length=reader.number("length") or default.length,
        arabic_only=script == "arabic",
        max_rows=reader.number("max_rows") or default.max_rows,
        bounds=reader.numbers("bounds"),
    )


def matrix_domain(reader: Reader) -> MatrixDomain:
    """Return one domain of a matrix with its anchors in the order of the scores."""
    anchors = []
    for score, one in enumerate(reader.objects("anchors"), start=1):
        if one.number("score") != score:
            one.refuse("scores_out_of_order", one.place("score"))
        anchors.append(one.words())
        one.finish()
    domain = MatrixDomain(reader.code("code"), reader.words(), reader.flag("not_applicable"), tuple(anchors))
    reader.finish()
    return domain


def levels(reader: Reader) -> tuple[Option, ...]:
    """Return the scores of a matrix in words."""
    levels = []
    for one in reader.objects("levels"):
        levels.append(Option(str(one.number("score")), one.words()))
        one.finish()
    return tuple(levels)
