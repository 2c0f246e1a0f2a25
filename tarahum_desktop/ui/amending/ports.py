"""What the corrections need from the rest of the program."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tarahum_desktop.casework.amending.amendments import AmendmentLine
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FormDocument


@dataclass(frozen=True)
class Correction:
    """A correction with the form version of its visit and the answers that were signed."""

    line: AmendmentLine
    document: FormDocument
    signed: Answers


@dataclass(frozen=True)
class AmendingPorts:
    """Functions of the casework room; all run on the worker's thread.

    Attributes:
        waiting: corrections still to be decided.
        decided: the latest of those that were.
        named: the words for a code of a list of the program, such as a facility.
        approve: lets a correction count.
        reject: turns a correction down, with the reason.
    """

    waiting: Callable[[], Sequence[Correction]]
    decided: Callable[[], Sequence[Correction]]
    named: Callable[[str, str], str]
    approve: Callable[[uuid.UUID], None]
    reject: Callable[[uuid.UUID, str], None]
