"""The year's published totals, as planned and as a database counts them, so that a load can prove itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from tarahum_desktop.models import Delivery, Person, PlanItem, Service
from tarahum_desktop.synthetic.plan import Plan


@dataclass(frozen=True, slots=True)
class Totals:
    """Services delivered, distinct people by identity number, and services by track."""

    services: int
    people: int
    tracks: Mapping[str, int]


def planned_totals(plan: Plan) -> Totals:
    """What the year's margins promise at the plan's scale."""
    tracks: Counter[str] = Counter()
    people = set()
    for code in plan.committees:
        for slot in plan.slots(code):
            people.add(slot.number)
            tracks.update(plan.world.services[service].track for service in slot.services)
    return Totals(tracks.total(), len(people), dict(tracks))


def stored_totals(connection: Connection) -> Totals:
    """The same counted anew from plan items that were delivered."""
    delivered = PlanItem.id.in_(select(Delivery.plan_item_id))
    by_track = (
        select(Service.track_code, func.count().label("services"))
        .join(PlanItem, PlanItem.service_code == Service.code)
        .where(delivered)
        .group_by(Service.track_code)
    )
    tracks = {row.track_code: row.services for row in connection.execute(by_track)}
    people = select(func.count(func.distinct(Person.id_number))).where(
        Person.id.in_(select(Delivery.person_id))
    )
    services = select(func.count()).select_from(PlanItem).where(delivered)
    return Totals(connection.scalar(services) or 0, connection.scalar(people) or 0, tracks)
