"""The name a member most likely has: what the form offers, a brother's or sister's, or what the family's names tell.

A mother at the head does not bear her children's name: the first child carries her husband's chain where he is among
the members, and the others that of the first.
"""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.domain.name_chain import expected_names
from tarahum_desktop.domain.names import Gender, NameParts

_CHILDREN = frozenset({"son", "daughter"})
_RELATION = "m_relation"


def likely_name(answers: Answers, path: str, suggestion: Value) -> Value:
    """The offer for the name at ``path``; the form's own ``suggestion`` where it knows the father."""
    place = FieldPath.parse(path)
    here = answers.row(place.code, place.row_id)
    knows_father = isinstance(suggestion, Mapping) and bool(suggestion.get("father"))
    if here is None or knows_father:
        return suggestion
    relation = str(here.get(_RELATION) or "")
    if relation in _CHILDREN:
        for row in reversed(answers.rows(place.code)):
            name = row.get(place.column)
            child = row is not here and row.get(_RELATION) in _CHILDREN
            if child and isinstance(name, Mapping) and name.get("father"):
                return {**name, "first": ""}
    return _from_family(answers, here, FieldPath(place.code, "", place.column), relation) or suggestion


def _from_family(answers: Answers, here: Row, place: FieldPath, relation: str) -> dict[str, str]:
    head = NameParts(
        *(_text(answers.get(f"head_{part}")) for part in ("first", "father", "grandfather", "family"))
    )
    gender = _text(answers.get("gender"))
    spouses = (row for row in answers.rows(place.code) if row is not here and row.get(_RELATION) == "spouse")
    names = [
        name for row in spouses if isinstance(name := row.get(place.column), Mapping) and name.get("first")
    ]
    husband = (
        NameParts(*(_text(names[0].get(part)) for part in ("first", "father", "grandfather", "family")))
        if names
        else None
    )
    found = expected_names(relation, head, Gender(gender) if gender in set(Gender) else None, husband)
    parts = {"father": found.father, "grandfather": found.grandfather, "family": found.family}
    return {"first": "", **{part: text for part, text in parts.items() if text}} if found.father else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
