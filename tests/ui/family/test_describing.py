import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.casework.family_lines import FamilyFile, PlanLine
from tarahum_desktop.casework.family_signals import OpenConflict, Side
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.ui.family.describe import family_page
from tarahum_desktop.ui.family.describe_past import called, first_and_last
from tarahum_desktop.ui.family.page_model import FamilyPage
from tarahum_desktop.ui.family.pdf_pages import PreviewFailed, page_images
from tarahum_desktop.ui.family.ports import Loaded
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.fitted_widths import fitted
from tests.ui.family.family_sample import CONFLICTS, FILE, MEMBERS, NEW, PLAN, TODAY, lists
from tests.ui.family.report_pdf import report_pdf

WIDTHS = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 20)), min_size=1, max_size=8)


def english(file: FamilyFile = FILE, conflicts: tuple[OpenConflict, ...] = CONFLICTS) -> FamilyPage:
    words = load_words("en")
    kit = Kit(words, Formatter(words, "latin"))
    return family_page(kit, Loaded(file, conflicts, lists("en")), TODAY)


def test_the_tiles_count_people_visits_and_money() -> None:
    tiles = {tile.caption: tile for tile in english().tiles}
    assert tiles["Household"].value == "6 people"
    assert tiles["Household"].detail == "3 under 18 years"
    assert tiles["Last visit"].value == "96 days ago"
    assert (tiles["Next visit"].value, tiles["Next visit"].tone) == ("Overdue", "danger")
    assert tiles["Received"].value == "13,000.50 SAR"


@pytest.mark.parametrize(
    ("days", "value", "tone"), [(-1, "Overdue", "danger"), (0, "Today", "text"), (3, "in 3 days", "text")]
)
def test_the_next_visit_is_overdue_from_the_day_after(days: int, value: str, tone: str) -> None:
    tile = english(replace(FILE, next_visit_on=TODAY + dt.timedelta(days=days))).tiles[2]
    assert (tile.value, tile.tone) == (value, tone)


def test_risks_stand_in_red_with_their_words_and_an_unknown_code_is_not_lost() -> None:
    chips = english(replace(FILE, risk_flags=("eviction_threat", "of_a_newer_form"), alerts=()), ()).chips
    assert [(chip.text, chip.tone) for chip in chips[1:]] == [
        ("Threat of eviction", "danger"),
        ("of_a_newer_form", "danger"),
    ]


def test_a_member_who_left_or_lives_elsewhere_is_said_to() -> None:
    left = replace(MEMBERS[2], left_on=TODAY)
    away = replace(MEMBERS[3], resident=False)
    page = english(replace(FILE, members=(MEMBERS[0], MEMBERS[1], left, away)))
    assert [row.relation for row in page.members] == [
        "Head of household",
        "Husband or wife",
        "Son, left \u20662026-11-23\u2069",
        "Daughter, lives elsewhere",
    ]
    assert page.tiles[0].value == "3 people"


def test_kinds_come_from_custody_and_a_prisoner_catches_the_eye() -> None:
    rows = english().members
    assert (rows[1].kind, rows[1].kind_tone) == ("Prisoner", "attention")
    assert (
        english(replace(FILE, members=(replace(MEMBERS[1], kind=Kind.RELEASED),))).members[0].kind
        == "Released"
    )


def test_the_matrix_compares_the_first_with_the_latest_rating() -> None:
    picture = english().matrix
    assert picture is not None
    changes = [(line.first, line.latest, line.change) for line in picture.domains]
    assert changes[1] == (1, 3, "up 2")
    assert changes[2] == (2, 2, "as before")
    assert changes[7] == (None, None, "")
    assert changes[12] == (2, 1, "down 1")
    assert picture.finding is not None
    assert picture.finding.text == "Not improved"


def test_one_rating_alone_shows_no_change() -> None:
    picture = english(replace(FILE, trend=FILE.trend[-1:])).matrix
    assert picture is not None
    assert picture.first_day == ""
    assert {line.change for line in picture.domains} == {""}
    assert picture.finding is None


def test_a_rating_this_program_cannot_judge_is_shown_without_a_finding() -> None:
    odd = (*FILE.trend[:1], (TODAY, {**FILE.trend[-1][1], "of_a_newer_form": 3}))
    picture = english(replace(FILE, trend=odd)).matrix
    assert picture is not None
    assert picture.finding is None


def test_needs_stand_first_by_priority_and_everything_says_what_comes_next() -> None:
    need = replace(PLAN[0], is_need=True, priority="desired")
    urgent = replace(PLAN[0], is_need=True, priority="urgent")
    waiting = replace(PLAN[0], level="L3")
    failed = replace(PLAN[1], payment_state="failed")
    rows = english(replace(FILE, plan=(waiting, need, failed, urgent, *PLAN[2:]))).plan
    assert [row.priority_tone for row in rows[:2]] == ["danger", "text"]
    assert [row.next_step for row in rows] == [
        "To be put into the plan", "To be put into the plan", "Decision: Aid panel",
        "The payment failed: check the account", "1 of 1 delivered", "–",
    ]  # fmt: skip


