import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import SENTENCES, code_sentence, error_sentence
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.resource_files import resource

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"t": None, "n": (1, 2), "p": ((1, "c"), 2), "msgid": None}
# Their first argument names the fault inside a form document; the code a person meets is the class's own.
NAMES_A_FAULT = {"FormDocumentError", "AnswersError", "XPathError"}


def messages_of(package: str) -> set[tuple[str, str | None]]:
    found = extract_from_dir(ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {
        (message[0] if isinstance(message, tuple) else message, context)
        for _file, _line, message, _comments, context in found
        if isinstance(message if not isinstance(message, tuple) else message[0], str)
    }


def codes_in(file: Path) -> set[str]:
    codes = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef) and node.bases:
            codes |= {
                part.value.value
                for part in node.body
                if isinstance(part, ast.Assign)
                and isinstance(part.value, ast.Constant)
                and isinstance(part.targets[0], ast.Name)
                and part.targets[0].id == "code"
            }
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            first, name = node.exc.args[0], ast.unparse(node.exc.func)
            if name not in NAMES_A_FAULT and isinstance(first, ast.Constant):
                codes.add(str(first.value))
    return {code for code in codes if re.fullmatch("[a-z]+(_[a-z0-9]+)+", code)}


@pytest.mark.parametrize("package", ["tarahum_desktop", "tarahum_server"])
def test_every_message_has_an_arabic_translation(package: str) -> None:
    with resource("locale", "ar", "LC_MESSAGES", "tarahum.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    missing = []
    for message, context in messages_of(package):
        entry = catalogue.get(message, context)
        strings = entry.string if entry is not None else ""
        if not (all(strings) if isinstance(strings, tuple) else strings):
            missing.append(message)
    assert sorted(missing) == []


def test_no_translation_invents_or_drops_a_placeholder() -> None:
    with resource("locale", "ar", "LC_MESSAGES", "tarahum.po").open("rb") as file:
        catalogue = read_po(file, locale="ar")
    wrong = []
    for entry in catalogue:
        if not entry.id:
            continue
        sources = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        allowed = {part.split("}")[0] for source in sources for part in source.split("{")[1:]}
        for string in strings:
            used = {part.split("}")[0] for part in string.split("{")[1:]}
            if not used <= allowed or (len(strings) == 1 and used != allowed):
                wrong.append(entry.id)
    assert wrong == []


def test_every_error_code_of_the_program_has_a_sentence() -> None:
    files = [*(ROOT / "tarahum_desktop").rglob("*.py"), *(ROOT / "tarahum_server").rglob("*.py")]
    missing = {code for file in files for code in codes_in(file)} - set(SENTENCES)
    assert sorted(missing) == []


def test_a_sentence_is_filled_with_the_facts_of_its_error() -> None:
    words = load_words("en")
    sentence = error_sentence(words, TarahumError("passphrase_too_short", minimum=12))
    assert "12" in sentence


def test_a_missing_fact_leaves_a_dash_and_never_another_error() -> None:
    assert "–" in code_sentence(load_words("en"), "passphrase_too_short")


def test_an_unknown_code_is_told_with_the_code() -> None:
    assert "never_heard_of" in code_sentence(load_words("ar"), "never_heard_of")


def test_arabic_counts_have_six_forms() -> None:
    words = load_words("ar")
    forms = [words.n("{count} day", "{count} days", count) for count in (0, 1, 2, 3, 11, 100)]
    assert len(set(forms)) == 6


def test_the_empty_message_stays_empty() -> None:
    assert load_words("ar").t("") == ""


def test_english_is_the_messages_themselves() -> None:
    words = load_words("en")
    assert words.direction == "ltr"
    assert words.n("one", "many", 2) == "many"
