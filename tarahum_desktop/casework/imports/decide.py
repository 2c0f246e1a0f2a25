"""What becomes of each person of a register: new, joined to a record, on record already, held back, or refused."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from tarahum_desktop.casework.imports.cells import Note
from tarahum_desktop.casework.imports.checked import CheckedHome, CheckedMember, Choices, Fate
from tarahum_desktop.casework.imports.homes_on_record import KnownHome
from tarahum_desktop.casework.imports.likeness import Likeness
from tarahum_desktop.domain.pair_score import KnownPerson
from tarahum_desktop.domain.record_match import MatchDecision

_TWICE: Final = "match_twice_in_household"
Homes = Mapping[UUID, Sequence[KnownHome]]


def decide_inside(
    members: Sequence[CheckedMember],
    people: Sequence[KnownPerson],
    alike: Mapping[int, Likeness],
    choices: Choices,
) -> None:
    """Note who stands in the sheet twice: by number the later row is refused, by likeness it is held back."""
    first_with: dict[str, CheckedMember] = {}
    for at, one in enumerate(members):
        number = one.member.id_number
        if number and people[at].record.id_is_valid:
            earlier = first_with.setdefault(number, one)
            if earlier is not one and one.member.main:
                _refuse(one, "import_id_twice", row=earlier.member.row.number)
            continue
        likeness = alike.get(at)
        if likeness is None or not one.member.main:
            continue
        other = members[likeness.earlier].member.row.number
        certain = likeness.match.decision is MatchDecision.PROBABLE_SAME_REVIEW or _is_twice(likeness)
        if other != one.member.row.number:
            _doubt(
                one,
                "import_probably_twice" if certain else "import_maybe_twice",
                choices,
                held=certain,
                row=other,
            )


def decide_on_record(
    one: CheckedMember, likeness: Likeness, known: KnownHome | None, their_homes: Homes, choices: Choices
) -> None:
    """Decide about somebody who is like a person on record."""
    assert likeness.record is not None
    record = likeness.record.id
    homes = their_homes.get(record, ())
    number = homes[0].file_number if homes else ""
    here = known is not None and any(home.id == known.id for home in homes)
    match likeness.match.decision:
        case MatchDecision.SAME_PERSON if here:
            one.fate, one.person_id = Fate.ON_RECORD, record
        case MatchDecision.SAME_PERSON if not homes or not one.member.main:
            one.person_id = record
            one.member.row.warnings.append(Note(-1, "import_joins_record"))
        case MatchDecision.SAME_PERSON:
            _refuse(one, "import_on_record", number=number)
        case MatchDecision.SAME_PERSON_CONFLICT_REVIEW:
            _refuse(one, "import_id_of_another", number=number)
        case MatchDecision.PROBABLE_SAME_REVIEW if not here:
            _doubt(one, "import_probably_on_record", choices, held=True, number=number)
        case _ if here and _is_twice(likeness):
            one.fate, one.person_id = Fate.ON_RECORD, record
        case _:
            _doubt(one, "import_maybe_on_record", choices, held=False, number=number)


def settle_home(home: CheckedHome) -> None:
    """Carry what is wrong with rows over to their persons, and from the head to the family."""
    for one in home.members:
        if one.member.row.errors:
            one.fate = Fate.REFUSED
    if home.known is not None:
        for one in home.members:
            if one.fate is Fate.SAVE and one.member.main:
                one.member.row.warnings.append(Note(-1, "import_joins_home", number=home.known.file_number))
        return
    head = next((one for one in home.members if one.member is home.household.head), None)
    if head is not None and head.fate is Fate.SAVE:
        _wait_for_rows(home)
        return
    code, row = ("import_head_first", head.member.row.number) if head else ("import_no_head", 0)
    for one in home.members:
        if one is not head and one.fate in {Fate.SAVE, Fate.HELD}:
            one.fate = Fate.REFUSED
            if one.member.main:
                one.member.row.errors.append(Note(-1, code, row=row))


def _wait_for_rows(home: CheckedHome) -> None:
    """A prisoner named in a row goes with it."""
    fates = {id(one.member.row): one.fate for one in home.members if one.member.main}
    for one in home.members:
        if not one.member.main and one.fate is Fate.SAVE and fates.get(id(one.member.row)) is Fate.HELD:
            one.fate = Fate.HELD


def _is_twice(likeness: Likeness) -> bool:
    return any(reason.code == _TWICE for reason in likeness.match.reasons)


def _refuse(one: CheckedMember, code: str, *, row: int = 0, number: str = "") -> None:
    one.fate = Fate.REFUSED
    one.member.row.errors.append(Note(-1, code, row, number))


def _doubt(
    one: CheckedMember, code: str, choices: Choices, *, held: bool, row: int = 0, number: str = ""
) -> None:
    accepted = one.member.row.number in choices.accepted
    if held and choices.hold_doubtful and not accepted and one.fate is Fate.SAVE:
        one.fate = Fate.HELD
    one.member.row.warnings.append(Note(-1, code, row, number))
