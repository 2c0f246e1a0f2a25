"""What the visit form needs from the rest of the program, and what it is handed: plain functions and plain rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.values import Value

Place = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""


@dataclass(frozen=True)
class Listed:
    """One thing that can be chosen from a list: its id and the words for it.

    ``owner`` is the person it belongs to, where only one person's part of the list is offered.
    """

    code: str
    text: str
    owner: str = ""


class DraftKind(StrEnum):
    """What is filled: a visit, a questionnaire beside it, or nothing at all: a form that is only tried."""

    VISIT = "visit"
    QUESTIONNAIRE = "questionnaire"
    SPECIMEN = "specimen"


@dataclass(frozen=True)
class Draft:
    """A visit as it was left. ``last_path`` is the answer kept last, where work goes on.

    Attributes:
        receipt: set once the visit was submitted; it can then only be read.
        before: the answers to compare with: those of the last visit, or for a correction those that were signed.
        before_on: the day of that visit.
        amends: whether this draft corrects a submitted visit instead of recording a new one.
        now_with: says that the family left this office, and who has it; empty while it is here.
        kind: a specimen can be answered to see its rules at work; nothing of it is kept.
        done: it was submitted before and can only be read.
    """

    answers: Answers
    title: str = ""
    last_path: str = ""
    receipt: str = ""
    before: Answers | None = None
    before_on: date | None = None
    amends: bool = False
    now_with: str = ""
    kind: DraftKind = DraftKind.VISIT
    done: bool = False


@dataclass(frozen=True)
class Closed:
    """A submitted visit: its receipt number, empty when nobody was met, and ``now_with`` as in ``Draft``."""

    receipt: str = ""
    now_with: str = ""


@dataclass(frozen=True)
class PicturePorts:
    """Pictures of the home.

    Attributes:
        choose: asks for a file on the Qt thread; empty when the person thought better of it.
        keep: visit id, file, kind → the picture as an answer names it; kept on disk once it returns.
        content: hash in hex → the file, or None when it is not here.
    """

    choose: Callable[[], str]
    keep: Callable[[str, str, str], Mapping[str, Value]]
    content: Callable[[str], bytes | None]


@dataclass(frozen=True)
class PaperPorts:
    """What can be had on paper once a visit is submitted.

    Attributes:
        slip: visit id → the receipt slip as PDF.
        report: visit id → the whole report as PDF.
        save: suggested name, bytes → whether it was written; asks on the Qt thread.
        household: visit id → the household's id.
    """

    slip: Callable[[str], bytes]
    report: Callable[[str], bytes]
    save: Callable[[str, bytes], bool]
    household: Callable[[str], str]


@dataclass(frozen=True)
class VisitPorts:
    """Functions of the casework room. All but ``today``, ``now`` and ``new_row_id`` run on the worker's thread.

    Attributes:
        form: visit id → the form version it was begun with.
        load_draft: visit id → draft.
        save_draft: visit id, field path, value; one transaction each. A path of two parts is a whole row:
            an empty mapping adds it, ``None`` removes it. ``None`` elsewhere empties the answer.
        submit: visit id, the answers to be signed → what is said of it then; for a correction, proposes it.
        services: the services that may be chosen.
        household_members: visit id → people already known in the household.
        listed: visit id and the name of any other list in the form document: users, persons, facilities, places,
            nationalities, stays.
        villages: the rough position of each place, by its code.
        amend: id of a submitted visit → the draft of its correction.
        today: the day of entry.
        now: the moment, with its zone.
        new_row_id: an id for a new row.
    """

    form: Callable[[str], FormDocument]
    load_draft: Callable[[str], Draft]
    save_draft: Callable[[str, str, Value], None]
    submit: Callable[[str, Answers], Closed]
    services: Callable[[], Sequence[Listed]]
    household_members: Callable[[str], Sequence[Listed]]
    listed: Callable[[str, str], Sequence[Listed]]
    villages: Callable[[], Mapping[str, Place]]
    amend: Callable[[str], str]
    today: Callable[[], date]
    now: Callable[[], datetime]
    new_row_id: Callable[[], str]
    pictures: PicturePorts
    papers: PaperPorts


@dataclass(frozen=True)
class Loaded:
    """A draft, the lists its form chooses from, and where the places lie."""

    draft: Draft
    lists: Mapping[str, Sequence[Listed]] = field(default_factory=dict)
    villages: Mapping[str, Place] = field(default_factory=dict)
