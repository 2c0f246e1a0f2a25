"""The name a child most likely has: what the form offers, or where that lacks the father, the brother's or sister's.

A mother at the head does not bear her children's name, so the first child is typed whole and the others are not.
"""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tarahum_desktop.domain.forms.values import Value

_CHILDREN = frozenset({"son", "daughter"})
_RELATION = "m_relation"


def sibling_name(answers: Answers, path: str, suggestion: Value) -> Value:
    """The offer for the name at ``path``; the form's own ``suggestion`` where it knows the father."""
    place = FieldPath.parse(path)
    here = answers.row(place.code, place.row_id)
    knows_father = isinstance(suggestion, Mapping) and bool(suggestion.get("father"))
    if here is None or knows_father or here.get(_RELATION) not in _CHILDREN:
        return suggestion
    for row in reversed(answers.rows(place.code)):
        name = row.get(place.column)
        child = row is not here and row.get(_RELATION) in _CHILDREN
        if child and isinstance(name, Mapping) and name.get("father"):
            return {**name, "first": ""}
    return suggestion
