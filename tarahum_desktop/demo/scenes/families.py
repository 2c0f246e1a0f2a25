"""Families whose names and papers are as people meet them: spelt otherwise, without a document, headed by a woman."""

from collections.abc import Sequence

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.register import NewFamily, NewMember, NewStay, record_custody, register_family
from tarahum_desktop.casework.saved_lists.saved_lists import save_list
from tarahum_desktop.casework.search.lists import Filters, Wish
from tarahum_desktop.demo.scenes import DeskOf


def play(desk_of: DeskOf) -> None:
    """An officer registers three households, and keeps two lists of families."""
    desk = desk_of("officer1")
    _register(
        desk,
        ("منيرة", "صالح", "عبد الله", "القحطاني", "female", {"id_kind": "none", "no_id_reason": "lost"}),
        (
            ("spouse", "عبد الرحمن", "ناصر", "سعد", "الشمري", "male", {}),
            ("son", "تركي", "عبد الرحمن", "ناصر", "الشمري", "male", {"birth": "h1437"}),
            ("daughter", "رُؤى", "عبد الرحمن", "ناصر", "الشمري", "female", {"birth": "h1440"}),
        ),
        prisoner=1,
    )
    _register(
        desk, ("هدى", "حسن", "يحيى", "مدخلي", "female", {"id_kind": "iqama", "id_number": "2900000015"}), ()
    )
    _register(
        desk,
        ("ضيف الله", "عوض", "", "آل حمد", "male", {"id_kind": "national_id", "id_number": "1900000025"}),
        (("son", "عبد الإله", "ضيف الله", "عوض", "آل حمد", "male", {"birth": "h1435-07-01"}),),
    )
    save_list(desk, "متابعات متأخرة", Wish(filters=Filters(overdue=True), sort="study"))
    save_list(desk, "أسر بأطفال تعولها امرأة", Wish(filters=Filters(children=True, women=True), sort="name"))


_Head = tuple[str, str, str, str, str, dict[str, str]]
_Member = tuple[str, str, str, str, str, str, dict[str, str]]


def _register(desk: Desk, head: _Head, members: Sequence[_Member], prisoner: int = 0) -> None:
    scope = desk.user.committee_code or ""
    family = NewFamily(
        scope,
        NewMember("self", _entered(head)),
        tuple(NewMember(one[0], _entered(one[1:]), resident=one[0] != "spouse") for one in members),
        {"district": "حي الروضة"},
    )
    made = register_family(desk, family)
    if prisoner:
        record_custody(desk, made.person_ids[prisoner], NewStay("convicted", entry="g2026-02-01"))


def _entered(names: _Head) -> dict[str, str]:
    first, father, grandfather, family, gender, more = names
    entered = {
        "first_name": first, "father_name": father, "grandfather_name": grandfather, "family_name": family,
        "gender": gender, "nationality": "SA",
    }  # fmt: skip
    return {name: text for name, text in (entered | more).items() if text}
