"""A family's cases of the year: opened, studied, decided, served, followed up, closed or opened anew."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tarahum_desktop.synthetic.courses import NEW_AGAIN, Move, first_steps, last_steps
from tarahum_desktop.synthetic.families import RELEASED, Family
from tarahum_desktop.synthetic.giving import Item, items_of
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.studies import Means, Study, means_of, study, unmet
from tarahum_desktop.synthetic.world import World

AFTER_CARE_DAYS = (7, 30, 60, 90, 180, 365)
_NOBODY_SHARE = 0.08
_SUFFICIENCY_GAP = 95
_UPDATE_AFTER = 170
_OVERDUE_AT_MOST = dt.timedelta(days=7)
_APPOINTMENT_DAYS = 20
_STILL_OPEN = 0.4  # of the contacts that fell due in the last three weeks
_FORGOTTEN = 0.01
_LAST_WEEKS = dt.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Contact:
    """A follow-up that was or is due; ``member`` is the released person of an after-care contact."""

    kind: str
    due: dt.date
    done: dt.date | None
    outcome: str | None
    member: int | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with everything that happened in it; ``item_visits`` tells each item's visit."""

    state: str
    opened: dt.date
    closed: dt.date | None
    closure_reason: str | None
    moves: tuple[Move, ...]
    visits: tuple[Study, ...]
    items: tuple[Item, ...]
    item_visits: tuple[int, ...]
    contacts: tuple[Contact, ...]


