"""The page on the sync format says what the vectors say, and lists the tables as they are."""

import json
import re
from pathlib import Path

import pytest

from tarahum_desktop.sync.exchange.messages import (
    EnrolReply,
    HelloReply,
    HelloRequest,
    PullRequest,
    ScopeOffer,
)
from tests.server.http_description import limits
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


def test_the_page_names_every_call_with_its_limit():
    page = PAGE.read_text("utf-8")
    rows = {name: line for line in page.splitlines() if line.startswith("| `") for name in re.findall(r"`(\w[\w-]+)`", line.split("|")[1])}  # fmt: skip
    for name, most in limits().items():
        assert name in rows, name
        shown = f"{most // 1024 // 1024} MiB" if most >= 1024 * 1024 else f"{most // 1024} KiB"
        if not name.startswith("blob_"):
            assert shown in rows[name] or f"{most:,}".replace(",", " ") in rows[name], (name, most)


def test_the_page_names_the_fields_of_every_message_in_number():
    page = PAGE.read_text("utf-8")
    for kind in (HelloRequest, HelloReply, ScopeOffer, PullRequest, EnrolReply):
        line = next(line for line in page.splitlines() if line.startswith(f"| {kind.__name__} |"))
        told = line.split("|", 2)[2].strip(" |").replace("\\|", ",")
        assert len([field for field in told.split(",") if field.strip()]) == len(kind.__struct_fields__), kind


def test_the_page_names_every_context_that_is_signed():
    page = PAGE.read_text("utf-8")
    found = set()
    for path in (ROOT / "tarahum_desktop" / "sync").rglob("*.py"):
        found |= set(re.findall(r'b"(tarahum [a-z ]+ 1)\\x00"', path.read_text("utf-8")))
    assert len(found) > 8
    spoken = page.replace("`tail 1`", "tarahum pouch tail 1")
    assert not {context for context in found if context not in spoken}
