"""Invented families in the shape of a committee's year, for the benchmarks that need hundreds of thousands."""

import datetime as dt
import json
import random
import uuid
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.models.ids import make_id
from tarahum_desktop.resource_files import resource

FAMILY: Final = 5
_FAMILIES_OF_AN_OFFICER: Final = 200
_SEED: Final = 20261123
_TABLES: Final = (
    "person", "household", "membership", "case_file", "case_move", "custody_episode", "follow_up", "visit",
    "matrix_rating", "plan_item", "delivery",
)  # fmt: skip
_REGISTERED_TWICE: Final = 0.01
_PROPOSED, _APPROVED = 0.02, 0.06
Row = dict[str, Any]


class Families:
    """Makes rows of families: five persons, one of them in custody, a case, a visit done and one to come.

    Ids follow each other in time, as they do where people enter families one after the other.
    """

    def __init__(self, staff: tuple[uuid.UUID, uuid.UUID], today: dt.date, clock: int, step: int) -> None:
        self._officer, self._admin = staff
        self._today, self._clock, self._step = today, clock, step
        self._random = random.Random(_SEED)
        names = json.loads(resource("catalogue", "names.json").read_text("utf-8"))
        self._given = [_word(entry) for entry in (*names["male"], *names["female"])]
        self._houses = [_word(entry) for entry in names["family"]]
        # People are not named evenly: the first few names of a country are borne by half of it.
        self._weights = [1 / (at + 3) for at in range(len(self._given))]
        self._made = 0
        self._twice: Row | None = None

    def tables(self, scope: str, count: int) -> dict[str, list[Row]]:
        """So many families by table."""
        tables: dict[str, list[Row]] = {name: [] for name in _TABLES}
        for _ in range(count):
            self._family(scope, tables)
        return tables

    def _id(self) -> uuid.UUID:
        self._clock += self._step
        return make_id(self._clock, self._random.getrandbits(74))

    def _family(self, scope: str, tables: dict[str, list[Row]]) -> None:
        number, self._made = self._made, self._made + 1
        people = self._people()
        home, case = self._id(), self._id()
        file_number = f"{scope.upper()}-2026-1-{number:06d}"
        officer = self._officer if number % (80_000 // _FAMILIES_OF_AN_OFFICER) == 0 else uuid.UUID(int=9)
        tables["person"] += people
        tables["household"].append({
            "id": home, "file_number": file_number, "committee_code": scope, "head_person_id": people[0]["id"],
            "place_code": "riyadh", "district": "حي النسيم",
        })  # fmt: skip
        tables["membership"] += [
            {"id": self._id(), "household_id": home, "person_id": person["id"], "resident": at != 1, "relation": relation}
            for at, (person, relation) in enumerate(zip(people, ("self", "spouse", "son", "son", "son"), strict=True))
        ]  # fmt: skip
        tables["case_file"].append({
            "id": case, "number": f"{file_number}-1", "household_id": home, "committee_code": scope, "state": "active",
            "officer_id": officer, "restricted": False, "opened_on": self._day(-400, -30),
        })  # fmt: skip
        tables["case_move"].append({
            "id": self._id(), "case_id": case, "from_state": "decision", "to_state": "active", "role": "panel",
            "moved_by": self._admin, "moved_at": dt.datetime.fromtimestamp(self._clock / 1000, dt.UTC),
        })  # fmt: skip
        leaving = self._day(-30, 2_000)
        tables["custody_episode"].append({
            "id": self._id(), "person_id": people[1]["id"], "status": "convicted", "entry_day": self._day(-2_000, -60),
            "expected_release": f"g{leaving}", "expected_release_day": leaving,
        })  # fmt: skip
        done = self._day(-300, -30)
        self._work(people, home, case, scope, done, tables)
        tables["follow_up"] += [
            {"id": self._id(), "case_id": case, "kind": "visit", "due_on": done, "done_on": done},
            {"id": self._id(), "case_id": case, "kind": self._random.choice(("visit", "call")), "due_on": self._day(-20, 180)},
        ]  # fmt: skip

    def _work(
        self,
        people: list[Row],
        home: uuid.UUID,
        case: uuid.UUID,
        scope: str,
        day: dt.date,
        tables: dict[str, list[Row]],
    ) -> None:
        """A visit with its ratings, and what was proposed, approved or given after it."""
        visit, at = self._id(), dt.datetime.combine(day, dt.time(9), dt.UTC)
        tables["visit"].append({
            "id": visit, "case_id": case, "household_id": home, "officer_id": self._officer, "form_code": "social_study",
            "form_version": 1, "kind": "update", "visited_on": day, "place": "home", "outcome": "done",
            "submitted_at": at, "answers": {"form": ["social_study", 1], "values": {}}, "answers_hash": bytes(32),
        })  # fmt: skip
        tables["matrix_rating"] += [
            {"id": self._id(), "visit_id": visit, "household_id": home, "domain": domain, "score": self._random.randint(1, 5)}
            for domain in ("housing", "income", "food")
        ]  # fmt: skip
        chance = self._random.random()
        waits = "proposed" if chance < _PROPOSED else "approved"
        state = "completed" if chance > _PROPOSED + _APPROVED else waits
        item, person = self._id(), people[self._random.choice((0, 2, 3))]["id"]
        amount = self._random.randrange(100, 9_000) * 100
        tables["plan_item"].append({
            "id": item, "case_id": case, "household_id": home, "person_id": person, "visit_id": visit,
            "committee_code": scope, "service_code": self._random.choice(("BC-01", "BC-06", "BC-08", "CD-01")),
            "state": state, "quantity": 1, "amount_halalas": amount, "fund": "zakat", "proposed_by": self._officer,
            "proposed_on": day, "decided_on": None if state == "proposed" else day + dt.timedelta(days=10),
        })  # fmt: skip
        if chance > _PROPOSED + _APPROVED:
            tables["delivery"].append({
                "id": self._id(), "plan_item_id": item, "person_id": person, "household_id": home,
                "committee_code": scope, "service_code": tables["plan_item"][-1]["service_code"],
                "delivered_on": day + dt.timedelta(days=20), "quantity": 1, "amount_halalas": amount, "fund": "zakat",
                "person_kind": "family_member", "confirmed_at": at, "confirmed_by": self._officer,
            })  # fmt: skip

    def _people(self) -> list[Row]:
        choose = self._random
        house = choose.choice(self._houses)
        made = [
            {
                "id": self._id(), "first_name": given[0], "father_name": given[1], "grandfather_name": given[2],
                "family_name": house, "gender": "male", "nationality": "SA", "id_kind": "national_id",
                "id_number": f"1{choose.randrange(10**9):09d}", "mobile": f"+9665{choose.randrange(10**8):08d}",
                "id_seen": True,
            }
            for given in (choose.choices(self._given, self._weights, k=3) for _ in range(FAMILY))
        ]  # fmt: skip
        for at, person in enumerate(made):
            born = self._day(-70 * 365, -30 * 365) if at < 2 else self._day(-17 * 365, -365)
            person |= {"birth": f"g{born}", "birth_first": born, "birth_last": born}
        if self._twice is not None and choose.random() < _REGISTERED_TWICE * FAMILY:
            made[4] |= {key: value for key, value in self._twice.items() if key != "id"}
        self._twice = made[3]
        return made

    def _day(self, first: int, last: int) -> dt.date:
        return self._today + dt.timedelta(days=self._random.randint(first, last))


def _word(entry: Any) -> str:
    return str(entry["ar"] if isinstance(entry, Mapping) else entry)
