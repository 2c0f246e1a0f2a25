"""Facts mended where they are read: how to reach somebody, where the family lives, that somebody left the household.

Each is an edit of the row itself, so it is captured, travels, and shows in the history of its field. What a visit learns
about people goes by the visit form; names, births and identity numbers are corrected there and never in passing.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.identifiers import Checked, check_mobile, check_short_address
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean, clean_lines
from tarahum_desktop.models import Household, Membership, Person

LEAVING_REASONS: Final = ("moved_out", "married", "died", "mistake")
"""Who went to prison stays of the family, so that is not among them."""
ADDRESS_FIELDS: Final = ("district", "directions", "short_address")
CONTACT_FIELDS: Final = ("mobile", "mobile_alt", "contact_preference")
_LONGEST: Final = 500
_EDIT: Final = (Action.REGISTER_PERSON, Action.REGISTER_HOUSEHOLD)


class EditRefused(CaseworkError):
    """An edit that cannot be right: ``leaving_day``, ``leaving_reason``, ``left_already``, ``head_leaves``."""

    code = "edit_refused"


def may_edit_facts(desk: Desk, scope: str) -> bool:
    """Whether this person keeps the facts of families there."""
    return all(desk.may(action, scope) for action in _EDIT)


def edit_contact(desk: Desk, person_id: uuid.UUID, entered: Mapping[str, str]) -> tuple[str, ...]:
    """Set how somebody is reached; an empty value takes it away. Returns the codes of warnings, which block nothing.

    Raises:
        RecordMissing, NotAllowed.
    """
    warnings: list[str] = []
    with UnitOfWork(desk) as work:
        person = work.session.get(Person, person_id)
        if person is None or person.removed_at is not None:
            raise RecordMissing(entity="person")
        desk.require(Action.REGISTER_PERSON, person.scope)
        for name in CONTACT_FIELDS:
            if name in entered:
                setattr(person, name, _checked(name, entered[name], warnings))
    return tuple(warnings)


def edit_address(desk: Desk, household_id: uuid.UUID, entered: Mapping[str, str]) -> tuple[str, ...]:
    """Set where the family lives; an empty value takes it away. Returns the codes of warnings, which block nothing.

    Raises:
        RecordMissing, NotAllowed.
    """
    warnings: list[str] = []
    with UnitOfWork(desk) as work:
        home = work.session.get(Household, household_id)
        if home is None or home.removed_at is not None:
            raise RecordMissing(entity="household")
        desk.require(Action.REGISTER_HOUSEHOLD, home.scope)
        for name in ADDRESS_FIELDS:
            if name in entered:
                setattr(home, name, _checked(name, entered[name], warnings))
    return tuple(warnings)


def end_membership(desk: Desk, membership_id: uuid.UUID, last_day: dt.date, reason: str) -> None:
    """Say that somebody left the household; the membership stays on record with its days and the reason.

    Raises:
        RecordMissing, NotAllowed.
        EditRefused: ``leaving_day`` in the future or before the membership began, ``leaving_reason`` not of the list,
            ``left_already``, or ``head_leaves``: another head is named on a visit first.
    """
    if reason not in LEAVING_REASONS:
        raise EditRefused("leaving_reason")
    with UnitOfWork(desk) as work:
        membership = work.session.get(Membership, membership_id)
        if membership is None or membership.removed_at is not None:
            raise RecordMissing(entity="membership")
        desk.require(Action.REGISTER_PERSON, membership.scope)
        if membership.last_day is not None:
            raise EditRefused("left_already")
        home = work.session.get(Household, membership.household_id)
        if home is not None and home.head_person_id == membership.person_id:
            raise EditRefused("head_leaves")
        began = membership.first_day or dt.date.min
        if not began <= last_day <= desk.today():
            raise EditRefused("leaving_day")
        membership.last_day, membership.end_reason = last_day, reason


def _checked(name: str, text: str, warnings: list[str]) -> str | None:
    """The value as it is kept; what looks wrong is kept all the same, with a warning."""
    said = clean_lines(text)[:_LONGEST] if name == "directions" else clean(text)[:_LONGEST]
    if not said:
        return None
    check: Any = {
        "mobile": check_mobile,
        "mobile_alt": check_mobile,
        "short_address": check_short_address,
    }.get(name)
    if check is None:
        return said
    checked: Checked = check(said)
    if checked.warning:
        warnings.append(checked.warning)
    return checked.value or said
