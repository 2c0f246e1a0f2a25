"""What a new version of a form changes, told by question: for whoever publishes it and for whoever wonders later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tarahum_desktop.domain.forms.model import Text

_RULES: Final = frozenset(
    {"visible_when", "required_when", "compute", "default", "refuse_when", "warn_when", "open_when", "when"}
)
_WORDS: Final = frozenset({"label", "help", "title", "closed_because"})
_CHOICES: Final = frozenset({"options", "states", "domains", "levels", "lookup"})
_ELSEWHERE: Final = frozenset({"row_fields", "fields", "code"})


class Change(StrEnum):
    """What became of a section or a question; of one that stayed, what about it is new."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    WORDS = "words"
    TYPE = "type"
    REQUIRED = "required"
    CHOICES = "choices"
    RULES = "rules"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One section or question and what is new about it; ``label`` as the later version has it."""

    code: str
    label: Text
    changes: tuple[Change, ...]
    is_section: bool = False


def version_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[VersionChange, ...]:
    """Compare two documents that were read without a fault; in the order of the later, what is gone at the end."""
    old, new = dict(_parts(before)), dict(_parts(after))
    found = [_told(key, part, old.get(key)) for key, part in new.items()]
    gone = [
        VersionChange(key[1], _label(part[0]), (Change.REMOVED,), key[0])
        for key, part in old.items()
        if key not in new
    ]
    return (*(one for one in found if one.changes), *gone)


_Key = tuple[bool, str]
_Part = tuple[Mapping[str, Any], str]


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[_Key, _Part]]:
    """Sections and questions by what they are and their code, each with the section or group it stands in."""
    for section in document["sections"]:
        yield (True, section["code"]), (section, "")
        for one in section["fields"]:
            yield (False, one["code"]), (one, section["code"])
            for column in one.get("row_fields", ()):
                yield (False, column["code"]), (column, one["code"])


def _told(key: _Key, part: _Part, before: _Part | None) -> VersionChange:
    now, place = part
    if before is None:
        return VersionChange(key[1], _label(now), (Change.ADDED,), key[0])
    old, old_place = before
    found = [Change.MOVED] if place != old_place else []
    names = sorted({*now, *old} - _ELSEWHERE)
    found += [_kind(name) for name in names if now.get(name) != old.get(name)]
    return VersionChange(key[1], _label(now), tuple(dict.fromkeys(found)), key[0])


def _kind(name: str) -> Change:
    if name in _RULES:
        return Change.RULES
    if name in _WORDS:
        return Change.WORDS
    if name in _CHOICES:
        return Change.CHOICES
    return {"type": Change.TYPE, "required": Change.REQUIRED}.get(name, Change.LIMITS)


def _label(part: Mapping[str, Any]) -> Text:
    words = part.get("label") or part["title"]
    return Text(words["ar"], words["en"])
