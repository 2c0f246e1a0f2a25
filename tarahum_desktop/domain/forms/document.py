"""Reading a form document: JSON in, a typed ``FormDocument`` out, or a refusal that names the place.

Everything is checked here once, so that the engine never meets a surprise: types, codes, words in both languages,
options, limits, and every rule. A rule that decides what is shown or computed may look only at fields that stand
earlier in the form, which makes the order of evaluation the order of the page and rules out circles.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from tarahum_desktop.domain.forms.expressions import Expression, Names, Symbol, compile_rule
from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.domain.forms.model import (
    DataClass,
    Field,
    FieldType,
    FormDocument,
    Gate,
    Limits,
    MatrixDomain,
    Option,
    Rule,
    Section,
    Text,
)
from tarahum_desktop.domain.forms.reading import Reader

LARGEST_DOCUMENT: Final = 1_000_000
MOST_SECTIONS: Final = 40
MOST_FIELDS: Final = 200
_MOST_RULES: Final = 20
_NEEDS_OPTIONS: Final = frozenset({FieldType.CHOICE, FieldType.MULTI, FieldType.CHECKLIST, FieldType.PHOTO})
_NEEDS_LOOKUP: Final = frozenset({FieldType.LOOKUP, FieldType.MULTI_LOOKUP})


def read_document(data: bytes) -> FormDocument:
    """Read and check one form document (UTF-8 JSON, at most 1 MB).

    Raises:
        FormDocumentError: with ``problem`` and ``at``; for broken JSON with ``line`` and ``column``.
    """
    if len(data) > LARGEST_DOCUMENT:
        raise FormDocumentError("too_large", "document", most=LARGEST_DOCUMENT)
    try:
        parsed = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormDocumentError("not_utf8", "document", byte=error.start) from None
    except json.JSONDecodeError as error:
        raise FormDocumentError("not_json", "document", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise FormDocumentError("too_deep", "document") from None
    return _Builder(Reader(parsed, "document")).build()


class _Builder:
    def __init__(self, root: Reader) -> None:
        self._root = root
        self._sections = root.objects("sections", MOST_SECTIONS)
        self._parameters = root.numbers("parameters")
        self._symbols: dict[str, Symbol] = {}
        self._order: dict[str, int] = {}
        self._position = 0
        for section in self._sections:
            self._declare(section.objects("fields", MOST_FIELDS), None)

    def build(self) -> FormDocument:
        root = self._root
        version = root.number("version")
        title = root.words_at("title")
        if version is None or version < 1 or title is None:
            raise FormDocumentError("version_and_title_expected", root.at)
        form = root.code("form")
        sections = tuple(self._section(reader) for reader in self._sections)
        _refuse_twice([section.code for section in sections], "sections")
        gates = self._gates(sections)
        root.finish()
        return FormDocument(form, version, title, gates, sections)

    def _declare(self, readers: Iterable[Reader], group: str | None) -> None:
        for reader in readers:
            code = reader.code("code")
            if code in self._symbols or code == "today":
                raise FormDocumentError("code_twice", reader.place("code"))
            kind = reader.raw("type")
            columns = reader.objects("row_fields", MOST_FIELDS) if kind == FieldType.ROWS else []
            options = frozenset(option.code for option in reader.options("options"))
            self._symbols[code] = Symbol(group, options, kind == FieldType.ROWS)
            self._position += 1
            self._declare(columns, code)
            # A group stands where its last column stands: rules after it may add it up.
            self._position += 1
            self._order[code] = self._position

    def _gates(self, sections: tuple[Section, ...]) -> Mapping[DataClass, Gate]:
        gates: dict[DataClass, Gate] = {}
        for reader in self._root.objects("gates"):
            data_class = _data_class(reader)
            because = reader.words_at("closed_because")
            if because is None or data_class in gates:
                raise FormDocumentError("gate_not_understood", reader.at)
            guarded = [
                f for s in sections for f in s.fields if data_class in {f.data_class, *_classes(f.columns)}
            ]
            first = min((self._order[one.code] for one in guarded), default=self._position)
            when = self._rule(reader, "when", None, before=first)
            if when is None:
                raise FormDocumentError("rule_expected", reader.place("when"))
            gates[data_class] = Gate(data_class, reader.code("consent"), when, because)
            reader.finish()
        return gates

    def _section(self, reader: Reader) -> Section:
        code = reader.code("code")
        fields = reader.objects("fields", MOST_FIELDS)
        first = min((self._order[one.code("code")] for one in fields), default=self._position)
        section = Section(
            code=code,
            title=_words(reader, "title"),
            repeats=reader.flag("repeats"),
            data_class=_data_class(reader),
            carry=reader.flag("carry"),
            open_when=self._rule(reader, "open_when", None, before=first),
            closed_because=reader.words_at("closed_because"),
            fields=tuple(self._field(one, None) for one in fields),
        )
        if section.open_when is not None and section.closed_because is None:
            raise FormDocumentError("words_expected", reader.place("closed_because"))
        reader.finish()
        return section

    def _field(self, reader: Reader, group: str | None) -> Field:
        code = reader.code("code")
        kind = _field_type(reader, group)
        here = self._order[code]
        columns = reader.objects("row_fields", MOST_FIELDS)
        field = Field(
            code=code,
            source=reader.code("source", code),
            type=kind,
            label=_words(reader, "label"),
            help=reader.words_at("help"),
            required=reader.flag("required"),
            data_class=_data_class(reader),
            restricted=reader.flag("restricted"),
            options=reader.options("options"),
            states=reader.options("states"),
            domains=tuple(_matrix_domain(one) for one in reader.objects("domains")),
            levels=_levels(reader),
            lookup=reader.code("lookup") if reader.has("lookup") else "",
            unit=reader.code("unit") if reader.has("unit") else "",
            limits=_limits(reader),
            columns=tuple(self._field(one, code) for one in columns),
            visible_when=self._rule(reader, "visible_when", group, before=here),
            required_when=self._rule(reader, "required_when", group),
            compute=self._rule(reader, "compute", group, before=here),
            default=self._rule(reader, "default", group),
            refuse_when=self._rules(reader, "refuse_when", group),
            warn_when=self._rules(reader, "warn_when", group),
        )
        reader.has("added")  # a note for people: this question is ours, not one of the source form
        reader.finish()
        _check_parts(field, reader)
        return field

    def _rule(
        self, reader: Reader, key: str, group: str | None, before: int | None = None
    ) -> Expression | None:
        if not reader.has(key):
            return None
        rule = compile_rule(reader.raw(key), Names(self._symbols, self._parameters, group), reader.place(key))
        late = [] if before is None else [code for code in rule.reads if self._order[code] >= before]
        if late:
            raise FormDocumentError("looks_at_a_later_field", reader.place(key), field=min(late))
        return rule

    def _rules(self, reader: Reader, key: str, group: str | None) -> tuple[Rule, ...]:
        rules = []
        for one in reader.objects(key, _MOST_RULES):
            when = self._rule(one, "when", group)
            if when is None:
                raise FormDocumentError("rule_expected", one.place("when"))
            rules.append(Rule(one.code("code"), when, one.words()))
            one.finish()
        return tuple(rules)


def _field_type(reader: Reader, group: str | None) -> FieldType:
    kind = reader.raw("type")
    try:
        found = FieldType(kind)
    except ValueError:
        raise FormDocumentError("unknown_field_type", reader.place("type"), type=str(kind)[:60]) from None
    if group is not None and found in (FieldType.ROWS, FieldType.COMPUTED):
        raise FormDocumentError("not_inside_a_group", reader.place("type"), type=found.value)
    return found


def _check_parts(field: Field, reader: Reader) -> None:
    missing = {
        "options": field.type in _NEEDS_OPTIONS and not field.options,
        "lookup": field.type in _NEEDS_LOOKUP and not field.lookup,
        "domains": field.type is FieldType.MATRIX and not (field.domains and field.levels),
        "row_fields": field.type is FieldType.ROWS and not (field.columns and field.limits.max_rows),
        "compute": field.type is FieldType.COMPUTED and field.compute is None,
        "max_rows": field.type is FieldType.PHOTO and not field.limits.max_rows,
        "length": field.type is FieldType.DIGITS and not field.limits.length,
        "states": field.type is FieldType.CHECKLIST and not field.states,
    }
    for key, absent in missing.items():
        if absent:
            raise FormDocumentError("part_missing", reader.place(key))


def _words(reader: Reader, key: str) -> Text:
    words = reader.words_at(key)
    if words is None:
        raise FormDocumentError("words_expected", reader.place(key))
    return words


def _data_class(reader: Reader) -> DataClass:
    value = reader.raw("data_class") if reader.has("data_class") else DataClass.NORMAL
    try:
        return DataClass(value)
    except ValueError:
        raise FormDocumentError("unknown_data_class", reader.place("data_class")) from None


def _classes(fields: tuple[Field, ...]) -> set[DataClass]:
    return {field.data_class for field in fields}


def _limits(reader: Reader) -> Limits:
    script = reader.raw("script")
    if script not in (None, "arabic"):
        raise FormDocumentError("unknown_script", reader.place("script"))
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


def _matrix_domain(reader: Reader) -> MatrixDomain:
    anchors = []
    for score, one in enumerate(reader.objects("anchors"), start=1):
        if one.number("score") != score:
            raise FormDocumentError("scores_out_of_order", one.place("score"))
        anchors.append(one.words())
        one.finish()
    domain = MatrixDomain(reader.code("code"), reader.words(), reader.flag("not_applicable"), tuple(anchors))
    reader.finish()
    return domain


def _levels(reader: Reader) -> tuple[Option, ...]:
    levels = []
    for one in reader.objects("levels"):
        levels.append(Option(str(one.number("score")), one.words()))
        one.finish()
    return tuple(levels)


def _refuse_twice(codes: list[str], at: str) -> None:
    if len(set(codes)) != len(codes):
        raise FormDocumentError("code_twice", at)
