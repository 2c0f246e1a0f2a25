"""Exchange in plain words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tarahum_desktop.casework.sync_state import ScopeLine
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.clock import MAX_AHEAD_MS
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled, RunEnd, RunProgress
from tarahum_desktop.ui.sync_centre.words import (
    clock_words,
    end_words,
    line_words,
    phase_words,
    result_words,
    scope_name,
    scope_words,
)
from tarahum_desktop.ui.widgets.sync_words import sync_in_words
from tests.ui.sync_centre.sync_world import ALL_PROVEN, NEW_MACHINE, NOW, SCOPES, STATE, exchange_line

NATIONAL, COMMITTEE, WOMEN = SCOPES


@pytest.fixture
def english() -> Kit:
    return kit_for(Preferences(language="en"))


@pytest.fixture
def arabic() -> Kit:
    return kit_for(Preferences())


def test_every_phase_of_the_exchange_has_its_own_words(english: Kit) -> None:
    phases = ("hello", "push", "snapshot", "pull", "compare", "something newer")
    assert len({phase_words(english, phase) for phase in phases}) == len(phases)


def test_an_exchange_that_went_well_says_what_it_carried(arabic: Kit) -> None:
    end = RunEnd(RunProgress("compare", 14, 203), 7.0, outcome=ALL_PROVEN)
    assert end_words(arabic, end) == ("تمت المزامنة: أُرسل ١٤، واستُلم ٢٠٣، والمدة ٧ ثوانٍ.", "accent")


def test_a_difference_is_never_called_done(english: Kit) -> None:
    disputed = replace(ALL_PROVEN, disputed=frozenset({"national"}))
    sentence, tone = end_words(english, RunEnd(RunProgress(), 1.0, outcome=disputed))
    assert sentence.startswith("Some records here differ from the centre.")
    assert tone == "danger"


def test_stopping_is_no_failure_and_a_broken_line_is_told_politely(english: Kit) -> None:
    stopped = end_words(english, RunEnd(RunProgress(), 1.0, error=ExchangeCancelled()))
    broken = end_words(english, RunEnd(RunProgress(), 1.0, error=TarahumError("line_failed")))
    assert stopped == (
        "You stopped the exchange. What was confirmed stays; the rest goes next time.",
        "attention",
    )
    assert broken[0].startswith("The line broke.")
    assert broken[1] == "danger"


@pytest.mark.parametrize(
    ("result", "proven", "words", "tone"),
    [
        ("ok", True, "Complete and proven equal", "accent"),
        ("ok", False, "Ended; not everything is proven equal yet", "attention"),
        ("running", False, "Broken off", "attention"),
        ("exchange_cancelled", False, "Stopped by you", "attention"),
        ("line_failed", False, "The line broke", "danger"),
    ],
)
def test_how_an_exchange_ended_fits_in_a_cell(
    english: Kit, result: str, words: str, tone: str, *, proven: bool
) -> None:
    assert result_words(english, exchange_line(1, 5, result, proven=proven)) == (words, tone)


def test_an_exchange_without_an_end_is_not_called_complete(english: Kit) -> None:
    row = replace(exchange_line(1, 5, "running", proven=False), ended_at=None)
    assert result_words(english, row)[0] == "Did not end: running, or broken off"


def test_the_line_is_good_after_a_proven_exchange_and_else_says_what_happened(english: Kit) -> None:
    failed = replace(STATE, history=(exchange_line(1, 5, "line_failed", proven=False),))
    assert line_words(english, STATE, NOW) == "The line was good: 15 sent, 6,035 received."
    assert line_words(english, failed, NOW) == "Last exchange 5 hours ago: The line broke"
    assert line_words(english, NEW_MACHINE, NOW) == "Press “Exchange now” as soon as there is a line."


def test_a_scope_is_called_complete_only_when_that_is_proven(english: Kit) -> None:
    def said(row: ScopeLine, *, proven: bool = True, disputed: bool = False) -> str:
        return scope_words(english, replace(row, proven=proven, disputed=disputed))[0]

    assert said(NATIONAL) == "Complete, proven equal to the centre"
    assert said(NATIONAL, proven=False) == "Whole here; not compared in the last exchange"
    assert said(NATIONAL, disputed=True) == "Differs from the centre: exchange again"
    assert said(COMMITTEE) == "14 changes not at the centre yet"
    assert said(WOMEN) == "Still arriving: exchange to receive the rest"


def test_a_scope_without_a_name_shows_its_code(english: Kit, arabic: Kit) -> None:
    nameless = replace(NATIONAL, name_ar="", name_en="")
    assert scope_name(arabic, NATIONAL) == "الكتالوج الوطني"
    assert scope_name(english, NATIONAL) == "National catalogue"
    assert "national" in scope_name(english, nameless)


@pytest.mark.parametrize("error_ms", [0, MAX_AHEAD_MS, -MAX_AHEAD_MS])
def test_a_clock_that_is_right_enough_is_not_mentioned(english: Kit, error_ms: int) -> None:
    assert clock_words(english, error_ms) == ""


def test_a_wrong_clock_is_told_with_its_direction(english: Kit) -> None:
    year = 365 * 86_400_000
    assert "365 days ahead" in clock_words(english, year)
    assert "365 days behind" in clock_words(english, -year)
    assert "11 minutes behind" in clock_words(english, -MAX_AHEAD_MS - 60_000)


@pytest.mark.parametrize(
    ("kept", "hours", "tone"),
    [(0, 2, "accent"), (3, 2, "attention"), (0, 73, "danger"), (3, 73, "danger"), (0, None, "danger")],
)
def test_the_state_grows_more_urgent_with_what_waits_and_with_time(
    english: Kit, kept: int, hours: int | None, tone: str
) -> None:
    last = None if hours is None else NOW - timedelta(hours=hours)
    sentence, said = sync_in_words(english, kept, last, NOW)
    assert said == tone
    assert ("kept here and not sent yet" in sentence) is bool(kept)


def test_a_pouch_or_an_office_is_never_said_to_have_proven_anything(english: Kit) -> None:
    pouch = replace(exchange_line(9, 1), carrier="pouch", proven=False)
    assert result_words(english, pouch) == ("Done; only the centre can confirm", "soft")
    assert line_words(english, replace(STATE, history=(pouch, *STATE.history)), NOW).startswith(
        "The line was good"
    )


def test_what_was_handed_on_is_said_apart_from_what_nobody_else_has(english: Kit) -> None:
    last = NOW - timedelta(hours=2)
    both, tone = sync_in_words(english, 9, last, NOW, 5)
    assert "9 changes are kept here and not sent yet. 5 changes were handed on" in both
    assert tone == "attention"
    assert sync_in_words(english, 0, last, NOW, 5)[1] == "attention"
    assert "handed on: 5" in scope_words(english, replace(COMMITTEE, handed=5))[0]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("leave", "Leaves this machine once everything has arrived"),
        ("left", "No longer kept here"),
        ("write", "Only sent from here; everything has arrived"),
    ],
)
def test_scopes_that_go_or_are_only_sent_are_not_called_incomplete(
    english: Kit, mode: str, words: str
) -> None:
    assert scope_words(english, replace(WOMEN, mode=mode))[0] == words
