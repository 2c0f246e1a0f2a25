"""Which screens a person finds in the side bar: those whose work their roles hold. Nothing rests on this but calm.

What a person may do is asked again by every use case; a screen that is not listed still opens from where it is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.ui.shell.screen import ScreenSpec

WORK: Final[Mapping[str, frozenset[Action]]] = MappingProxyType(
    {
        "calendar": frozenset({Action.VIEW_CASE}),
        "prison": frozenset({Action.RECORD_CUSTODY, Action.ANSWER_REQUEST}),
        "approvals": frozenset(
            {Action.PROPOSE_PLAN, Action.KEEP_MINUTE, Action.APPROVE_L1, Action.APPROVE_L4}
        ),
        "giving": frozenset({Action.RECORD_DELIVERY, Action.MAKE_PAYMENTS, Action.KEEP_FUNDS}),
        "review": frozenset({Action.RESOLVE_CONFLICT, Action.MERGE_PEOPLE}),
        "moving": frozenset({Action.ASSIGN_CASE, Action.TRANSFER_CASE}),
        "amending": frozenset({Action.DECIDE_AMENDMENT, Action.AMEND_VISIT}),
        "partners": frozenset({Action.REFER_PERSON, Action.MANAGE_AGREEMENTS}),
        "imports": frozenset({Action.IMPORT_REGISTER}),
        "catalogue": frozenset({Action.MANAGE_CATALOGUE}),
        "forms": frozenset({Action.PUBLISH_FORM, Action.MANAGE_CATALOGUE}),
    }
)
"""Any one of these, anywhere, shows the screen; screens that are not named are everybody's."""


def for_person(specs: Sequence[ScreenSpec], desk: Desk) -> list[ScreenSpec]:
    """The specs with those out of the side bar that hold no work for this person."""
    return [replace(spec, in_navigation=spec.in_navigation and _has_work(spec.id, desk)) for spec in specs]


def _has_work(screen_id: str, desk: Desk) -> bool:
    actions = WORK.get(screen_id)
    scopes = {grant.scope_code for grant in desk.grants}
    return actions is None or any(desk.may(action, scope, own=True) for action in actions for scope in scopes)
