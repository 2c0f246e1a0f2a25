"""Who may do what, where and when: one table of action, role and reach.

The table is checked in use cases and again when a batch is applied, so it must be pure: the day is
passed in, and grants are plain values. Nobody administers the program and reads cases by one role.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.approval import ApprovalLevel

NATIONAL: Final = "national"
_RESTRICTED: Final = "restricted"
_SCOPE_CODE: Final = re.compile(r"national|[a-z]{3}(?:/[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?")


class Role(StrEnum):
    """Roles a grant may name; the two transfer roles are derived from a supervisor's place in a transfer."""

    FIELD_OFFICER = "officer"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    PANEL = "panel"
    OFFICE_ADMIN = "office_admin"
    ANALYST = "analyst"
    EXECUTIVE = "executive"
    SYSTEM_ADMIN = "system_admin"
    RECEIVING_SUPERVISOR = "receiving_supervisor"
    SENDING_SUPERVISOR = "sending_supervisor"


DERIVED_ROLES: Final = frozenset({Role.RECEIVING_SUPERVISOR, Role.SENDING_SUPERVISOR})


class Action(StrEnum):
    """What a person may want to do."""

    SEARCH = "search"
    VIEW_PERSON = "view_person"
    VIEW_CASE = "view_case"
    VIEW_HEALTH = "view_health"
    VIEW_CRIMINAL = "view_criminal"
    VIEW_CREDIT = "view_credit"
    RECORD_VISIT = "record_visit"
    SUBMIT_VISIT = "submit_visit"
    AMEND_VISIT = "amend_visit"
    REGISTER_PERSON = "register_person"
    REGISTER_HOUSEHOLD = "register_household"
    REGISTER_CASE = "register_case"
    RECORD_CUSTODY = "record_custody"
    MOVE_CASE = "move_case"
    PROPOSE_PLAN = "propose_plan"
    APPROVE_L1 = "approve_l1"
    APPROVE_L2 = "approve_l2"
    APPROVE_L3 = "approve_l3"
    APPROVE_L4 = "approve_l4"
    RECORD_DELIVERY = "record_delivery"
    VIEW_FIGURES = "view_figures"
    PRINT = "print"
    EXPORT = "export"
    RESOLVE_CONFLICT = "resolve_conflict"
    HANDLE_RIGHTS = "handle_rights"
    VIEW_AUDIT = "view_audit"
    EXCHANGE = "exchange"
    BACK_UP = "back_up"
    MANAGE_AGREEMENTS = "manage_agreements"
    MANAGE_USERS = "manage_users"
    MANAGE_DEVICES = "manage_devices"
    WATCH_DEVICES = "watch_devices"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_SCOPE = "manage_scope"
    DECIDE_AMENDMENT = "decide_amendment"
    ASSIGN_CASE = "assign_case"
    RESTRICT_CASE = "restrict_case"
    TRANSFER_CASE = "transfer_case"
    REFER_PERSON = "refer_person"
    MERGE_PEOPLE = "merge_people"
    IMPORT_REGISTER = "import_register"
    KEEP_MINUTE = "keep_minute"
    KEEP_FUNDS = "keep_funds"
    MAKE_PAYMENTS = "make_payments"
    RUN_COURSE = "run_course"
    ANSWER_REQUEST = "answer_request"
    PUBLISH_FORM = "publish_form"
    CARRY_POUCH = "carry_pouch"
    REGISTER_STICK = "register_stick"


class Reach(StrEnum):
    """How far an action goes from the place a grant names."""

    OWN_CASELOAD = "own_caseload"
    """Where the grant covers, and only cases assigned to the person."""
    TEAM = "team"
    """Where the grant covers: the team, or for a committee grant the committee and its teams."""
    COMMITTEE = "committee"
    """The whole committee, even from a grant to one of its teams."""
    NATIONAL = "national"
    """Every committee, when the grant itself is national; otherwise as ``COMMITTEE``."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a scope, from the first to the last day (both included; ``None`` is open)."""

    role: Role
    scope_code: str
    first_day: date
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the grant is in force."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


