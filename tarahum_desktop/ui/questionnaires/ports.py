"""What the screen of a family's questionnaires asks of the program."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tarahum_desktop.casework.forms.questionnaires import FamilyQuestionnaires


@dataclass(frozen=True)
class QuestionnairePorts:
    """``load`` and ``begin`` may raise a TarahumError and run on the worker.

    Attributes:
        load: household → its questionnaires.
        begin: household and form code → the draft, begun now or before.
        done: a submitted questionnaire → what the form screen opens to read it.
    """

    load: Callable[[uuid.UUID], FamilyQuestionnaires]
    begin: Callable[[uuid.UUID, str], uuid.UUID]
    done: Callable[[uuid.UUID], str]
