"""A centre whose log has many small entries, and ways to let them grow old."""

import datetime as dt
import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tarahum_desktop.models import BatchLog, Household, Person
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.replica import Replica
from tarahum_server.compaction import Compacted, compact
from tests.sync.lines import enrol, meet
from tests.sync.worlds import SCOPE, Wall, World, a_household, a_person, writing

LOG = BatchLog.__table__


def newcomer(world: World, centre: Replica, number: int, wall: Wall | None = None) -> Replica:
    replica = world.replica(number, wall)
    enrol(world, centre, number)
    return replica


def add_homes(replica: Replica, count: int, prefix: str = "H") -> list[uuid.UUID]:
    with writing(replica) as session:
        homes = [a_household(file_number=f"{prefix}-{n}") for n in range(count)]
        session.add_all(homes)
        session.commit()
        return [home.id for home in homes]


def add_person(replica: Replica, **values: object) -> uuid.UUID:
    with writing(replica) as session:
        person = a_person(**values)
        session.add(person)
        session.commit()
        return person.id


def edit(
    replica: Replica, kind: type, row_id: uuid.UUID, author: uuid.UUID | None = None, **values: object
) -> None:
    with writing(replica, author) as session:
        row = session.get_one(kind, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def busy_days(world: World, centre: Replica, *devices: Replica, days: int = 5) -> None:
    """Each device registers a family and corrects one a day, and exchanges."""
    for day in range(days):
        for device in devices:
            (home,) = add_homes(device, 1, f"D{device.device}-{day}")
            person = add_person(device, family_name=f"ع{day}")
            edit(device, Household, home, rooms=day % 7, head_person_id=person)
            edit(device, Person, person, id_number=f"19000{device.device}{day:04}")
            meet(world, device, centre)


def pack(centre: Replica) -> Compacted:
    """Pack all there is."""
    return compact(centre, tomorrow(centre))


def drop(centre: Replica) -> Compacted:
    """Pack and drop all there is."""
    return compact(centre, tomorrow(centre), tomorrow(centre))


def tomorrow(centre: Replica) -> dt.datetime:
    return from_milliseconds(centre.wall()) + dt.timedelta(days=1)


def packs_in(replica: Replica, scope: str = SCOPE) -> int:
    query = select(func.count()).where(LOG.c.scope == scope, LOG.c.device == PACK_DEVICE)
    with replica.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def entries_in(replica: Replica, scope: str = SCOPE) -> int:
    with replica.engine.connect() as connection:
        return connection.execute(select(func.count()).where(LOG.c.scope == scope)).scalar_one()


def payloads_of(replica: Replica, scope: str = SCOPE) -> list[bytes]:
    with replica.engine.connect() as connection:
        query = select(LOG.c.payload).where(LOG.c.scope == scope).order_by(LOG.c.position)
        return list(connection.execute(query).scalars())


def home_count(replica: Replica) -> int:
    with Session(replica.engine) as session:
        return session.query(Household).count()
