"""The scopes below each committee that people are given one by one: restricted cases, and caseloads for laptops.

A laptop that subscribes to a caseload holds that officer's cases alone. Which officer has which caseload is a role
grant, so the same few caseloads serve whoever works there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

CASELOADS: Final = 4
_ARABIC: Final = ("الأول", "الثاني", "الثالث", "الرابع")


def scopes_below(committees: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """``code``, ``kind``, ``committee_code`` and names of each."""
    for committee in committees:
        code, ar, en = committee["code"], committee["name_ar"], committee["name_en"]
        yield _scope(code, "restricted", "restricted", f"الحالات المقيدة في {ar}", f"{en}, restricted cases")
        for number in range(1, CASELOADS + 1):
            yield _scope(
                code,
                f"caseload-{number}",
                "caseload",
                f"حالات الباحث {_ARABIC[number - 1]} في {ar}",
                f"{en}, caseload {number}",
            )


def _scope(committee: str, name: str, kind: str, name_ar: str, name_en: str) -> dict[str, Any]:
    return {
        "code": f"{committee}/{name}",
        "kind": kind,
        "committee_code": committee,
        "name_ar": name_ar,
        "name_en": name_en,
    }
