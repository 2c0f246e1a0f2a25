"""What the visit form needs from the rest of the program, and what it is handed: plain functions and plain rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Value


@dataclass(frozen=True)
class Listed:
    """One thing that can be chosen from a list: its id and the words for it."""

    code: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A visit as it was left. ``last_path`` is the answer kept last, where work goes on.

    ``receipt`` is set once the visit was submitted; it can then only be read.
    """

    answers: Answers
    title: str = ""
    last_path: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class VisitPorts:
    """Functions of the casework room. All but ``today``, ``now`` and ``new_row_id`` run on the worker's thread.

    Attributes:
        load_draft: visit id → draft.
        save_draft: visit id, field path, value; one transaction each. A path of two parts is a whole row:
            an empty mapping adds it, ``None`` removes it. ``None`` elsewhere empties the answer.
        submit: visit id, the answers to be signed → the receipt number.
        services: the services that may be chosen.
        household_members: visit id → people already known in the household.
        listed: visit id and the name of any other list in the form document: users, persons, facilities, places,
            nationalities.
        today: the day of entry.
        now: the moment, with its zone.
        new_row_id: an id for a new row.
    """

    load_draft: Callable[[str], Draft]
    save_draft: Callable[[str, str, Value], None]
    submit: Callable[[str, Answers], str]
    services: Callable[[], Sequence[Listed]]
    household_members: Callable[[str], Sequence[Listed]]
    listed: Callable[[str, str], Sequence[Listed]]
    today: Callable[[], date]
    now: Callable[[], datetime]
    new_row_id: Callable[[], str]


@dataclass(frozen=True)
class Loaded:
    """A draft and the lists its form chooses from."""

    draft: Draft
    lists: Mapping[str, Sequence[Listed]] = field(default_factory=dict)
