"""Who may decide in which table, so that the centre accepts what was decided here."""

from typing import Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.sync.permissions_check import ALLOWING, edit_allowing

_NATIONAL: Final = "national"
_STEPS: Final = frozenset({
    "state", "verdict", "amount_halalas", "level", "fund", "signed_by", "signed_at", "decided_by", "decided_at", "decided_on",
    "settled_by", "closed_on", "closure_reason", "paid_on", "undone_by", "undone_at", "merged_into", "removed_at",
    "confirmed_at", "confirmed_by", "rules_version", "minute_id",
})  # fmt: skip
"""Fields that only a use case with its own rules may write, or who settles conflicts."""


def may_settle(desk: Desk, entity: str, scope: str) -> bool:
    """Whether a desk may decide conflicts of a table: the right to settle, and where that is not enough the table's own.

    The settings all offices share (users, devices, catalogue) are decided by who keeps them.
    """
    settles = desk.may(Action.RESOLVE_CONFLICT, scope)
    if Action.RESOLVE_CONFLICT in edit_allowing(entity):
        return settles
    everyday = ALLOWING.get(entity, frozenset())
    return (settles or scope == _NATIONAL) and any(desk.may(action, scope) for action in everyday)


def require_settling(desk: Desk, entity: str, scope: str) -> None:
    """Raise NotAllowed unless ``may_settle``."""
    if not may_settle(desk, entity, scope):
        raise NotAllowed(action=Action.RESOLVE_CONFLICT.value)


def may_put_back(desk: Desk, entity: str, field: str, scope: str) -> bool:
    """Whether a desk may write an earlier value into a field again: as its own everyday work, or by settling."""
    if may_settle(desk, entity, scope):
        return True
    everyday = ALLOWING.get(entity, frozenset())
    return field not in _STEPS and any(desk.may(action, scope, own=True) for action in everyday)
