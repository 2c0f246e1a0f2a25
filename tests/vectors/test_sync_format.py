"""The page on the sync format says what the vectors say, and lists the tables as they are."""

import json
import re
from pathlib import Path

import pytest

from tests.vectors.sync.tables import tables_page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sync-format.md"
EXAMPLE = re.compile(r"```vector (\w+) ([\w.]+)\n([0-9a-f\s]*)```")


def examples():
    return EXAMPLE.findall(PAGE.read_text("utf-8"))


def wanted(name, path):
    found = json.loads((ROOT / "tests" / "vectors" / "sync" / f"{name}.json").read_text("utf-8"))
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    return found


def test_the_page_has_examples():
    assert len(examples()) >= 10


@pytest.mark.parametrize(("name", "path", "shown"), examples(), ids=lambda value: str(value)[:20])
def test_an_example_is_what_the_vector_says(name, path, shown):
    assert "".join(shown.split()) == wanted(name, path)


def test_the_tables_are_listed_as_they_are():
    shown = (ROOT / "docs" / "sync-tables.md").read_text("utf-8")
    assert shown == tables_page(), "python -m tests.vectors.sync.tables writes it anew"
