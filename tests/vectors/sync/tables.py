"""Writes docs/sync-tables.md, the tables that travel: ``python -m tests.vectors.sync.tables``."""

from pathlib import Path

from tarahum_desktop.domain.merge_policy import POLICIES
from tarahum_desktop.sync.shapes import Field, shapes

PAGE = Path(__file__).parents[3] / "docs" / "sync-tables.md"
HEAD = """# The tables that travel

For [sync-format.md](sync-format.md): each field with the name under which it travels, its kind, `?` where it may be empty, and its merge policy.
Whole numbers are 32 bits wide except where it says `64`. Written by `python -m tests.vectors.sync.tables`; a test keeps it true.
"""


def tables_page() -> str:
    """The page as it should be."""
    return HEAD + "".join(_table(name) for name in sorted(shapes()))


def _table(entity: str) -> str:
    fields = [
        f"`{field.wire}` {_kind(field)} {POLICIES[entity][field.name].value}"
        for field in shapes()[entity].fields
    ]
    return f"\n## {entity}\n\n" + ", ".join(fields) + "\n"


def _kind(field: Field) -> str:
    wide = " 64" if field.kind == "whole" and field.most > 2**31 else ""
    return f"{field.kind.value}{wide}{'?' if field.optional else ''}"


if __name__ == "__main__":
    PAGE.write_text(tables_page(), "utf-8")
