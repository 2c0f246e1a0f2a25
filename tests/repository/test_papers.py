"""The papers a stranger reads first: they exist, say what they must, and point at things that are there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_is_there_and_not_empty(name: str) -> None:
    assert (ROOT / name).read_text("utf-8").strip()


def test_the_licence_is_the_one_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_change_log_knows_the_declared_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    text = re.sub(r"<!--.*?-->", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [
        target for target in targets if target and "://" not in target and not target.startswith("mailto:")
    ]
    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("record", DECISIONS, ids=lambda record: record.stem)
def test_a_decision_record_has_its_four_parts(record: Path) -> None:
    headings = re.findall(r"(?m)^## (.+)$", record.read_text("utf-8"))
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]


def test_decision_records_are_numbered_without_gaps_and_listed() -> None:
    assert [int(record.name[:4]) for record in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert [record.name for record in DECISIONS if record.name not in listed] == []


@pytest.mark.parametrize("package", ["tarahum_desktop", "tarahum_server", "dev"])
def test_every_module_says_why_it_exists(package: str) -> None:
    modules = [path for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts]
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules
        if not path.read_text("utf-8").lstrip().startswith('"""')
    ]
    assert silent == []
