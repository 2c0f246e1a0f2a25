"""Form answers about the people of the household: its head and everybody else."""

from typing import Any

from tarahum_desktop.synthetic.families import PRISONER, Family

_WITH_MARITAL = 15
_MEMBER_MARITAL = {"deserted": "married"}


def head_answers(family: Family) -> dict[str, Any]:
    """Section C."""
    head = family.members[0]
    person = head.person
    found: dict[str, Any] = {
        "head_first": person.name.first,
        "head_father": person.name.father,
        "head_grandfather": person.name.grandfather,
        "head_family": person.name.family,
        "id_type": "iqama" if person.resident else "national_id",
        "id_number": person.id_number,
        "id_seen": True,
        "birth": person.birth.to_code(),
        "gender": "male" if person.male else "female",
        "nationality": "resident" if person.resident else "saudi",
        "marital": head.marital or "single",
    }
    return found | ({"mobile": person.mobile} if person.mobile else {"no_mobile": True})


def member_rows(family: Family, schooling: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Section E with the size of the household at home; ``schooling`` is each member's (education, enrolment)."""
    rows = [_row(family, place, *schooling[place]) for place in range(1, len(family.members))]
    at_home = sum(member.resident for member in family.members[1:])
    size = at_home if family.members[0].kind == PRISONER else at_home + 1
    found: dict[str, Any] = {"household_size": max(1, size)}
    return found | {"members": rows} if rows else found


def _row(family: Family, place: int, education: str, enrolment: str) -> dict[str, Any]:
    member = family.members[place]
    person = member.person
    row: dict[str, Any] = {
        "id": f"m{place}",
        "m_relation": member.relation,
        "m_name": {
            "first": person.name.first,
            "father": person.name.father,
            "grandfather": person.name.grandfather,
            "family": person.name.family,
        },
        "m_birth": person.birth.to_code(),
        "m_gender": "male" if person.male else "female",
        "m_education": education,
        "m_enrolled": enrolment,
        "m_resident": member.resident,
        "m_id": person.id_number,
    }
    if member.marital and person.age > _WITH_MARITAL:
        row["m_marital"] = _MEMBER_MARITAL.get(member.marital, member.marital)
    return row
