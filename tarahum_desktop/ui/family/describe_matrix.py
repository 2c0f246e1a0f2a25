"""The matrix as words and scores: the latest rating beside the first one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from tarahum_desktop.casework.family_lines import FamilyFile
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.matrix import (
    SUPPORT_SERVICES,
    MatrixDomain,
    Rating,
    improved,
    moved_to_sufficiency,
)
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.family.page_model import DomainLine, Fact, MatrixPicture
from tarahum_desktop.ui.family.terms import Terms
from tarahum_desktop.ui.kit import Kit

Scores = Mapping[str, int | None]


def matrix_picture(kit: Kit, terms: Terms, file: FamilyFile, today: dt.date) -> MatrixPicture | None:
    """The picture, or None for a family that was never rated."""
    if not file.trend:
        return None
    (first_day, first), (latest_day, latest) = file.trend[0], file.trend[-1]
    compared = len(file.trend) > 1
    lines = tuple(
        replace(
            _line(kit, terms, domain, first if compared else {}, latest),
            points=tuple(scores.get(domain.value) for _day, scores in file.trend),
        )
        for domain in MatrixDomain
    )
    return MatrixPicture(
        lines, tuple(day for day, _scores in file.trend), kit.formats.date(latest_day), kit.formats.date(first_day) if compared else "",
        _finding(kit, file, today),
    )  # fmt: skip


def _line(kit: Kit, terms: Terms, domain: MatrixDomain, first: Scores, latest: Scores) -> DomainLine:
    before, now = first.get(domain.value), latest.get(domain.value)
    level = terms.level(now) if domain.value in latest else kit.words.t("Not rated")
    return DomainLine(terms.domain(domain), before, now, level, _change(kit, before, now))


def _change(kit: Kit, before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return ""
    words, step = kit.words, now - before
    if step == 0:
        return words.t("as before")
    return (words.t("up {steps}") if step > 0 else words.t("down {steps}")).format(
        steps=kit.formats.number(abs(step))
    )


def _finding(kit: Kit, file: FamilyFile, today: dt.date) -> Fact | None:
    """What the rules say of the change; a rating this program cannot judge is shown without a finding."""
    try:
        ratings = [
            Rating(day, {MatrixDomain(code): score for code, score in scores.items()})
            for day, scores in file.trend
        ]
    except (TarahumError, ValueError):
        return None
    words = kit.words
    support = [
        one.delivered_on for one in file.deliveries if one.confirmed and one.service_code in SUPPORT_SERVICES
    ]
    moved = moved_to_sufficiency(ratings, support, today)
    if moved.holds:
        return Fact(words.t("Trend"), words.t("Moved to sufficiency"), "", "accent", "success")
    if len(ratings) == 1:
        return None
    better = improved(ratings[0], ratings[-1])
    why = " ".join(code_sentence(words, code) for code in (better.against or moved.against))
    if better.holds:
        return Fact(words.t("Trend"), words.t("Improved, not yet sufficient"), why, "accent", "up")
    return Fact(words.t("Trend"), words.t("Not improved"), why, "attention", "info")
