from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.entitlement import Held, OnceRule, claim_of, claimed_days, double_held

DAY = date(2026, 9, 24)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def held(key, claim="c", holder=None, first=DAY, last=DAY) -> Held:
    return Held(key, claim, holder or key, first, last)


def test_a_claim_is_the_same_in_every_office_and_tells_no_identity():
    assert claim_of("1023456781", "BC-10") == claim_of("1023456781", "BC-10")
    assert (
        len({claim_of("1023456781", "BC-10"), claim_of("1023456781", "BC-07"), claim_of("1", "BC-10")}) == 3
    )
    assert "1023456781" not in claim_of("1023456781", "BC-10")


def test_the_days_of_a_claim_follow_the_rule():
    assert claimed_days(OnceRule(repeat_days=28), DAY) == (DAY, date(2026, 10, 21))
    assert claimed_days(OnceRule(repeat_days=28), DAY, 2) == (DAY, date(2026, 11, 18))
    assert claimed_days(OnceRule(once_a_year=True), DAY) == (DAY, date(2026, 12, 31))
    assert claimed_days(OnceRule(repeat_days=1825, once_a_year=True), DAY) == (DAY, date(2031, 9, 22))
    assert claimed_days(OnceRule(once_in_life=True), DAY) == (DAY, None)
    assert not OnceRule().guards


def test_two_plan_items_on_common_days_are_a_double_grant():
    assert [(a.key, b.key) for a, b in double_held([held(1), held(2)])] == [(1, 2)]
    assert double_held([held(1), held(2, claim="d")]) == []
    assert double_held([held(1, holder="x"), held(2, holder="x")]) == []
    assert double_held([held(1), held(2, first=date(2026, 9, 25), last=None)]) == []
    assert len(double_held([held(1, last=None), held(2, first=date(2030, 1, 1), last=date(2030, 1, 1))])) == 1


@given(st.lists(st.tuples(st.integers(1, 3), DAYS, st.integers(0, 400)), max_size=8))
def test_every_pair_with_a_common_day_is_found_once_in_any_order(rows):
    ledger = [
        held(at, str(claim), at, first, date.fromordinal(first.toordinal() + days))
        for at, (claim, first, days) in enumerate(rows)
    ]
    found = {frozenset({a.key, b.key}) for a, b in double_held(ledger)}
    backwards = double_held(reversed(ledger))
    assert found == {frozenset({a.key, b.key}) for a, b in backwards}
    assert len(found) == len(backwards)
    for a in ledger:
        for b in ledger:
            meets = (
                a.key < b.key
                and a.claim == b.claim
                and a.first_day <= b.last_day
                and b.first_day <= a.last_day
            )
            assert (frozenset({a.key, b.key}) in found) == (
                meets or (b.key < a.key and frozenset({a.key, b.key}) in found)
            )
