"""The scene of the families desk plays real use cases."""

from tarahum_desktop.casework.saved_lists.saved_lists import saved_lists
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.search.lists import Filters, Wish, browse
from tarahum_desktop.demo.scenes.families import play
from tarahum_desktop.models import User
from tests.casework.conftest import furnished, office  # noqa: F401 - fixtures
from tests.casework.worlds import SCOPE, STAFF


def test_the_scene_registers_families_that_can_be_found_and_keeps_lists(office):  # noqa: F811 - the fixture
    with office.replica.engine.begin() as connection:
        connection.execute(
            User.__table__.update().where(User.id == STAFF["officer"]).values(committee_code=SCOPE)
        )
    play(lambda _login: office.desk())
    assert find(office.desk(), "عبدالرحمن الشمري")
    assert find(office.desk(), "روى")[0].head_name == "منيرة بنت صالح بن عبد الله القحطاني"
    assert find(office.desk(), "ال حمد")
    assert len(saved_lists(office.desk())) == 2
    assert browse(office.desk(), Wish(filters=Filters(children=True, women=True))).total == 2
