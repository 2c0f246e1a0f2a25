"""How a household may change hands: between committees, into and out of restriction, between caseloads."""

from enum import StrEnum
from typing import Final

from tarahum_desktop.domain.permissions import NATIONAL, committee_of

_RESTRICTED: Final = "restricted"
_SUB: Final = "/"


class RelocationKind(StrEnum):
    """Why a household moves."""

    TRANSFER = "transfer"
    RESTRICT = "restrict"
    UNRESTRICT = "unrestrict"
    ASSIGN = "assign"


class RelocationState(StrEnum):
    """Where an offer stands. Within a committee nobody is asked: such a move is ordered."""

    OFFERED = "offered"
    ORDERED = "ordered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def restricted_scope(scope: str) -> str:
    """The scope of a committee's restricted cases; only who holds a grant of its own reads it."""
    return f"{committee_of(scope)}{_SUB}{_RESTRICTED}"


def is_restricted(scope: str) -> bool:
    """Whether a scope is one of restricted cases."""
    return scope.partition(_SUB)[2] == _RESTRICTED


def transfer_target(from_scope: str, committee: str) -> str:
    """Where a household arrives at another committee: a restricted one stays restricted."""
    return restricted_scope(committee) if is_restricted(from_scope) else committee


def may_go(kind: RelocationKind, from_scope: str, to_scope: str) -> bool:
    """Whether a move of this kind may lead from one scope to another."""
    if from_scope == to_scope or NATIONAL in {from_scope, to_scope}:
        return False
    here, there = is_restricted(from_scope), is_restricted(to_scope)
    if kind is RelocationKind.TRANSFER:
        return committee_of(from_scope) != committee_of(to_scope) and to_scope == transfer_target(
            from_scope, committee_of(to_scope)
        )
    if committee_of(from_scope) != committee_of(to_scope):
        return False
    return (here, there) == {
        RelocationKind.RESTRICT: (False, True),
        RelocationKind.UNRESTRICT: (True, False),
        RelocationKind.ASSIGN: (False, False),
    }[kind]