def test_an_item_turned_down_says_why() -> None:
    refused: PlanLine = replace(PLAN[0], state="refused", decision_reason="Not covered")
    assert "Not covered" in english(replace(FILE, plan=(refused,))).plan[0].next_step


def test_a_stay_is_told_as_a_chain_and_a_return_as_one() -> None:
    stay = english().custody[0]
    assert stay.tone == "attention"
    first, since, moved, expected = stay.detail.splitlines()
    assert first == "Returned after 1 release"
    assert "1446" in since
    assert moved.startswith("Moved to Al-Hair Reformatory")
    assert expected.startswith("Release expected")


def test_what_is_due_and_alerts_stand_together_with_the_alert_first() -> None:
    todo = english().todo
    assert [fact.tone for fact in todo] == ["danger", "danger", "text"]
    assert todo[0].title == "Domestic violence"
    assert todo[1].text == "Overdue, 4 days ago"


def test_many_tasks_are_cut_and_the_rest_is_counted() -> None:
    page = english(replace(FILE, duties=FILE.duties[:1] * 9, alerts=()))
    assert page.todo[-1].title == "3 more tasks"


def test_a_months_money_says_what_is_short_and_what_was_given_by_fund() -> None:
    month, debts, given_now = english().money
    assert month.tone == "attention"
    assert month.detail.startswith("900 SAR short each month")
    assert debts.text == "25,000 SAR"
    assert given_now.text == "1,700 SAR"
    assert given_now.detail.splitlines() == ["Zakat: 1,500 SAR", "Charity (sadaqah): 200 SAR"]


def test_a_restricted_file_says_so_in_red() -> None:
    assert FILE.case is not None
    chips = english(replace(FILE, case=replace(FILE.case, restricted=True))).chips
    assert ("Restricted file", "danger") in [(chip.text, chip.tone) for chip in chips]


def test_a_consent_taken_back_is_no_consent() -> None:
    share = next(fact for fact in english().consents if "partner" in fact.title.lower())
    assert share.text.startswith("Withdrawn")
    assert share.tone == "attention"


def test_the_last_report_is_of_the_latest_visit_that_took_place() -> None:
    assert english().last_report == FILE.visits[0].id
    assert english(replace(FILE, visits=FILE.visits[1:])).last_report == FILE.visits[2].id
    assert english(NEW, ()).last_report is None


def test_a_new_family_has_words_for_all_that_is_missing() -> None:
    page = english(NEW, ())
    assert page.tiles[1].value == "Not visited yet"
    assert page.chips[0].text == "No case yet"
    assert page.matrix is None


@pytest.mark.parametrize(
    ("name", "short", "brief"),
    [
        ("عبدالعزيز بن فهد بن سعد العتيبي", "عبدالعزيز", "عبدالعزيز العتيبي"),
        ("عبد الله بن محمد الحربي", "عبد الله", "عبد الله الحربي"),
        ("نورة بنت علي", "نورة", "نورة علي"),
        ("Mona Al-Qahtani", "Mona Al-Qahtani", "Mona Al-Qahtani"),
        ("", "", ""),
    ],
)
def test_names_in_short(name: str, short: str, brief: str) -> None:
    assert called(name) == short
    assert first_and_last(name) == brief


@given(WIDTHS, st.integers(0, 2000))
def test_columns_fill_the_width_and_none_is_cut_while_there_is_room(
    columns: list[tuple[int, int]], width: int
) -> None:
    needs, shares = [need for need, _share in columns], [share for _need, share in columns]
    widths = fitted(needs, shares, width)
    assert sum(widths) == width
    assert all(one >= 0 for one in widths)
    if sum(needs) <= width:
        assert all(one >= need for one, need in zip(widths, needs, strict=True))
    else:
        cut = [one for one, need in zip(widths[1:], needs[1:], strict=True) if one < need]
        assert len(set(cut)) <= 1


def test_pages_are_drawn_as_pixels() -> None:
    pages = page_images(report_pdf(), dots_per_inch=36)
    assert len(pages) >= 1
    assert (pages[0].width, pages[0].height) == (298, 421)
    assert len(pages[0].pixels) == pages[0].stride * pages[0].height
    assert len(set(pages[0].pixels)) > 1


@pytest.mark.parametrize("content", [b"", b"not a report", b"%PDF-1.7\nbroken"])
def test_what_is_no_report_fails_by_its_code(content: bytes) -> None:
    with pytest.raises(PreviewFailed) as caught:
        page_images(content)
    assert caught.value.code == "preview_failed"


def test_the_values_of_a_conflict_are_said_in_words_and_never_as_codes() -> None:
    sides = (Side("convicted", "", None), Side(None, "", None))
    met = replace(CONFLICTS[0], field="status", shown=sides[0], other=sides[1])
    (fact,) = english(conflicts=(met,)).conflicts
    assert "Convicted" in fact.text
    assert "convicted" not in fact.text.replace("Convicted", "")
    assert "nothing" in fact.detail