_READ: Final = (Action.VIEW_PERSON, Action.VIEW_CASE)
_SENSITIVE: Final = (Action.VIEW_HEALTH, Action.VIEW_CRIMINAL, Action.VIEW_CREDIT)
_REGISTER: Final = (Action.REGISTER_PERSON, Action.REGISTER_HOUSEHOLD, Action.REGISTER_CASE)
_VISIT: Final = (Action.RECORD_VISIT, Action.SUBMIT_VISIT)
_EVERYDAY: Final = (Action.MOVE_CASE, Action.PRINT, Action.EXCHANGE, Action.CARRY_POUCH)
_SERVE: Final = (Action.RECORD_DELIVERY, Action.RUN_COURSE, Action.ANSWER_REQUEST)
_LEAD: Final = (
    Action.DECIDE_AMENDMENT,
    Action.ASSIGN_CASE,
    Action.RESTRICT_CASE,
    Action.TRANSFER_CASE,
    Action.MERGE_PEOPLE,
)
_OFFICE: Final = (
    Action.IMPORT_REGISTER,
    Action.KEEP_FUNDS,
    Action.MAKE_PAYMENTS,
    Action.MERGE_PEOPLE,
    Action.REGISTER_STICK,
)

PERMISSIONS: Final[Mapping[tuple[Role, Reach], frozenset[Action]]] = MappingProxyType(
    {
        (Role.FIELD_OFFICER, Reach.OWN_CASELOAD): frozenset({*_SENSITIVE, Action.AMEND_VISIT}),
        (Role.FIELD_OFFICER, Reach.TEAM): frozenset(
            {*_READ, *_REGISTER, *_VISIT, *_EVERYDAY, *_SERVE, Action.RECORD_CUSTODY}
            | {Action.PROPOSE_PLAN, Action.REFER_PERSON},
        ),
        (Role.FIELD_OFFICER, Reach.COMMITTEE): frozenset({Action.SEARCH}),
        (Role.CLERK, Reach.TEAM): frozenset(
            {*_READ, *_REGISTER, *_EVERYDAY, *_SERVE, Action.VIEW_CRIMINAL, Action.RECORD_CUSTODY},
        ),
        (Role.CLERK, Reach.COMMITTEE): frozenset({Action.SEARCH}),
        (Role.SUPERVISOR, Reach.TEAM): frozenset(
            {*_READ, *_SENSITIVE, *_REGISTER, *_VISIT, *_EVERYDAY, *_SERVE, *_LEAD, Action.AMEND_VISIT}
            | {
                Action.RECORD_CUSTODY,
                Action.PROPOSE_PLAN,
                Action.APPROVE_L1,
                Action.KEEP_MINUTE,
                Action.REFER_PERSON,
            }
            | {Action.VIEW_FIGURES, Action.EXPORT, Action.RESOLVE_CONFLICT, Action.HANDLE_RIGHTS},
        ),
        (Role.SUPERVISOR, Reach.COMMITTEE): frozenset({Action.SEARCH}),
        (Role.PANEL, Reach.COMMITTEE): frozenset(
            {*_READ, *_SENSITIVE, *_EVERYDAY, Action.SEARCH, Action.VIEW_FIGURES}
            | {Action.APPROVE_L1, Action.APPROVE_L2, Action.APPROVE_L3, Action.KEEP_MINUTE},
        ),
        (Role.OFFICE_ADMIN, Reach.COMMITTEE): frozenset(
            {*_READ, *_REGISTER, *_EVERYDAY, *_SERVE, *_OFFICE, Action.SEARCH, Action.VIEW_CREDIT}
            | {Action.RECORD_CUSTODY, Action.ASSIGN_CASE, Action.REFER_PERSON, Action.KEEP_MINUTE}
            | {Action.VIEW_FIGURES, Action.EXPORT, Action.RESOLVE_CONFLICT}
            | {Action.HANDLE_RIGHTS, Action.BACK_UP, Action.MANAGE_AGREEMENTS, Action.WATCH_DEVICES},
        ),
        (Role.ANALYST, Reach.NATIONAL): frozenset(
            {*_READ, Action.SEARCH, Action.VIEW_FIGURES, Action.PRINT, Action.EXPORT}
            | {Action.RESOLVE_CONFLICT, Action.EXCHANGE, Action.BACK_UP, Action.MANAGE_AGREEMENTS}
            | {Action.WATCH_DEVICES},
        ),
        (Role.EXECUTIVE, Reach.COMMITTEE): frozenset(
            {*_READ, *_SENSITIVE, *_EVERYDAY, Action.SEARCH, Action.HANDLE_RIGHTS, Action.KEEP_MINUTE}
            | {
                Action.TRANSFER_CASE,
                Action.RESTRICT_CASE,
                Action.KEEP_FUNDS,
                Action.APPROVE_L1,
                Action.APPROVE_L2,
                Action.APPROVE_L4,
                Action.VIEW_AUDIT,
                Action.WATCH_DEVICES,
            },
        ),
        (Role.EXECUTIVE, Reach.NATIONAL): frozenset(
            {Action.VIEW_FIGURES, Action.EXPORT, Action.MANAGE_AGREEMENTS}
        ),
        (Role.SYSTEM_ADMIN, Reach.NATIONAL): frozenset(
            {Action.MANAGE_USERS, Action.MANAGE_DEVICES, Action.MANAGE_CATALOGUE, Action.MANAGE_SCOPE}
            | {Action.PUBLISH_FORM, Action.VIEW_AUDIT, Action.EXCHANGE, Action.BACK_UP, Action.WATCH_DEVICES},
        ),
    },
)
"""The one table. The executive director enters what the board (L4) decided, with the minute's number."""

