"""Turns at a worker: bounded, fair between callers, and given back whatever happens."""

import asyncio
from contextlib import suppress

import pytest

from tarahum_desktop.domain.errors import TarahumError
from tarahum_server.turns import Busy, Lane, Turns


class Shop:
    """Callers who take turns and stay until they are let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.served: list[str] = []
        self.leave: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task] = {}

    async def come(self, caller: str, name: str, *lanes: Lane) -> None:
        self.leave[name] = asyncio.Event()

        async def stay() -> None:
            async with self.turns.turn(caller, lanes):
                self.served.append(name)
                await self.leave[name].wait()

        self.tasks[name] = asyncio.create_task(stay())
        await settle()

    async def go(self, name: str) -> None:
        self.leave[name].set()
        await self.tasks[name]
        await settle()

    async def end(self) -> None:
        for leave in self.leave.values():
            leave.set()
        for task in self.tasks.values():
            with suppress(Busy, asyncio.CancelledError):
                await task


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_one_caller_with_many_requests_does_not_stand_in_front_of_others():
    async def story():
        shop = Shop(Turns(1, 20))
        for number in range(4):
            await shop.come("heavy", f"heavy{number}")
        await shop.come("light", "light")
        for name in ("heavy0", "heavy1", "light"):
            await shop.go(name)
        assert shop.served[:4] == ["heavy0", "heavy1", "light", "heavy2"]
        await shop.end()

    asyncio.run(story())


def test_a_full_queue_refuses_with_a_time_to_come_again_and_one_caller_cannot_fill_it():
    async def story():
        shop = Shop(Turns(1, 6))
        await shop.come("a", "a0")
        for number in range(1, 6):
            await shop.come("a", f"a{number}")
        refused = shop.tasks["a5"].exception()
        assert isinstance(refused, Busy)
        assert 1 <= refused.facts["seconds"] <= 5
        await shop.come("b", "b0")
        await shop.come("c", "c0")
        assert not shop.tasks["c0"].done()
        await shop.come("d", "d0")
        assert isinstance(shop.tasks["d0"].exception(), Busy)
        await shop.end()

    asyncio.run(story())


def test_whoever_waits_for_a_crowded_lane_lets_others_pass():
    async def story():
        shop, scope = Shop(Turns(3, 10)), Lane("scope", 1)
        await shop.come("a", "a", scope)
        await shop.come("b", "b", scope)
        await shop.come("c", "c")
        assert shop.served == ["a", "c"]
        await shop.go("a")
        assert shop.served == ["a", "c", "b"]
        await shop.end()

    asyncio.run(story())


def test_places_are_given_back_by_those_who_fail_and_those_who_give_up():
    async def story():
        turns = Turns(1, 5)
        shop = Shop(turns)
        await shop.come("a", "a")
        await shop.come("b", "b")
        shop.tasks["b"].cancel()
        await settle()
        assert turns.waiting == 0
        await shop.go("a")
        with pytest.raises(TarahumError, match="broken"):
            async with turns.turn("c", ()):
                raise TarahumError("broken")
        await shop.come("d", "d")
        assert shop.served == ["a", "d"]
        await shop.end()

    asyncio.run(story())


def test_a_worker_about_to_end_answers_who_waits_and_refuses_who_comes():
    async def story():
        shop = Shop(Turns(1, 5))
        await shop.come("a", "a")
        await shop.come("b", "b")
        shop.turns.close()
        await shop.come("c", "c")
        assert isinstance(shop.tasks["c"].exception(), Busy)
        await shop.go("a")
        assert shop.served == ["a", "b"]
        await shop.end()

    asyncio.run(story())
