from fractions import Fraction

import pytest

from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.plan import FamilyFile, Plan
from tarahum_desktop.synthetic.world import World, read_world

SEED = 20230101


@pytest.fixture(scope="session")
def world() -> World:
    return read_world(resource("catalogue"))


@pytest.fixture(scope="session")
def full_year(world: World) -> Plan:
    return Plan(world, SEED, Fraction(1))


@pytest.fixture(scope="session")
def full_files(full_year: Plan) -> list[FamilyFile]:
    return [file for code in full_year.committees for file in full_year.families(code)]


@pytest.fixture(scope="session")
def small_year(world: World) -> Plan:
    return Plan(world, SEED, Fraction("0.01"))


@pytest.fixture(scope="session")
def small_files(small_year: Plan) -> list[FamilyFile]:
    return [file for code in small_year.committees for file in small_year.families(code)]


@pytest.fixture(scope="session")
def tenth_files(world: World) -> list[FamilyFile]:
    plan = Plan(world, SEED, Fraction("0.1"))
    return [file for code in plan.committees for file in plan.families(code)]