_APPROVALS: Final[Mapping[ApprovalLevel, Action]] = MappingProxyType(
    {
        ApprovalLevel.L1: Action.APPROVE_L1,
        ApprovalLevel.L2: Action.APPROVE_L2,
        ApprovalLevel.L3: Action.APPROVE_L3,
        ApprovalLevel.L4: Action.APPROVE_L4,
    },
)


def approve_action(level: ApprovalLevel) -> Action:
    """Return the action of approving a plan item at a level."""
    return _APPROVALS[level]


def role_reach(role: Role, action: Action) -> Reach | None:
    """Return how far a role carries an action, or ``None`` when it does not."""
    return next((reach for reach in Reach if action in PERMISSIONS.get((role, reach), ())), None)


def may(grants: Sequence[Grant], action: Action, scope_code: str, day: date, *, own: bool = False) -> bool:
    """Tell whether any grant in force on ``day`` allows the action in a scope.

    ``own`` says that the case is assigned to the person; only caseload-bound actions need it.
    An unknown form of scope code is never allowed.
    """
    return any(
        _covers(grant.scope_code, scope_code, reach) and (own or reach is not Reach.OWN_CASELOAD)
        for grant in grants
        if grant.holds_on(day) and (reach := role_reach(grant.role, action)) is not None
    )


def roles_in(grants: Sequence[Grant], scope_code: str, day: date) -> frozenset[Role]:
    """Return the granted roles that count in a scope on a day (as for ``Reach.TEAM``)."""
    return frozenset(
        grant.role
        for grant in grants
        if grant.role not in DERIVED_ROLES
        and grant.holds_on(day)
        and _covers(grant.scope_code, scope_code, Reach.TEAM)
    )


def transfer_roles(grants: Sequence[Grant], sending: str, receiving: str, day: date) -> frozenset[Role]:
    """Return the derived roles of a person in a transfer between two scopes."""
    sides = {Role.SENDING_SUPERVISOR: sending, Role.RECEIVING_SUPERVISOR: receiving}
    return frozenset(role for role, scope in sides.items() if Role.SUPERVISOR in roles_in(grants, scope, day))


def committee_of(scope_code: str) -> str:
    """Return the committee part of a scope code; ``national`` is its own."""
    return scope_code.partition("/")[0]


def _covers(granted: str, wanted: str, reach: Reach) -> bool:
    """Tell whether a grant's scope reaches another; restricted scopes are reached by their own grant only."""
    if not (_SCOPE_CODE.fullmatch(granted) and _SCOPE_CODE.fullmatch(wanted)):
        return False
    if granted == wanted:
        return True
    if _is_restricted(granted) or _is_restricted(wanted):
        return False
    if granted == NATIONAL:
        return reach is Reach.NATIONAL
    if reach in {Reach.COMMITTEE, Reach.NATIONAL}:
        return committee_of(granted) == committee_of(wanted)
    return committee_of(wanted) == granted


def _is_restricted(scope_code: str) -> bool:
    return scope_code.partition("/")[2] == _RESTRICTED
