"""A process that is killed while it imports: nothing is lost, nothing is there twice."""

import shutil
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on
from tarahum_desktop.models import Household, ImportMade, Person
from tests.casework.imports.sheets import checked
from tests.casework.imports.test_importing import numbered
from tests.casework.worlds import STAFF, reopen

ROOT = Path(__file__).parents[3]
IMPORTING = """
import sys
from pathlib import Path
from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.imports.saving import go_on
from tests.casework.worlds import STAFF, reopen
vault, replica = reopen(Path(sys.argv[1]))
for step in go_on(open_desk(replica, STAFF["office_admin"])):
    print(step.done, flush=True)
    sys.stdin.readline()
"""
PERSONS = 700


def test_a_killed_process_leaves_whole_portions_and_the_next_one_ends_them(furnished, tmp_path):
    folder = tmp_path / "vault"
    shutil.copytree(furnished[0], folder)
    vault, replica = reopen(folder)
    with vault:
        desk = open_desk(replica, STAFF["office_admin"])
        begin_import(desk, checked(desk, numbered(PERSONS), hold=False))
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTING, folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdin
        assert int(process.stdout.readline()) > 0
        process.stdin.write("\n")
        process.stdin.flush()  # it is in the middle of the next portion, or about to be
        process.kill()
    vault, replica = reopen(folder)
    with vault:
        *_, done = go_on(open_desk(replica, STAFF["office_admin"]))
        assert isinstance(done, Imported)
        assert done.accepted == PERSONS
        with replica.engine.connect() as connection:
            counts = {
                model: connection.execute(select(func.count()).select_from(model.__table__)).scalar_one()
                for model in (Household, Person, ImportMade)
            }
    assert counts == {Household: 1 + PERSONS, Person: 3 + PERSONS, ImportMade: 4 * PERSONS}
