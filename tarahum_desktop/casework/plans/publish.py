"""Publishing rules: headquarters replaces a service's rules from a day on; what was decided keeps the rules it had."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.rules import RulesInForce, history
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.domain.service_rules import RulesRefused, check_rules
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Service, ServiceRulesVersion

_SERVICE: Any = Service.__table__
_LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class NewRules:
    """A version to publish; ``rules`` is a document of ``domain.service_rules`` (halalas, days, months by name)."""

    service_code: str
    first_day: dt.date
    level: str
    amount_kind: str
    kinds: Sequence[str]
    rules: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All services with every version of their rules, and whether this person publishes."""

    services: Mapping[str, Sequence[RulesInForce]]
    today: dt.date
    may_publish: bool


def rules_catalogue(desk: Desk) -> Catalogue:
    """The catalogue as it stands on this machine."""
    with desk.reading() as connection:
        return Catalogue(history(connection), desk.today(), desk.may(Action.MANAGE_CATALOGUE, NATIONAL))


def publish_rules(desk: Desk, wanted: NewRules) -> uuid.UUID:
    """Publish a version; it reaches every office with the next exchange.

    Raises:
        NotAllowed: only who manages the catalogue publishes.
        RecordMissing: no such service.
        RulesRefused: an unknown kind, level or fund, a number that is negative or too large, a first day in the past
            (``rules_day_past``) or before a version that is to come (``rules_not_later``).
    """
    desk.require(Action.MANAGE_CATALOGUE, NATIONAL)
    check_rules(wanted.level, wanted.amount_kind, wanted.kinds, wanted.rules)
    if wanted.first_day < desk.today():
        raise RulesRefused("rules_day_past")
    with UnitOfWork(desk) as work:
        connection = work.session.connection()
        service = connection.execute(
            select(_SERVICE).where(_SERVICE.c.code == wanted.service_code).limit(1)
        ).one_or_none()
        if service is None:
            raise RecordMissing(entity="service")
        before = history(connection, wanted.service_code)[wanted.service_code]
        if any(one.first_day is not None and one.first_day > wanted.first_day for one in before):
            raise RulesRefused("rules_not_later")
        row = ServiceRulesVersion(
            scope=NATIONAL, service_code=wanted.service_code, version=max(one.version for one in before) + 1,
            first_day=wanted.first_day, kinds=sorted(set(wanted.kinds)), rules=dict(wanted.rules),
            approval_level=wanted.level, amount_kind=wanted.amount_kind, evidence=service.evidence,
            note=clean_lines(wanted.note)[:_LONGEST_NOTE] or None,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        return row.id
