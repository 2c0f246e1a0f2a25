"""Every fault of a form or a workbook has its sentence, in both languages."""

import ast
from pathlib import Path

from tarahum_desktop.domain.forms.versions import Change
from tarahum_desktop.i18n.sentences_forms import CHANGES, PROBLEMS, problem_sentence
from tarahum_desktop.i18n.words import load_words

ROOT = Path(__file__).parents[2] / "tarahum_desktop"
TELL = {"refuse", "problem", "note", "FormDocumentError", "XPathError", "Problem"}
OF_ANSWERS = {"path_not_understood", "row_id_not_usable", "not_understood"}


def told_in(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            if name in TELL and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


def test_every_fault_has_a_sentence() -> None:
    files = [
        *ROOT.glob("domain/forms/*.py"),
        *ROOT.glob("domain/xlsform/*.py"),
        *ROOT.glob("casework/forms/*.py"),
    ]
    told = {code for file in files for code in told_in(file)} - OF_ANSWERS
    assert len(told) > 60
    assert sorted(told - set(PROBLEMS)) == []


def test_every_change_has_its_words() -> None:
    assert {change.value for change in Change} == set(CHANGES)


def test_a_fault_names_its_facts_in_the_readers_digits() -> None:
    arabic = load_words("ar")
    assert "١٢" in problem_sentence(arabic, "version_not_later", {"version": 12}, "arabic")
    assert "slider" in problem_sentence(arabic, "unknown_field_type", {"type": "slider"})
    assert "${…}" in problem_sentence(load_words("en"), "words_with_answers", {})
