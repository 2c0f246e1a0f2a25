"""No code is shown as it is: whatever casework or the form may write into a column has its words in both languages."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tarahum_desktop.casework.conflicts.lists import LISTS_OF_TABLES
from tarahum_desktop.casework.exceptions.registry import kinds
from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER, STAY
from tarahum_desktop.casework.plans import states
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.model import FieldType
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.i18n.care_words import alert_words, task_words
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.plan_words import plan_state_words, verdict_words
from tarahum_desktop.i18n.words import Words, load_words
from tarahum_desktop.ui.review.troubles import TROUBLES
from tarahum_desktop.ui.widgets.record_words import LISTS, NAMES

RESOURCES = Path(__file__).parents[2] / "resources/catalogue"
FORMS = sorted((RESOURCES / "forms").glob("social-study-*.json"))
PLAN_STATES = (*states.OPEN, *states.GRANTED, states.REFUSED, states.CANCELLED)
SPOKEN = {
    "a case's state": (case_state_words, CaseState),
    "a task": (task_words, TaskKind),
    "an alert": (alert_words, AlertKind),
    "a plan item's state": (plan_state_words, PLAN_STATES),
    "a verdict": (verdict_words, states.Verdict),
}


def listed() -> dict[str, dict[str, tuple[str, str]]]:
    document = json.loads((RESOURCES / "reference_lists.json").read_text("utf-8"))
    return {
        one["code"]: {item["code"]: (item["ar"], item["en"]) for item in one["items"]}
        for one in document["lists"]
    }


def said(path: Path) -> Iterable[tuple[str, str]]:
    """Each column the form writes, with each code it may write there."""
    columns = {**HOME, **HEAD, **MEMBER, **STAY}
    for field in read_document(path.read_bytes()).every_field():
        if field.type is FieldType.CHOICE and field.code in columns:
            yield from ((columns[field.code], option.code) for option in field.options)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_choice_the_form_writes_into_the_record_is_in_the_list_of_its_column(path: Path) -> None:
    lists = listed()
    wordless = {
        (column, code) for column, code in said(path) if not all(lists[LISTS[column]].get(code, ("", "")))
    }
    assert wordless == set()
    assert len({column for column, _code in said(path)}) > 10


def test_every_state_of_a_plan_item_is_in_the_list_and_has_both_languages() -> None:
    words = listed()["plan_item_state"]
    assert set(PLAN_STATES) <= words.keys()
    assert all(all(pair) for items in listed().values() for pair in items.values())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("what", SPOKEN)
def test_every_code_of_casework_is_said_in_words(what: str, language: str) -> None:
    say, codes = SPOKEN[what]
    words: Words = load_words(language)
    spoken = {
        str(getattr(code, "value", code)): say(words, str(getattr(code, "value", code))) for code in codes
    }
    assert [code for code, text in spoken.items() if not text or text == code] == []
    assert len(set(spoken.values())) == len(spoken), "two codes read alike"


def test_every_exception_and_every_field_with_a_list_has_its_words() -> None:
    assert set(kinds()) <= TROUBLES.keys()
    assert LISTS.keys() <= NAMES.keys()
    assert set(LISTS.values()) <= listed().keys() | LISTS_OF_TABLES
