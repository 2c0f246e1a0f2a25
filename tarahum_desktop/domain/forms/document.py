"""Reading a form document: JSON in, a typed ``FormDocument`` out, or a refusal that names the place.

Everything is checked here once, so that the engine never meets a surprise: types, codes, words in both languages,
options, limits, and every rule. A rule that decides what is shown or computed may look only at fields that stand
earlier in the form, which makes the order of evaluation the order of the page and rules out circles.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tarahum_desktop.domain.forms.expressions import Expression, Names, Symbol, compile_rule
from tarahum_desktop.domain.forms.field_parts import (
    NO_WORDS,
    check_parts,
    data_class,
    field_type,
    levels,
    limits,
    matrix_domain,
    option_codes,
    words,
)
from tarahum_desktop.domain.forms.form_errors import Faults, FormDocumentError
from tarahum_desktop.domain.forms.model import (
    DataClass,
    Field,
    FieldType,
    FormDocument,
    Gate,
    Rule,
    Section,
)
from tarahum_desktop.domain.forms.reading import Reader

LARGEST_DOCUMENT: Final = 1_000_000
MOST_SECTIONS: Final = 40
MOST_FIELDS: Final = 200
_MOST_RULES: Final = 20


def read_document(data: bytes) -> FormDocument:
    """Read and check one form document (UTF-8 JSON, at most 1 MB).

    Raises:
        FormDocumentError: with ``problem`` and ``at``; for broken JSON with ``line`` and ``column``.
    """
    return build_document(parse_document(data), Faults())


def parse_document(data: bytes) -> Any:
    """Parse the JSON of a form document; raises FormDocumentError as ``read_document`` does."""
    if len(data) > LARGEST_DOCUMENT:
        raise FormDocumentError("too_large", "document", most=LARGEST_DOCUMENT)
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormDocumentError("not_utf8", "document", byte=error.start) from None
    except json.JSONDecodeError as error:
        raise FormDocumentError("not_json", "document", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise FormDocumentError("too_deep", "document") from None


def build_document(parsed: object, faults: Faults) -> FormDocument:
    """Build a form from parsed JSON. Where the faults are kept instead of raised, what is built with any is no form."""
    return _Builder(Reader(parsed, "document", faults)).build()


class _Builder:
    def __init__(self, root: Reader) -> None:
        self._root = root
        self._sections = root.objects("sections", MOST_SECTIONS)
        self._parameters = root.numbers("parameters")
        self._symbols: dict[str, Symbol] = {}
        self._order: dict[str, int] = {}
        self._position = 0
        self._sums: dict[str, tuple[str, frozenset[str]]] = {}
        for section in self._sections:
            self._declare(section.objects("fields", MOST_FIELDS), None)

    def build(self) -> FormDocument:
        root = self._root
        version = root.number("version")
        title = root.words_at("title")
        if version is None or version < 1 or title is None:
            root.refuse("version_and_title_expected", root.at)
        form = root.code("form")
        sections = tuple(self._section(reader) for reader in self._sections)
        if not self._order:
            root.refuse("no_questions", root.place("sections"))
        self._refuse_twice(sections)
        gates = self._gates(sections)
        self._refuse_circles()
        root.finish()
        return FormDocument(form, version or 0, title or NO_WORDS, gates, sections)

    def _declare(self, readers: Iterable[Reader], group: str | None) -> None:
        for reader in readers:
            code = reader.code("code")
            if code in self._symbols or code == "today":
                reader.refuse("code_twice", reader.place("code"), field=code)
            if not code or code in self._symbols:
                continue
            kind = reader.raw("type")
            columns = reader.objects("row_fields", MOST_FIELDS) if kind == FieldType.ROWS else []
            options = option_codes(reader.raw("options"))
            self._symbols[code] = Symbol(group, options, kind == FieldType.ROWS)
            self._position += 1
            self._declare(columns, code)
            # A group stands where its last column stands: rules after it may add it up.
            self._position += 1
            self._order[code] = self._position

    def _gates(self, sections: tuple[Section, ...]) -> Mapping[DataClass, Gate]:
        gates: dict[DataClass, Gate] = {}
        for reader in self._root.objects("gates"):
            kind = data_class(reader)
            because = reader.words_at("closed_because")
            if because is None or kind in gates:
                reader.refuse("gate_not_understood", reader.at)
                continue
            guarded = [f for s in sections for f in s.fields if kind in {f.data_class, *_classes(f.columns)}]
            first = self._first(one.code for one in guarded)
            when = self._rule(reader, "when", None, before=first)
            if not reader.has("when"):
                reader.refuse("rule_expected", reader.place("when"))
            consent = reader.code("consent")
            if consent and consent not in self._symbols:
                reader.refuse("unknown_field", reader.place("consent"), field=consent)
            if when is not None:
                gates[kind] = Gate(kind, consent, when, because)
            reader.finish()
        return gates

    def _section(self, reader: Reader) -> Section:
        code = reader.code("code")
        fields = reader.objects("fields", MOST_FIELDS)
        first = self._first(str(one.raw("code")) for one in fields)
        section = Section(
            code=code,
            title=words(reader, "title"),
            repeats=reader.flag("repeats"),
            data_class=data_class(reader),
            carry=reader.flag("carry"),
            open_when=self._rule(reader, "open_when", None, before=first),
            closed_because=reader.words_at("closed_because"),
            fields=tuple(self._field(one, None) for one in fields),
        )
        if section.open_when is not None and section.closed_because is None:
            reader.refuse("words_expected", reader.place("closed_because"))
        reader.finish()
        return section

    def _first(self, codes: Iterable[str]) -> int:
        """Where the first of some fields stands; the end of the form for none."""
        return min((self._order.get(code, self._position) for code in codes), default=self._position)

    def _field(self, reader: Reader, group: str | None) -> Field:
        code = reader.code("code")
        kind = field_type(reader, group)
        here = self._order.get(code, self._position)
        columns = reader.objects("row_fields", MOST_FIELDS)
        field = Field(
            code=code,
            source=reader.code("source", code or "source"),
            type=kind,
            label=words(reader, "label"),
            help=reader.words_at("help"),
            required=reader.flag("required"),
            data_class=data_class(reader),
            restricted=reader.flag("restricted"),
            options=reader.options("options"),
            states=reader.options("states"),
            domains=tuple(matrix_domain(one) for one in reader.objects("domains")),
            levels=levels(reader),
            lookup=reader.code("lookup") if reader.has("lookup") else "",
            unit=reader.code("unit") if reader.has("unit") else "",
            limits=limits(reader),
            columns=tuple(self._field(one, code) for one in columns),
            visible_when=self._rule(reader, "visible_when", group, before=here),
            required_when=self._rule(reader, "required_when", group),
            compute=self._rule(reader, "compute", group, before=here),
            default=self._rule(reader, "default", group),
            refuse_when=self._rules(reader, "refuse_when", group),
            warn_when=self._rules(reader, "warn_when", group),
        )
        reader.flag("added")  # a note for people: this question is ours, not one of the source form
        reader.finish()
        check_parts(field, reader)
        return field

    def _rule(
        self, reader: Reader, key: str, group: str | None, before: int | None = None
    ) -> Expression | None:
        if not reader.has(key):
            return None
        try:
            rule = compile_rule(
                reader.raw(key), Names(self._symbols, self._parameters, group), reader.place(key)
            )
        except FormDocumentError as fault:
            reader.faults.add(fault)
            return None
        if key == "compute":
            self._sums[str(reader.raw("code"))] = (reader.place(key), rule.reads)
        late = [] if before is None else [code for code in rule.reads if self._order[code] >= before]
        if late:
            reader.refuse("looks_at_a_later_field", reader.place(key), field=min(late))
        return rule

    def _rules(self, reader: Reader, key: str, group: str | None) -> tuple[Rule, ...]:
        rules = []
        for one in reader.objects(key, _MOST_RULES):
            when = self._rule(one, "when", group)
            if not one.has("when"):
                one.refuse("rule_expected", one.place("when"))
            code, words = one.code("code"), one.words()
            if when is not None:
                rules.append(Rule(code, when, words))
            one.finish()
        return tuple(rules)

    def _refuse_circles(self) -> None:
        """Tell every total that, by way of others, is worked out from itself."""
        for code, (place, reads) in self._sums.items():
            seen: set[str] = set()
            ahead = [one for one in reads if one in self._sums]
            while ahead:
                one = ahead.pop()
                if one not in seen:
                    seen.add(one)
                    ahead += [other for other in self._sums[one][1] if other in self._sums]
            if code in seen:
                self._root.refuse("computed_in_a_circle", place, field=code)

    def _refuse_twice(self, sections: tuple[Section, ...]) -> None:
        seen: set[str] = set()
        for section, reader in zip(sections, self._sections, strict=True):
            if section.code and section.code in seen:
                reader.refuse("code_twice", reader.place("code"), field=section.code)
            seen.add(section.code)


def _classes(fields: tuple[Field, ...]) -> set[DataClass]:
    return {field.data_class for field in fields}
