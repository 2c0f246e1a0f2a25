"""The forms of headquarters, and a family's questionnaires."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.bootstrap.form_bench import FormBench
from tarahum_desktop.casework.forms.file_kinds import preview_file
from tarahum_desktop.casework.forms.publish import publish_form
from tarahum_desktop.casework.forms.questionnaires import begin_questionnaire, family_questionnaires
from tarahum_desktop.casework.forms.versions import differences_to_before, list_forms
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.forms.ports import FormsPorts
from tarahum_desktop.ui.forms.spec import spec as forms_spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.questionnaires.ports import QuestionnairePorts
from tarahum_desktop.ui.questionnaires.spec import spec as questionnaires_spec
from tarahum_desktop.ui.shell.screen import ScreenSpec

_PATTERN: Final = "(*.json *.xlsx)"


def screens(place: Workplace, kit: Kit, bench: FormBench) -> list[ScreenSpec]:
    """The forms stand in the navigation of those who publish; questionnaires are reached from a family."""
    ports = FormsPorts(
        load=lambda: list_forms(place.desk),
        changes=lambda code, version: differences_to_before(place.desk, code, version),
        choose=lambda: choose_form(kit.words),
        read=lambda path: preview_file(place.desk, Path(path)),
        publish=lambda content: publish_form(place.desk, content),
        specimen=bench.specimen,
        candidate=bench.candidate,
    )
    asked = QuestionnairePorts(
        load=lambda household: family_questionnaires(place.desk, household),
        begin=lambda household, code: begin_questionnaire(place.desk, household, code),
        done=bench.done,
    )
    return [
        forms_spec(ports, in_navigation=place.desk.may(Action.PUBLISH_FORM, NATIONAL)),
        questionnaires_spec(asked),
    ]


def choose_form(words: Words) -> str:
    """Ask which file; empty when the person thought better of it."""
    kinds = words.t("Forms and questionnaires")
    chosen, _ = QFileDialog.getOpenFileName(
        None, words.t("Choose a form or a questionnaire"), "", f"{kinds} {_PATTERN}"
    )
    return chosen
