"""The lock files: everything pinned, everything hashed, and no index address in any of them."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._\-\[\],]*==[^\s;]+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
COMMENT = re.compile(r"^    #( |$)")
LOCKS = ["bootstrap", "dev"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_only_pins_hashes_and_reasons(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.lock").read_text("utf-8").splitlines()
    strange = [line for line in lines if not (PIN.match(line) or HASH.match(line) or COMMENT.match(line))]
    assert strange == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"(?m)^(?=\S)", (REQUIREMENTS / f"{name}.lock").read_text("utf-8").strip())
    without = [block.splitlines()[0] for block in blocks if block and "--hash=sha256:" not in block]
    assert without == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.lock").read_text("utf-8")
    assert "://" not in text
    assert "@ " not in text


def names(text: str) -> set[str]:
    found = re.findall(r"(?m)^([A-Za-z0-9][A-Za-z0-9._-]*)", text)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize(
    ("name", "sources"), [("bootstrap", ["bootstrap"]), ("dev", ["dev", "desktop", "server"])]
)
def test_every_wanted_package_is_pinned(name: str, sources: list[str]) -> None:
    wanted = set().union(*(names((REQUIREMENTS / f"{source}.in").read_text("utf-8")) for source in sources))
    assert wanted - names((REQUIREMENTS / f"{name}.lock").read_text("utf-8")) == set()
