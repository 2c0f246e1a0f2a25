"""Merging one field: pure, and the same whatever order changes arrive in.

A field's state is its set of *heads*: the edits nobody has replaced yet. An edit names the stamps it
replaces, so whoever saw a value takes it out of the set and whoever did not stands beside it. The head with
the latest stamp is the shown value; under ``REVIEW`` the others are the open conflicts. Given causal delivery
(a change arrives after those its author had seen) the set depends only on which changes were applied: it is a
multi-value register (Shapiro et al., 2011), shown as last-writer-wins.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from tarahum_desktop.domain.merge_policy import Policy
from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.sync.documents import is_document


@dataclass(frozen=True, slots=True)
class Head:
    """One unreplaced edit of a field; ``before`` is what its author saw (reviewed fields only)."""

    stamp: bytes
    value: Any
    author: bytes | None
    before: Any = None


def merge_field(policy: Policy, heads: Sequence[Head], edit: Head, replaces: Collection[bytes]) -> list[Head]:
    """The heads after an edit, latest first; the first one is the shown value."""
    if policy is Policy.FIXED:
        return list(heads)
    if policy is Policy.APPEND:
        return [_unite(heads, edit)]
    # An edit that is here already still replaces: a snapshot may bring an edit before the log brings those it replaced.
    standing = {head.stamp: head for head in (edit, *heads) if head.stamp not in replaces}
    merged = sorted(standing.values(), key=lambda head: head.stamp, reverse=True)
    return merged if policy is Policy.REVIEW else merged[:1]


def _items(value: Any) -> list[Any]:
    """What a head brings to a union; of a field not known here anybody may have written anything, which is one item then."""
    if value in (None, ""):
        return []
    if not isinstance(value, str):
        return [value.hex() if isinstance(value, bytes) else value]
    items = json.loads(value) if is_document(value) else value
    return items if isinstance(items, list) else [items]


def _unite(heads: Sequence[Head], edit: Head) -> Head:
    """The union of all lists; the latest edit gives stamp and author."""
    items: dict[str, Any] = {}
    for head in (*heads, edit):
        for item in _items(head.value):
            items[canonical_json(item)] = item
    united = "[" + ",".join(sorted(items)) + "]"
    latest = max((*heads, edit), key=lambda head: head.stamp)
    return Head(latest.stamp, united, latest.author)
