"""The sufficiency matrix: thirteen domains scored 1 to 5, and what counts as a family's progress.

An adaptation in the shape of the Arizona Self-Sufficiency Matrix and its Dutch form (Fassaert et al.
2014). Both formulas are strict: what was not rated proves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.errors import TarahumError

LASTING_DAYS: Final = 90
"""Days between two ratings, and days without support, that make sufficiency lasting."""
SUPPORT_SERVICES: Final = frozenset({"BC-01", "BC-06", "BC-08", "BC-09"})
"""Food, rent, cash and bills: a family that still receives one of them is not sufficient."""


class MatrixDomain(StrEnum):
    """What is rated."""

    HOUSING = "housing"
    INCOME = "income"
    DEBT = "debt"
    EMPLOYMENT = "employment"
    FOOD = "food"
    PHYSICAL_HEALTH = "physical_health"
    MENTAL_HEALTH = "mental_health"
    RECOVERY = "recovery"
    CHILDREN_EDUCATION = "children_education"
    SKILLS = "skills"
    FAMILY = "family"
    COMMUNITY = "community"
    LEGAL = "legal"


class MatrixLevel(IntEnum):
    """The five scores."""

    IN_CRISIS = 1
    VULNERABLE = 2
    SAFE = 3
    BUILDING_CAPACITY = 4
    SELF_SUFFICIENT = 5


MAY_BE_NOT_APPLICABLE: Final = frozenset(
    {MatrixDomain.EMPLOYMENT, MatrixDomain.RECOVERY, MatrixDomain.CHILDREN_EDUCATION},
)
_FLOORS: Final[Mapping[MatrixDomain, int]] = MappingProxyType(
    {MatrixDomain.INCOME: 4, MatrixDomain.HOUSING: 3, MatrixDomain.FOOD: 4, MatrixDomain.DEBT: 3},
)
_NEEDY_INCOME: Final = 2


class MatrixError(TarahumError):
    """A score the matrix does not know."""

    code = "matrix_score_invalid"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating: scores 1-5 by domain, ``None`` for not applicable; a domain left out is unrated.

    Raises:
        MatrixError: ``matrix_score_invalid`` or ``matrix_always_applies``.
    """

    day: date
    scores: Mapping[MatrixDomain, int | None]

    def __post_init__(self) -> None:
        for domain, score in self.scores.items():
            if score is None and domain not in MAY_BE_NOT_APPLICABLE:
                raise MatrixError("matrix_always_applies", domain=domain.value)
            if score is not None and not MatrixLevel.IN_CRISIS <= score <= MatrixLevel.SELF_SUFFICIENT:
                raise MatrixError(domain=domain.value, score=score)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a measure holds, and the codes of what stands against it."""

    holds: bool
    against: tuple[str, ...]


def moved_to_sufficiency(ratings: Sequence[Rating], support_days: Sequence[date], day: date) -> Finding:
    """Tell whether a family moved from need to sufficiency by ``day`` (انتقل إلى الاكتفاء).

    The first rating has income 2 or less; the latest has income 4, housing 3, food 4, debt 3 at least and
    no domain in crisis; so has another one at least 90 days before it; and none of ``support_days`` (days
    of a ``SUPPORT_SERVICES`` delivery) lies in the 90 days up to ``day``.
    """
    known = sorted((rating for rating in ratings if rating.day <= day), key=lambda rating: rating.day)
    if not known:
        return Finding(holds=False, against=("matrix_unrated",))
    baseline, latest = known[0], known[-1]
    lasting = any(
        is_sufficient(rating) and (latest.day - rating.day).days >= LASTING_DAYS for rating in known
    )
    income = baseline.scores.get(MatrixDomain.INCOME)
    checks = {
        "matrix_baseline_not_in_need": income is not None and income <= _NEEDY_INCOME,
        "matrix_not_sufficient_now": is_sufficient(latest),
        "matrix_not_lasting": lasting,
        "matrix_still_supported": not any(0 <= (day - given).days < LASTING_DAYS for given in support_days),
    }
    against = tuple(code for code, passed in checks.items() if not passed)
    return Finding(not against, against)


def is_sufficient(rating: Rating) -> bool:
    """Tell whether one rating meets all floors with no domain in crisis."""
    floors_met = all((rating.scores.get(domain) or 0) >= floor for domain, floor in _FLOORS.items())
    return floors_met and MatrixLevel.IN_CRISIS not in rating.scores.values()


def improved(baseline: Rating, latest: Rating) -> Finding:
    """Tell whether the mean change is at least +0.5 and no domain fell to 1 (domains scored in both)."""
    pairs = [
        (before, after)
        for domain in MatrixDomain
        if (before := baseline.scores.get(domain)) is not None
        and (after := latest.scores.get(domain)) is not None
    ]
    if not pairs:
        return Finding(holds=False, against=("matrix_unrated",))
    checks = {
        "matrix_change_too_small": 2 * sum(after - before for before, after in pairs) >= len(pairs),
        "matrix_fell_to_crisis": not any(before > after == MatrixLevel.IN_CRISIS for before, after in pairs),
    }
    against = tuple(code for code, passed in checks.items() if not passed)
    return Finding(not against, against)
