"""How many keys a visit takes, counted in the real form."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from tarahum_desktop.demo.keys.visit_keys import VisitKeys, count_visit_keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def counted(qapp: QApplication) -> VisitKeys:
    assert qapp is not None
    return count_visit_keys(dt.date(2026, 11, 23))


def test_a_new_household_of_six_takes_at_most_twelve_minutes_at_three_keys_a_second(
    counted: VisitKeys,
) -> None:
    assert 300 < counted.household_of_six <= 2160


def test_the_next_visit_takes_at_most_six_minutes(counted: VisitKeys) -> None:
    assert 100 < counted.repeat_visit <= 1080


def test_a_member_row_takes_at_most_twenty_five_keys(counted: VisitKeys) -> None:
    assert 10 < counted.longest_member_row <= 25


def test_the_matrix_takes_at_most_sixteen_keys(counted: VisitKeys) -> None:
    assert 13 <= counted.matrix <= 16


def test_submitting_takes_at_most_two_keys(counted: VisitKeys) -> None:
    assert 1 <= counted.submit <= 2
