"""The day without widgets."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import Params
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.today.lines import came_back_line, day_words, due_line, release_line
from tarahum_desktop.ui.today.presenter import SHOWN_KINDS, TodayPresenter, TodayView
from tarahum_desktop.ui.worker import Immediate
from tests.ui.today.day_world import EMPTY, FULL, LEADING, NOW, Boards, came_back, due, ports_of, release


class Told:
    """A screen that writes down what it is told."""

    def __init__(self) -> None:
        self.greetings: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.views: list[TodayView] = []

    def show_greeting(self, greeting: str, dates: str) -> None:
        self.greetings.append((greeting, dates))

    def show_loading(self) -> None:
        self.said.append("loading")

    def show_board(self, view: TodayView) -> None:
        self.said.append("board")
        self.views.append(view)

    def show_error(self, sentence: str) -> None:
        self.said.append(sentence)


class World:
    def __init__(self, kit: Kit, boards: Boards, hours_later: int = 0) -> None:
        self.told, self.opened = Told(), list[tuple[str, Params]]()
        ports = ports_of(boards, NOW + timedelta(hours=hours_later))
        self.presenter = TodayPresenter(
            ports, Immediate(), kit, self.told, lambda screen, params: self.opened.append((screen, params))
        )


@pytest.fixture
def arabic() -> Kit:
    return kit_for(Preferences())


@pytest.fixture
def english() -> Kit:
    return kit_for(Preferences(language="en"))


def test_loading_is_shown_only_while_there_is_nothing_to_show(english: Kit) -> None:
    world = World(english, Boards([FULL]))
    world.presenter.open()
    world.presenter.open()
    assert world.told.said == ["loading", "board", "board"]


def test_rows_of_other_kinds_do_not_have_the_day_read_again(english: Kit) -> None:
    boards = Boards([FULL])
    world = World(english, boards)
    world.presenter.open()
    world.presenter.refresh(frozenset({"agreement"}))
    assert boards.read == 1
    for kind in sorted(SHOWN_KINDS):
        world.presenter.refresh(frozenset({kind}))
    assert boards.read == 1 + len(SHOWN_KINDS)


def test_an_error_is_one_polite_sentence_and_the_next_reading_shows_loading(english: Kit) -> None:
    world = World(english, Boards([TarahumError("exchange_running"), EMPTY]))
    world.presenter.open()
    world.presenter.open()
    sentence = "An exchange is already running. Please wait until it ends."
    assert world.told.said == ["loading", sentence, "loading", "board"]


def test_visits_stand_in_the_order_of_the_way_and_other_contacts_by_day(english: Kit) -> None:
    world = World(english, Boards([FULL]))
    world.presenter.open()
    cards = {card.id: card.lines for card in world.told.views[0].cards}
    assert [line.title.split(".")[0] for line in cards["due"]] == ["1", "2", "3", "4", "5"]
    assert [line.when for line in cards["due"]] == [
        "2 days late", "12 days late", "today", "tomorrow", "in 5 days",
    ]  # fmt: skip
    assert [line.when for line in cards["contacts"]] == ["40 days late", "3 days late"]


def test_who_leads_sees_alerts_first_then_decisions_and_everybodys_work(english: Kit) -> None:
    world = World(english, Boards([LEADING]))
    world.presenter.open()
    cards = {card.id: card for card in world.told.views[0].cards}
    assert list(cards)[:2] == ["alerts", "waiting"]
    assert cards["alerts"].lines[0].title == "Domestic violence"
    told = [line.title for line in cards["waiting"].lines[:2]]
    assert told == ["1 family offered to us", "2 corrections of visits"]
    assert "decided after the role had ended" in cards["waiting"].lines[2].detail
    assert "another value than yours" in cards["back"].lines[0].detail
    assert [line.when for line in cards["workload"].lines] == [
        "4 overdue",
        "nothing overdue",
        "nothing overdue",
    ]
    assert [line.screen for line in cards["workload"].lines] == ["calendar", "calendar", ""]
    assert [line.screen for line in cards["waiting"].lines[:2]] == ["moving", "amending"]
    assert cards["waiting"].lines[3].screen == cards["alerts"].lines[0].screen == "care"


def test_an_officers_day_has_no_cards_about_others(english: Kit) -> None:
    world = World(english, Boards([FULL]))
    world.presenter.open()
    assert {card.id for card in world.told.views[0].cards} == {
        "drafts",
        "due",
        "contacts",
        "releases",
        "back",
    }


def test_without_a_draft_there_is_nothing_to_go_on_with(english: Kit) -> None:
    world = World(english, Boards([EMPTY]))
    world.presenter.open()
    world.presenter.resume()
    assert world.presenter.last_draft() is None
    assert world.opened == []


def test_an_empty_board_says_so_in_each_card(english: Kit) -> None:
    world = World(english, Boards([EMPTY]))
    world.presenter.open()
    view = world.told.views[0]
    assert view.nothing_waits
    assert all(card.empty for card in view.cards)


@pytest.mark.parametrize(("later", "greeting"), [(0, "Good morning"), (6, "Good evening")])
def test_the_greeting_follows_the_clock_of_the_kingdom(english: Kit, later: int, greeting: str) -> None:
    world = World(english, Boards([EMPTY]), hours_later=later)  # 08:30 and 14:30 in Riyadh
    world.presenter.open()
    assert world.told.greetings[0][0].startswith(greeting)


def test_a_returned_case_is_amber_and_says_why_and_by_whom(arabic: Kit) -> None:
    line = came_back_line(arabic, came_back(0, 5, "returned", "ينقص عقد الإيجار"), NOW)
    assert (line.tone, line.when) == ("attention", "قبل ٥ ساعات")
    assert line.detail == "معادة للاستكمال · ينقص عقد الإيجار · بواسطة هدى السبيعي"


def test_a_state_of_a_newer_program_is_shown_by_its_code(english: Kit) -> None:
    assert came_back_line(english, came_back(0, 5, "on_hold"), NOW).detail.startswith("on_hold")


def test_an_overdue_line_says_it_in_words_and_not_by_colour_alone(arabic: Kit) -> None:
    late, today, ahead = (due_line(arabic, due(0, days)) for days in (3, 0, -2))
    assert [(line.when, line.tone) for line in (late, today, ahead)] == [
        ("متأخرة ٣ أيام", "attention"),
        ("اليوم", "accent"),
        ("بعد يومين", "soft"),
    ]


def test_a_place_is_named_in_the_language_of_the_screen(arabic: Kit, english: Kit) -> None:
    assert "الرياض" in due_line(arabic, due(0, 1)).detail
    assert "Riyadh" in due_line(english, due(0, 1)).detail


def test_a_release_names_the_day_in_both_calendars(english: Kit) -> None:
    line = release_line(english, release(2, 9))
    assert line.when == "in 9 days"
    assert "22 Jumada al-Akhirah 1448" in line.detail
    assert "2026-12-02" in line.detail
    assert line.params == {"household": str(uuid.UUID(int=2))}


@given(st.integers(min_value=-400, max_value=400))
def test_every_day_near_today_has_words_with_its_number(days: int) -> None:
    kit = kit_for(Preferences(language="en"))
    said = day_words(kit, days)
    if abs(days) > 1:
        assert str(abs(days)) in said
        assert ("late" in said) is (days < 0)


def test_the_day_is_shown_part_by_part_and_what_was_read_before_stays_meanwhile(english: Kit) -> None:
    begun = replace(
        LEADING, visits=None, contacts=None, releases=None, came_back=None, workload=None, set_aside=()
    )
    told = Told()
    parts = (
        lambda board: replace(board, visits=LEADING.visits, contacts=LEADING.contacts),
        lambda board: replace(board, releases=(), came_back=(), set_aside=LEADING.set_aside, workload=LEADING.workload),
    )  # fmt: skip
    ports = replace(ports_of(lambda: begun), parts=parts)
    presenter = TodayPresenter(ports, Immediate(), english, told, lambda _screen, _params: None)
    presenter.open()
    presenter.open()
    seen = [{card.id: card for card in view.cards} for view in told.views]
    assert [len(cards["due"].lines) for cards in seen] == [0, 5, 5, 5, 5, 5]
    assert [len(cards["back"].lines) for cards in seen] == [0, 0, 1, 1, 1, 1]
    assert ["workload" in cards for cards in seen] == [False, False, True, True, True, True]
    assert [view.complete for view in told.views] == [False, False, True, False, False, True]
    assert seen[0]["due"].empty == seen[1]["releases"].empty == "One moment, please…"
    assert seen[2]["releases"].empty != "One moment, please…"