class Filing:
    """Writes the case files of one committee, from one random stream."""

    def __init__(self, world: World, period: Period, rng: Random) -> None:
        self._world, self._period, self._rng = world, period, rng
        self._unlocated: list[bool] = []

    def cases(self, family: Family, state: str) -> tuple[Means, list[CaseFile]]:
        """The family's case and, where it applied again, the case before it."""
        means = self.means(family)
        last_month = max(month for member in family.members for month in member.months)
        over = state in NEW_AGAIN or state.startswith("closed")
        until = self._period.month_end(last_month) if over else self._period.ends
        items = [
            item
            for index, member in enumerate(family.members)
            for item in items_of(self._world, self._period, index, member, until, self._rng)
        ]
        items.sort(key=lambda item: item.decided)
        if state not in NEW_AGAIN:
            return means, [self._served(family, means, state, items)]
        old = self._served(family, means, "closed_other", items)
        assert old.closed is not None
        return means, [
            old,
            self.applied(family, means, state, old.closed + dt.timedelta(days=2 + self._draw(8))),
        ]

    def means(self, family: Family) -> Means:
        """What the household lives on."""
        return means_of(family, self._world, self._rng)

    def applied(self, family: Family, means: Means, state: str, opened: dt.date) -> CaseFile:
        """A case that has not come to deliveries."""
        reached = opened + dt.timedelta(days=6 + self._draw(_APPOINTMENT_DAYS))
        moves = first_steps(state, opened, reached)
        studied = [move.day for move in moves if move.target == "assessed"]
        visits = [self._study(family, means, day, "initial", 0.0) for day in studied]
        over = reached if state == "ineligible" else None
        contacts = tuple(self._next_visits(visits, over))
        return CaseFile(state, opened, None, None, tuple(moves), tuple(visits), (), (), contacts)

    def _served(self, family: Family, means: Means, state: str, items: Sequence[Item]) -> CaseFile:
        first = items[0].proposed - dt.timedelta(days=1 + self._draw(6))
        opened = first - dt.timedelta(days=4 + self._draw(40))
        last = max(given.day for item in items for given in item.deliveries)
        visits = self._visits(family, means, first, last)
        moves = first_steps("active", opened, items[0].decided + dt.timedelta(days=1))
        closing = self._closing_days(state, last)
        if state == "closed_sufficiency":
            visits += [self._study(family, means, day, "update", 1.0) for day in self._proof_days(last)]
        moves += last_steps(state, closing)
        closed = closing[-1] if state.startswith("closed") else None
        contacts = self._contacts(family, opened, closed) + self._next_visits(visits, closed)
        return CaseFile(
            state, opened, closed, self._closure(state), tuple(moves), tuple(visits), tuple(items),
            tuple(_visit_before(visits, item.proposed) for item in items), tuple(contacts),
        )  # fmt: skip

    def _visits(self, family: Family, means: Means, first: dt.date, last: dt.date) -> list[Study]:
        found = []
        if self._rng.random() < _NOBODY_SHARE:
            found.append(unmet(first - dt.timedelta(days=3), self._world, self._rng))
        found.append(self._study(family, means, first, "initial", 0.0))
        again = first + dt.timedelta(days=_UPDATE_AFTER + self._draw(30))
        if again < last:
            found.append(self._study(family, means, again, "update", self._rng.random() * 0.6))
        return found

    def _study(self, family: Family, means: Means, day: dt.date, kind: str, progress: float) -> Study:
        if not self._unlocated:
            self._unlocated = [True, False, False, False]  # one position in four is missing
            self._rng.shuffle(self._unlocated)
        located = not self._unlocated.pop()
        return study(
            family, means, self._world, day, self._rng, kind=kind, located=located, progress=progress
        )

    def _closing_days(self, state: str, last: dt.date) -> list[dt.date]:
        if state == "closed_sufficiency":
            proof = self._proof_days(last)
            return [proof[0], proof[1] + dt.timedelta(days=3)]
        ends = self._period.ends
        first = min(last + dt.timedelta(days=3 + self._draw(6)), ends)
        return [first, min(first + dt.timedelta(days=2 + self._draw(6)), ends)]

    def _proof_days(self, last: dt.date) -> list[dt.date]:
        """Two ratings 95 days apart, the second more than 90 days after the last delivery."""
        return [last + dt.timedelta(days=14), last + dt.timedelta(days=14 + _SUFFICIENCY_GAP)]

    def _closure(self, state: str) -> str | None:
        if state == "closed_sufficiency":
            return "sufficiency"
        if state == "closed_other":
            return self._rng.choices(("entitlement_ended", "no_response", "own_request"), (80, 12, 8))[0]
        return None

    def _contacts(self, family: Family, opened: dt.date, closed: dt.date | None) -> list[Contact]:
        found = [self._contact("service", opened + dt.timedelta(days=100 + self._draw(40)), None)]
        for index, member in enumerate(family.members):
            if member.kind == RELEASED:
                found += [
                    self._contact("after_care", opened + dt.timedelta(days=day), index)
                    for day in AFTER_CARE_DAYS
                ]
        return [contact for contact in found if closed is None or contact.due <= closed]

    def _next_visits(self, visits: Sequence[Study], closed: dt.date | None) -> list[Contact]:
        """Each visit's appointment for the next; who could not be visited in time was called and given another day."""
        found = [
            Contact("visit", visit.next_visit, later.day, "reached", None)
            for visit, later in itertools.pairwise(visits)
            if visit.next_visit
        ]
        due = visits[-1].next_visit if visits else None
        if due is None or (closed is not None and due > closed):
            return found
        ends = self._period.ends
        if closed is None and due >= ends - _OVERDUE_AT_MOST:
            return [*found, Contact("visit", due, None, None, None)]
        found.append(Contact("visit", due, due + dt.timedelta(days=self._draw(6)), "needs_visit", None))
        if closed is None:
            again = ends - _OVERDUE_AT_MOST + dt.timedelta(days=1 + self._draw(_APPOINTMENT_DAYS))
            found.append(Contact("visit", again, None, None, None))
        return found

    def _contact(self, kind: str, due: dt.date, member: int | None) -> Contact:
        done = due + dt.timedelta(days=self._draw(6))
        recent = due > self._period.ends - _LAST_WEEKS
        if done > self._period.ends or self._rng.random() < (_STILL_OPEN if recent else _FORGOTTEN):
            return Contact(kind, due, None, None, member)
        outcome = self._rng.choices(("reached", "no_answer", "moved", "needs_visit"), (80, 12, 2, 6))[0]
        return Contact(kind, due, done, outcome, member)

    def _draw(self, below: int) -> int:
        return int(self._rng.random() * below)


def _visit_before(visits: Sequence[Study], day: dt.date) -> int:
    """The latest completed visit on or before a day; the first completed one when there is none."""
    found = next(index for index, visit in enumerate(visits) if visit.outcome == "done")
    for index, visit in enumerate(visits):
        if visit.outcome == "done" and visit.day <= day:
            found = index
    return found
