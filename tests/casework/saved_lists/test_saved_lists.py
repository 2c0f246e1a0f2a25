"""People keep their own lists, on their own machine."""

import pytest

from tarahum_desktop.casework.saved_lists.saved_lists import (
    MOST_LISTS,
    ListRefused,
    forget_list,
    save_list,
    saved_lists,
)
from tarahum_desktop.casework.search.lists import Filters, Wish

LATE = Wish("", Filters(overdue=True, state="active"), "study")


def test_a_list_is_kept_with_its_words_filters_and_order(office):
    save_list(office.desk(), "  متأخرات\u200f ", LATE)
    (kept,) = saved_lists(office.desk())
    assert (kept.title, kept.wish) == ("متأخرات", LATE)


def test_a_name_used_again_gets_the_new_list(office):
    save_list(office.desk(), "قائمتي", LATE)
    save_list(office.desk(), "قائمتي", Wish("احمد"))
    assert [kept.wish.typed for kept in saved_lists(office.desk())] == ["احمد"]


def test_lists_belong_to_whoever_saved_them(office):
    kept = save_list(office.desk("officer"), "قائمتي", LATE)
    assert saved_lists(office.desk("supervisor")) == []
    forget_list(office.desk("supervisor"), kept.id)
    assert len(saved_lists(office.desk("officer"))) == 1
    forget_list(office.desk("officer"), kept.id)
    assert saved_lists(office.desk("officer")) == []


def test_a_list_without_a_name_is_refused_and_so_is_one_too_many(office):
    with pytest.raises(ListRefused):
        save_list(office.desk(), " \u200f ", LATE)
    for number in range(MOST_LISTS):
        save_list(office.desk(), f"قائمة {number}", LATE)
    with pytest.raises(ListRefused) as refused:
        save_list(office.desk(), "أخرى", LATE)
    assert refused.value.code == "too_many_lists"
