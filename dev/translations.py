"""Finds sentences a person would see in the wrong language: untranslated, unsure, or with a value lost on the way.

The English message ids come from the code itself, so nobody has to remember to list a new one.
"""

import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

PACKAGES = ("tarahum_desktop", "tarahum_server")
CATALOGUE = Path("resources/locale/ar/LC_MESSAGES/tarahum.po")
KEYWORDS = {"t": None, "msgid": None, "n": (1, 2), "p": ((1, "c"), 2)}  # the calls of i18n.words
FORMS = 6  # Arabic: zero, one, two, few, many, other
WORDED_FORMS = 3  # zero, one and two are often words ("two visits"), so the number itself may go
COUNT = "count"

MessageId = str | tuple[str, str]  # one message, or its singular and plural


def placeholders(text: str) -> set[str]:
    """Return the names in braces that `str.format` would fill; a broken brace is a name of its own."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"<unbalanced brace>"}


def message_ids(root: Path) -> Iterator[tuple[str, str, MessageId, str | None]]:
    """Yield (file, line, message id or pair of plural ids, context) for every message in the code."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for line, found, _comments, context in extract_from_file("python", str(path), keywords=KEYWORDS):
                yield name, str(line), (found[0], found[1]) if isinstance(found, tuple) else found, context


def faults_of(wanted: MessageId, message: Message | None) -> list[str]:
    """Return what is wrong with one message's translation, in plain words; nothing wrong is an empty list."""
    if message is None:
        return ["not translated"]
    faults = ["marked fuzzy"] if message.fuzzy else []
    if isinstance(wanted, str):
        translation = message.string if isinstance(message.string, str) else ""
        if not translation.strip():
            return [*faults, "not translated"]
        if placeholders(translation) != placeholders(wanted):
            faults.append("other values in braces than the English")
        return faults
    forms = message.string if isinstance(message.string, (tuple, list)) else ()
    if len(forms) != FORMS or not all(form.strip() for form in forms):
        return [*faults, f"needs {FORMS} plural forms"]
    needed = placeholders(wanted[1])
    for number, form in enumerate(forms):
        spared = {COUNT} if number < WORDED_FORMS else set()
        if placeholders(form) - spared != needed - spared:
            faults.append(f"other values in braces than the English in plural form {number}")
    return faults


def find_faults(root: Path, catalogue: Catalog) -> list[str]:
    """Return one line for each fault, naming where the English stands."""
    seen: set[tuple[MessageId, str | None]] = set()
    lines = []
    for name, line, wanted, context in message_ids(root):
        if (wanted, context) in seen or not wanted:
            continue
        seen.add((wanted, context))
        key = wanted if isinstance(wanted, str) else wanted[0]
        lines += [
            f"{name}:{line}: {key!r}: {fault}" for fault in faults_of(wanted, catalogue.get(key, context))
        ]
    return lines


def main() -> int:
    """Print what is wrong with the Arabic translation of this folder's code; return 1 if anything is."""
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="ar", abort_invalid=True)
    faults = find_faults(Path.cwd(), catalogue)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "Every message has its Arabic.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
