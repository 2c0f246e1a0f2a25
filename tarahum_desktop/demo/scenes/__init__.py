"""Scenes that give the demonstration's desks their life: real use cases, played by the invented staff of one office."""

from collections.abc import Callable

from tarahum_desktop.casework.desk import Desk

DeskOf = Callable[[str], Desk]
"""The desk of a member of staff by the last part of the login, such as ``officer1`` or ``supervisor``."""

Scene = Callable[[DeskOf], None]


def scenes() -> tuple[Scene, ...]:
    """All scenes in the order in which they happen."""
    from tarahum_desktop.demo.scenes import (  # noqa: PLC0415 - a scene may name this room's types
        amending,
        care,
        families,
        family,
        forms,
        giving,
        imports,
        moving,
        partners,
        plans,
        prison,
        review,
    )

    return (
        families.play,
        plans.play,
        giving.play,
        moving.play,
        partners.play,
        amending.play,
        care.play,
        prison.play,
        review.play,
        family.play,
        imports.play,
        forms.play,
    )
