"""Search-as-you-type over 400,000 invented persons in an encrypted vault: p50 and p95 of every key typed.

Also prints how fast the search index follows the persons (it is on the way of every arriving batch).

Run: ``python -m benchmarks.bench_search [PERSONS]``.
"""

import json
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.casework.search import find
from tarahum_desktop.models import Household, Membership, Person, RoleGrant, ScopeState, User
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey

OFFICER = uuid.UUID(int=7)
SCOPES = ("ryd", "jed", "est")
HOUSEHOLD_OF = 5
START_MS = 1_790_000_000_000
CHUNK = 10_000


def main() -> None:
    """Build, index, type, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlcipher(Path(folder) / "records.db", bytes(range(32)))
        upgrade(engine)
        indexing = fill(engine, count)
        replica = Replica(engine, 1, SigningKey.generate(), lambda: START_MS)
        print(f"persons {count:,}; index {count / indexing:,.0f} persons/s")
        report(replica)
        engine.dispose()


def fill(engine: Engine, count: int) -> float:
    """Write invented families; returns the seconds spent on the index alone."""
    index, spent = PersonIndex(), 0.0
    for people, households, members in families(count):
        with engine.begin() as connection:
            connection.execute(insert(Person), people)
            connection.execute(insert(Household), households)
            connection.execute(insert(Membership), members)
            begun = time.perf_counter()
            index.refresh(connection, [person["id"].bytes for person in people])
            spent += time.perf_counter() - begun
    with engine.begin() as connection:
        connection.execute(
            insert(User), [_row("ryd", id=OFFICER, login="o", name_ar="", name_en="", active=True)]
        )
        connection.execute(
            insert(RoleGrant),
            [_row("ryd", user_id=OFFICER, role="officer", scope_code=scope) for scope in SCOPES],
        )
        connection.execute(insert(ScopeState), [_state(scope) for scope in SCOPES])
    return spent


def families(count: int) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]]:
    """Chunks of persons with their households and memberships."""
    rng = random.Random(20261123)
    names = json.loads(resource("catalogue", "names.json").read_text())
    given = [_word(entry) for entry in (*names["male"], *names["female"])]
    families_ = [_word(entry) for entry in names["family"]]
    # People are not named evenly: the first few names of a country are borne by half of it.
    weights = [1 / (at + 3) for at in range(len(given))]
    made = 0
    while made < count:
        people, households, members = [], [], []
        for _ in range(min(CHUNK, count - made)):
            at = made + len(people)
            scope = SCOPES[at // HOUSEHOLD_OF % len(SCOPES)]
            parts = rng.choices(given, weights, k=3)
            person = _row(
                scope, id=make_id(START_MS - count + at, rng.getrandbits(74)), first_name=parts[0],
                father_name=parts[1], grandfather_name=parts[2], family_name=rng.choice(families_),
                gender="male", nationality="SA", id_kind="national_id", id_number=f"1{rng.randrange(10**9):09d}",
                mobile=f"+9665{rng.randrange(10**8):08d}", id_seen=True,
            )  # fmt: skip
            if at % HOUSEHOLD_OF == 0:
                households.append(
                    _row(scope, file_number=f"{scope.upper()}-2026-1-{at // HOUSEHOLD_OF:06d}",
                         committee_code=scope, head_person_id=person["id"])
                )  # fmt: skip
            people.append(person)
            members.append(
                _row(
                    scope,
                    household_id=households[-1]["id"],
                    person_id=person["id"],
                    relation="son",
                    resident=True,
                )
            )
        made += len(people)
        yield people, households, members


def _word(entry: Any) -> str:
    return str(entry["ar"] if isinstance(entry, dict) else entry)


def _row(scope: str, **values: Any) -> dict[str, Any]:
    return {"id": uuid.uuid4(), "scope": scope, "stamp": bytes(12), **values}


def _state(scope: str) -> dict[str, Any]:
    return {
        "scope": scope, "next_sequence": 1, "head": 0, "remote_position": 0, "acknowledged": 0,
        "digest": bytes(8), "row_count": 0, "complete": True,
    }  # fmt: skip


TYPED = (
    "محمد", "احمد الغامدي", "عبد الله بن سعد", "عبدالرحمن", "نوره القحطاني", "أحمد محمد", "فاطمة بنت علي", "سالم",
    "غامدي", "آل سعود", "1", "10", "1023456", "055", "0551234567", "+966 55", "RYD-2026-1-0004", "ryd-2026", "خالد ع ا",
)  # fmt: skip


def report(replica: Replica) -> None:
    """Type each text key by key, as a person would, and print the times."""
    desk = open_desk(replica, OFFICER)
    spent: list[tuple[float, str]] = []
    for typed in TYPED:
        for length in range(1, len(typed) + 1):
            begun = time.perf_counter()
            find(desk, typed[:length])
            spent.append((time.perf_counter() - begun, typed[:length]))
    times = sorted(second * 1000 for second, _ in spent)
    p95 = times[int(len(times) * 0.95)]
    print(
        f"keys {len(times)}; p50 {statistics.median(times):.1f} ms; p95 {p95:.1f} ms; worst {times[-1]:.1f} ms"
    )
    for second, typed in sorted(spent, reverse=True)[:8]:
        print(f"  {second * 1000:6.1f} ms  {typed}")


if __name__ == "__main__":
    main()
