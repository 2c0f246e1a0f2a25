"""Two machines of one committee, a supervisor at one and an office admin at the other, and batches carried by hand."""

from dataclasses import dataclass
from pathlib import Path

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.models import RoleGrant, User
from tarahum_desktop.sync.replica import Replica
from tests.casework.worlds import SCOPE, STAFF, add
from tests.sync.worlds import Wall, World, send

PEOPLE = ("officer", "supervisor", "office_admin", "clerk")


@dataclass
class TwoOffices:
    """``a`` and ``b`` hold the same rows once ``meet`` was called."""

    world: World
    a: Replica
    b: Replica
    wall: Wall

    def desk(self, replica: Replica, role: str = "supervisor") -> Desk:
        return open_desk(replica, STAFF[role])

    def meet(self) -> None:
        """Carry everything new both ways until nothing is left."""
        for scope in ("national", SCOPE):
            for sender, receiver in ((self.a, self.b), (self.b, self.a), (self.a, self.b)):
                while payload := send(sender, scope):
                    self.world.receive(receiver, payload)
        self.wall.now += 60_000


def two_offices(folder: Path) -> TwoOffices:
    world, wall = World(folder), Wall()
    place = TwoOffices(world, world.replica(2, wall), world.replica(3, wall), wall)
    place.a.keeps_history = place.b.keeps_history = True  # as desktops do
    for role in PEOPLE:
        user = User(
            id=STAFF[role], scope="national", login=role, name_ar=f"موظف {role}", name_en=role, active=True
        )
        add(place.a, user, RoleGrant(scope="national", user_id=STAFF[role], role=role, scope_code=SCOPE))
    place.meet()
    return place
