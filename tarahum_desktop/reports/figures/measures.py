"""What each figure counts. One definition each, run by the database; the same statement on SQLite and PostgreSQL.

Every measure takes ``(connection, period, only, by)`` and returns ``{group: value}``, the group a tuple with one text
for each dimension of ``by``; without ``by`` the one group is ``()``. Only confirmed deliveries that were not removed
count, by their day of delivery, in the committee that delivered, for the kind the person was on that day.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, distinct, func, select

from tarahum_desktop.models import Delivery, Household, Person, Service, Visit
from tarahum_desktop.reports.figures.one_person import joined, standing, standing_id
from tarahum_desktop.reports.figures.slices import ALL, Dimension, FigureError, Only, Period

Groups = dict[tuple[str, ...], int]
Measure = Callable[..., Groups]
_DELIVERY: Any = Delivery.__table__
_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_SERVICE: Any = Service.__table__
_VISIT: Any = Visit.__table__
_NATIONAL_KINDS: Final = ("national_id", "iqama")
_MET: Final = "done"
_SLICED: Final = ("delivered_on", "committee_code", "service_code", "person_kind", "person_id")


def services_provided(
    connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()
) -> Groups:
    """Services provided (خدمة منفذة): plan items whose first confirmed delivery lies in the period.

    A monthly food card is one service however often it is charged; its charges are deliveries. An item begun in an
    earlier period was counted there, so periods add up.
    """
    turn = func.row_number().over(
        partition_by=_DELIVERY.c.plan_item_id, order_by=(_DELIVERY.c.delivered_on, _DELIVERY.c.id)
    )
    columns = (_DELIVERY.c[name] for name in _SLICED)
    # Only days up to the period's end matter to what came first in it.
    numbered = select(*columns, turn.label("turn")).where(
        *_confirmed(), _DELIVERY.c.delivered_on <= period.last
    )
    given = numbered.subquery("given")
    first_ones = (given.c.turn == 1, given.c.delivered_on >= period.first)
    return _grouped(connection, given, func.count(), first_ones, only, by)


def deliveries(
    connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()
) -> Groups:
    """Deliveries (عملية تسليم): confirmed hand-overs, payments, sessions and completions."""
    return _over_deliveries(connection, period, func.count(), only, by)


def direct_beneficiaries(
    connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()
) -> Groups:
    """Direct beneficiaries (مستفيد مباشر): distinct persons named by a delivery.

    A person with a national id or iqama is one person by that number, in however many committees; one without is one
    by their record, or by the record theirs was merged into. Counted once in each group, so groups may add up to more
    than the whole.
    """
    number = standing("id_number")
    numbered = standing("id_kind").in_(_NATIONAL_KINDS) & (func.coalesce(number, "") != "")
    by_number = func.count(distinct(case((numbered, number))))
    by_record = func.count(distinct(case((numbered.is_not(True), standing_id(_DELIVERY)))))
    return _over_deliveries(connection, period, by_number + by_record, only, by, with_person=True)


def households_served(
    connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()
) -> Groups:
    """Households served (أسرة مخدومة): distinct households with a delivery."""
    return _over_deliveries(connection, period, func.count(distinct(_DELIVERY.c.household_id)), only, by)


def amount_halalas(
    connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()
) -> Groups:
    """Halalas of confirmed deliveries; in kind at its recorded value."""
    total = func.coalesce(func.sum(_DELIVERY.c.amount_halalas), 0)
    return _over_deliveries(connection, period, total, only, by)


def visits(connection: Connection, period: Period, only: Only = ALL, by: Sequence[Dimension] = ()) -> Groups:
    """Visits at which the family was met, by the day of the visit; known by committee alone.

    Raises:
        FigureError: asked for by service, track, kind or sex.
    """
    wanted = only.wanted()
    if {*wanted, *by} - {Dimension.COMMITTEE}:
        raise FigureError
    columns = [_HOUSEHOLD.c.committee_code.label(dimension.value) for dimension in by]
    query: Select[Any] = (
        select(*columns, func.count())
        .select_from(_VISIT)
        .where(
            _VISIT.c.visited_on.between(period.first, period.last),
            _VISIT.c.outcome == _MET,
            _VISIT.c.removed_at.is_(None),
        )
    )
    if columns or wanted:
        query = query.join(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
    if wanted:
        query = query.where(_HOUSEHOLD.c.committee_code == only.committee)
    return _read(connection, query, columns)


MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "services_provided": services_provided,
        "deliveries": deliveries,
        "direct_beneficiaries": direct_beneficiaries,
        "households_served": households_served,
        "visits": visits,
        "amount_halalas": amount_halalas,
    }
)


def _confirmed() -> tuple[ColumnElement[bool], ...]:
    return (_DELIVERY.c.confirmed_at.is_not(None), _DELIVERY.c.removed_at.is_(None))


def _over_deliveries(
    connection: Connection,
    period: Period,
    value: ColumnElement[Any],
    only: Only,
    by: Sequence[Dimension],
    *,
    with_person: bool = False,
) -> Groups:
    within = (*_confirmed(), _DELIVERY.c.delivered_on.between(period.first, period.last))
    return _grouped(connection, _DELIVERY, value, within, only, by, with_person=with_person)


def _grouped(
    connection: Connection,
    given: FromClause,
    value: ColumnElement[Any],
    conditions: Sequence[ColumnElement[bool]],
    only: Only,
    by: Sequence[Dimension],
    *,
    with_person: bool = False,
) -> Groups:
    """Count over deliveries, joining persons and services only where a dimension asks for them."""
    columns: dict[Dimension, ColumnElement[Any]] = {
        Dimension.COMMITTEE: given.c.committee_code,
        Dimension.TRACK: _SERVICE.c.track_code,
        Dimension.SERVICE: given.c.service_code,
        Dimension.KIND: given.c.person_kind,
        Dimension.SEX: _PERSON.c.gender,
    }
    wanted = only.wanted()
    asked = {*wanted, *by}
    groups = [columns[dimension].label(dimension.value) for dimension in by]
    query: Select[Any] = select(*groups, value).select_from(given).where(*conditions)
    if with_person:
        query = joined(query, given)
    elif Dimension.SEX in asked:
        query = query.outerjoin(_PERSON, _PERSON.c.id == given.c.person_id)
    if Dimension.TRACK in asked:
        query = query.outerjoin(_SERVICE, _SERVICE.c.code == given.c.service_code)
    for dimension, limit in wanted.items():
        query = query.where(columns[dimension] == limit)
    return _read(connection, query, groups)


def _read(connection: Connection, query: Select[Any], groups: Sequence[ColumnElement[Any]]) -> Groups:
    rows = connection.execute(query.group_by(*groups) if groups else query)
    return {tuple(str(part or "") for part in row[:-1]): int(row[-1]) for row in rows}
