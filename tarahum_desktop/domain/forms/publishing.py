"""Whether a document may become a version of a form: every fault of it, each by its line, not only the first.

A version is checked as a whole and published as a whole. What the rest of the program reads from a form (the record's
columns, reports, approvals) may not go missing from a later version: those questions are named by the caller.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tarahum_desktop.domain.forms.document import build_document, parse_document
from tarahum_desktop.domain.forms.form_errors import EveryFault, FormDocumentError
from tarahum_desktop.domain.forms.json_places import JsonPlaces, Place
from tarahum_desktop.domain.forms.model import Field, FormDocument

_TOP: Final = "document"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: its code, numbers and codes for the words, and where it stands.

    Attributes:
        line: from 1; 0 when it concerns the whole file.
        sheet: the sheet of a workbook; empty for a document, where ``column`` counts letters.
    """

    code: str
    line: int = 0
    column: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found. ``document`` and ``raw`` (its JSON) are there exactly when there is no problem."""

    document: FormDocument | None
    raw: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What a new version has to go on from.

    Attributes:
        document: the newest version there is.
        needed: codes of the questions the program reads by name, columns of repeating groups included, each with the
            choices it knows by name.
    """

    document: FormDocument
    needed: Mapping[str, frozenset[str]] = field(default_factory=dict)


def check_document(data: bytes, before: Callable[[str], Before | None] = lambda _form: None) -> Checked:
    """Check a document that is to be published; ``before`` says by form code at which version the form stands."""
    try:
        parsed = parse_document(data)
        places = JsonPlaces(data.decode("utf-8"))
    except FormDocumentError as fault:
        return Checked(None, None, (_unparsed(fault),))
    faults = EveryFault()
    document = build_document(parsed, faults)
    for path in places.twice:
        faults.add(FormDocumentError("key_twice", path, key=path.rpartition(".")[2][:60]))
    last = before(document.form) if document.form else None
    if last is not None:
        _compare(document, parsed, last, faults)
    problems = [_problem(fault, places.twice.get(fault.at) or places.of(fault.at)) for fault in faults.found]
    if problems:
        return Checked(None, None, tuple(sorted(problems, key=lambda one: (one.line, one.column, one.code))))
    return Checked(document, parsed, ())


def _compare(document: FormDocument, parsed: object, last: Before, faults: EveryFault) -> None:
    if document.version <= last.document.version:
        faults.add(FormDocumentError("version_not_later", f"{_TOP}.version", version=last.document.version))
    now, paths = dict(_by_code(document.fields(), "")), dict(_paths(parsed))
    for code, (before, group) in _by_code(last.document.fields(), ""):
        if code not in last.needed:
            continue
        found, path = now.get(code), paths.get(code, _TOP)
        if found is None or found[1] != group:
            faults.add(FormDocumentError("needed_field_missing", f"{path}.sections", field=code))
        elif found[0].type is not before.type:
            faults.add(
                FormDocumentError("needed_field_type", f"{path}.type", field=code, type=before.type.value)
            )
        else:
            offered = {option.code for option in found[0].options}
            known = {option.code for option in before.options} & last.needed[code]
            for option in sorted(known - offered):
                faults.add(
                    FormDocumentError("needed_option_missing", f"{path}.options", field=code, option=option)
                )


def _paths(parsed: object) -> Iterator[tuple[str, str]]:
    """The path of each question by its code."""
    for place, section in _objects(parsed, "sections", _TOP):
        for path, one in _objects(section, "fields", place):
            yield str(one.get("code")), path
            for below, column in _objects(one, "row_fields", path):
                yield str(column.get("code")), below


def _objects(holder: object, key: str, at: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    items = holder.get(key) if isinstance(holder, Mapping) else None
    for number, one in enumerate(items if isinstance(items, list) else []):
        if isinstance(one, Mapping):
            yield f"{at}.{key}[{number}]", one


def _by_code(fields: Iterable[Field], group: str) -> Iterable[tuple[str, tuple[Field, str]]]:
    for one in fields:
        yield one.code, (one, group)
        yield from _by_code(one.columns, one.code)


def _unparsed(fault: FormDocumentError) -> Problem:
    facts = dict(fault.facts)
    line, column = int(facts.pop("line", 0)), int(facts.pop("column", 0))
    return Problem(fault.problem, line, column, _told(facts))


def _problem(fault: FormDocumentError, place: Place) -> Problem:
    return Problem(fault.problem, place.line, place.column, _told(fault.facts))


def _told(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    return {name: fact for name, fact in facts.items() if name not in ("problem", "at")}
